package org.driftwatch.pipelines;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.restart.FirstStart;
import org.driftwatch.pipelines.summarise.HistogramCombiner;
import org.driftwatch.pipelines.summarise.WindowCounts;
import org.driftwatch.pipelines.summarise.WindowCountsCoder;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;

/** No option's text and no bytes make their reader fail or hang; see {@link Fuzzer}. */
class FuzzTest {
  @Test
  void durationsAreReadOrRefused() {
    Fuzzer.run(
        "durations",
        Fuzzer.texts("500ms", "5s", "2m", "1h"),
        List.of("ms", "s", "m", "h", "999999999"),
        UsageException.class,
        input -> Durations.parse("window", Fuzzer.option(input)));
  }

  @Test
  void startingTimesAreReadOrRefused() {
    Fuzzer.run(
        "starting times",
        Fuzzer.texts("earliest", "latest", "2026-11-20T20:36:46Z", "2026-11-20T20:36:46.5+01:00"),
        List.of("Z", "T", ":", "-", "+18:00", "+999999999-12-31", "-999999999-01-01"),
        DateTimeParseException.class,
        input -> FirstStart.parse(Fuzzer.option(input)).from());
  }

  @Test
  void blocksOfRecordsAreDecodedOrRefused() throws IOException {
    fuzz(
        "RecordBlockCoder",
        RecordBlockCoder.of(),
        new RecordBlock.Builder("stream", 2)
            .add(
                3,
                1L << 40,
                1_795_207_006_000L,
                new byte[] {1},
                new byte[] {2, 3},
                ValueFormat.BLOCK)
            .add(0, 5, -7, null, null, ValueFormat.UNMARKED)
            .build(Long.MIN_VALUE));
  }

  @Test
  void blocksOfWordsAreDecodedOrRefused() throws IOException {
    fuzz(
        "WordBlockCoder", WordBlockCoder.of(), new WordBlock(300, 2, new long[] {1, -1, 1L << 61}));
  }

  @Test
  void accumulatorsAreDecodedOrRefused() throws IOException {
    HistogramCombiner combiner = Course.combiner();
    fuzz(
        "HitAccumulatorCoder",
        HitAccumulatorCoder.of(),
        combiner.addInput(combiner.createAccumulator(), hits()));
  }

  @Test
  void countsAreDecodedOrRefused() throws IOException {
    HistogramCombiner combiner = Course.combiner();
    WindowCounts counts =
        combiner.extractOutput(combiner.addInput(combiner.createAccumulator(), hits()));
    fuzz("WindowCountsCoder", WindowCountsCoder.of(), counts);
  }

  private static WordBlock hits() {
    return new WordBlock(300, 2, new long[] {1, 1L << 40, 1L << 41});
  }

  /** What is decoded is what it is encoded from again. */
  private static <T> void fuzz(String name, Coder<T> coder, T sound) throws IOException {
    byte[] encoded = encode(coder, sound);
    Fuzzer.run(
        name,
        random -> encoded,
        List.of(),
        IOException.class,
        input -> {
          T decoded;
          try {
            decoded = coder.decode(new ByteArrayInputStream(input));
          } catch (EOFException e) {
            return new Fuzzer.Refused("ends early");
          }
          Object value = coder.structuralValue(decoded);
          T again = coder.decode(new ByteArrayInputStream(encode(coder, decoded)));
          assertThat(coder.structuralValue(again), is(value));
          return value;
        });
  }

  private static <T> byte[] encode(Coder<T> coder, T value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    coder.encode(value, out);
    return out.toByteArray();
  }
}
