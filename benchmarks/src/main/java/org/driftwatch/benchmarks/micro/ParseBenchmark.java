package org.driftwatch.benchmarks.micro;

import org.driftwatch.benchmarks.stream.Readout;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.ValueFormat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Parsing, per hit: many different ones in turn, each in an array of its own as Kafka gives it. */
@State(Scope.Thread)
public class ParseBenchmark {
  private static final int HITS = 4096;
  private static final DetectorDescription COURSE = DetectorDescription.course();

  private final RecordParser parser = new RecordParser(COURSE);
  private final Words words = new Words();
  private final byte[][] json = new byte[HITS][];
  private final byte[][] csv = new byte[HITS][];
  private byte[] block;

  /** Keeps the hits, as the pipeline does. */
  private static final class Words implements RecordSink {
    private final long[] hits = new long[HITS];
    private int size;

    @Override
    public void hit(long word, long orbitAbove) {
      hits[size++] = word;
    }

    @Override
    public void triggerWord(int head) {
      throw new IllegalStateException("trigger word " + head);
    }

    @Override
    public void malformed(RecordFault fault, int index, int from, int to, String reason) {
      throw new IllegalStateException(reason);
    }
  }

  /** Writes the hits down. */
  @Setup
  public void write() {
    RecordWriter writer = new RecordWriter(COURSE);
    DaqRecord[] records = Readout.records(HITS);
    for (int i = 0; i < HITS; i++) {
      json[i] = writer.json(records[i]).take();
      csv[i] = writer.csv(records[i]).take();
    }
    block = Readout.block(HITS);
  }

  /** A JSON object. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public long[] json() {
    return parseAll(json);
  }

  /** A CSV line. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public long[] csv() {
    return parseAll(csv);
  }

  /** A word of a block. */
  @Benchmark
  @OperationsPerInvocation(HITS)
  public long[] word() {
    words.size = 0;
    parser.parse(block, ValueFormat.BLOCK, words);
    return words.hits;
  }

  private long[] parseAll(byte[][] values) {
    words.size = 0;
    for (byte[] value : values) {
      parser.parse(value, ValueFormat.UNMARKED, words);
    }
    return words.hits;
  }
}
