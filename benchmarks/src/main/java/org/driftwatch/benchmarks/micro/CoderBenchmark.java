package org.driftwatch.benchmarks.micro;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.driftwatch.benchmarks.stream.Readout;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The coders of what travels between steps, there and back, per hit of a block. */
@State(Scope.Thread)
public class CoderBenchmark {
  private static final int HITS = 1024;

  private WordBlock words;
  private RecordBlock records;

  /** Makes a block of each kind. */
  @Setup
  public void makeBlocks() {
    words = new WordBlock(HITS, 0, Readout.hits(HITS));
    RecordWriter writer = new RecordWriter(DetectorDescription.course());
    RecordBlock.Builder builder = new RecordBlock.Builder("stream", HITS);
    DaqRecord[] rows = Readout.records(HITS);
    for (int i = 0; i < HITS; i++) {
      byte[] value = writer.json(rows[i]).take();
      builder.add(0, i, 1_700_000_000_000L + i, null, value, ValueFormat.UNMARKED);
    }
    records = builder.build(Long.MIN_VALUE);
  }

  /** Raw JSON records. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public RecordBlock recordBlock() throws IOException {
    return thereAndBack(RecordBlockCoder.of(), records);
  }

  /** Parsed words. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public WordBlock wordBlock() throws IOException {
    return thereAndBack(WordBlockCoder.of(), words);
  }

  private static <T> T thereAndBack(Coder<T> coder, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 * HITS);
    coder.encode(value, out);
    return coder.decode(new ByteArrayInputStream(out.toByteArray()));
  }
}
