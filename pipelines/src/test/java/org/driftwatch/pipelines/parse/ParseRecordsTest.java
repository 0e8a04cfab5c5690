package org.driftwatch.pipelines.parse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reify;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.read.EventTime;
import org.driftwatch.pipelines.testing.Counters;
import org.driftwatch.pipelines.testing.Course;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
@SuppressWarnings("unchecked") // PAssert takes the expected as generic varargs.
class ParseRecordsTest {
  private static final Duration WINDOW = Duration.standardSeconds(5);
  private static final Duration LATENESS = Duration.standardMinutes(1);
  private static final long START = Instant.parse("2026-11-20T20:36:45.000Z").getMillis();
  private static final byte[] KEY = {1, 2};
  private static final long HIT = Course.hit(0, 5, 3_387_315_431L, 100, 7);
  private static final String CSV = "2,0,5,3387315431,100,7";
  private static final long TRIGGER = Course.word(4, 0, 0, 0, 0, 0);

  @Test
  void recordsOfEveryFormatBecomeWordsOfTheirWindow(TestPipeline pipeline) {
    byte[] words = Course.words(HIT, Course.word(4, 1, 2, 3, 4, 5));
    RecordBlock block =
        new RecordBlock.Builder("stream", 1)
            .add(0, 10, START + 2000, KEY, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 11, START + 1000, null, words, ValueFormat.BLOCK)
            .add(0, 12, START + 4999, null, "4,0,0,0,0,-67.3".getBytes(UTF_8), ValueFormat.UNMARKED)
            .build(Long.MIN_VALUE);

    PCollectionTuple parsed = parse(pipeline, block);

    PAssert.that(timestamped(parsed))
        .containsInAnyOrder(
            TimestampedValue.of(
                new WordBlock(4, 0, new long[] {HIT, HIT, TRIGGER, TRIGGER}),
                Instant.ofEpochMilli(START + 1000)));
    PAssert.that(parsed.get(ParseRecords.REJECTED)).empty();
    assertThat(Counters.of(run(pipeline)), is(Map.of("records", 4L, "hits", 2L, "head-4", 2L)));
  }

  @Test
  void aBlockAcrossWindowsIsDividedAtTheirEdges(TestPipeline pipeline) {
    RecordBlock block =
        new RecordBlock.Builder("stream", 1)
            .add(0, 1, START + 5000, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 2, START + 4999, null, (CSV + "\n" + CSV).getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 3, START + 7000, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 4, START - 1, null, "?".getBytes(UTF_8), ValueFormat.UNMARKED)
            .build(Long.MIN_VALUE);

    PCollectionTuple parsed = parse(pipeline, block);

    PAssert.that(timestamped(parsed))
        .containsInAnyOrder(
            TimestampedValue.of(new WordBlock(0, 1, new long[0]), Instant.ofEpochMilli(START - 1)),
            TimestampedValue.of(
                new WordBlock(2, 0, new long[] {HIT, HIT}), Instant.ofEpochMilli(START + 4999)),
            TimestampedValue.of(
                new WordBlock(2, 0, new long[] {HIT, HIT}), Instant.ofEpochMilli(START + 5000)));
    PAssert.thatSingleton(parsed.get(ParseRecords.REJECTED))
        .isEqualTo(
            rejected(4, 0, START - 1, "1 field, expected 6: '?'", null, "?".getBytes(UTF_8)));
    run(pipeline);
  }

  @Test
  void malformedRecordsLeaveWithTheirBytesKeyReasonAndPlace(TestPipeline pipeline) {
    byte[] block = Course.words(HIT, HIT);
    byte[] cut = java.util.Arrays.copyOf(block, 11);
    RecordBlock read =
        new RecordBlock.Builder("stream", 1)
            .add(
                2,
                7,
                START,
                KEY,
                ("noise \n" + CSV + "\n{\"HEAD\":2").getBytes(UTF_8),
                ValueFormat.UNMARKED)
            .add(0, 8, START + 1, null, cut, ValueFormat.BLOCK)
            .add(0, 9, START + 2, null, null, ValueFormat.UNMARKED)
            .build(Long.MIN_VALUE);

    PCollectionTuple parsed = parse(pipeline, read);

    PAssert.that(parsed.get(ParseRecords.PARSED))
        .containsInAnyOrder(new WordBlock(2, 4, new long[] {HIT, HIT}));
    PAssert.that(parsed.get(ParseRecords.REJECTED))
        .containsInAnyOrder(
            new RejectedRecord(
                "stream",
                2,
                7,
                0,
                START,
                "1 field, expected 6: 'noise '",
                KEY,
                "noise".getBytes(UTF_8)),
            new RejectedRecord(
                "stream",
                2,
                7,
                2,
                START,
                "truncated: the value ends where a comma or the end of the object was expected",
                KEY,
                "{\"HEAD\":2".getBytes(UTF_8)),
            rejected(
                8,
                1,
                START + 1,
                "block ends in mid-word: 3 bytes left, expected 8",
                null,
                java.util.Arrays.copyOfRange(cut, 8, 11)),
            rejected(
                9,
                0,
                START + 2,
                "empty value, expected JSON, CSV or a block of words",
                null,
                new byte[0]));
    assertThat(
        Counters.of(run(pipeline)),
        is(
            Map.of(
                "records", 2L,
                "hits", 2L,
                "rejected-columns", 1L,
                "rejected-syntax", 1L,
                "rejected-mid_word", 1L,
                "rejected-empty", 1L)));
  }

  @Test
  void lateRecordsRefineUpToTheAllowedLatenessAndAreTakenOutAndCountedBeyond(
      TestPipeline pipeline) {
    long end = START + WINDOW.getMillis();
    RecordBlock inTime = one(START, end - 1);
    RecordBlock late = one(START + 1, end);
    RecordBlock latest = one(START + 2, end + LATENESS.getMillis() - 1);
    RecordBlock beyond = one(START + 3, end + LATENESS.getMillis());

    PCollectionTuple parsed = parse(pipeline, inTime, late, latest, beyond);

    PAssert.that(timestamped(parsed))
        .containsInAnyOrder(
            TimestampedValue.of(new WordBlock(1, 0, new long[] {HIT}), Instant.ofEpochMilli(START)),
            TimestampedValue.of(
                new WordBlock(1, 0, new long[] {HIT}), Instant.ofEpochMilli(START + 1)),
            TimestampedValue.of(
                new WordBlock(1, 0, new long[] {HIT}), Instant.ofEpochMilli(START + 2)));
    PAssert.that(parsed.get(ParseRecords.REJECTED)).empty();
    assertThat(
        Counters.of(run(pipeline)),
        is(Map.of("records", 3L, "hits", 3L, "late", 2L, "dropped", 1L)));
  }

  @Test
  void aTimestampOfNoWindowIsRejectedAndCountsInNone(TestPipeline pipeline) {
    RecordBlock block =
        new RecordBlock.Builder("stream", 1)
            .add(0, 1, -1, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 2, Long.MAX_VALUE, KEY, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 3, EventTime.MAX_MILLIS, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 4, 0, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .build(Long.MIN_VALUE);

    PCollectionTuple parsed = parse(pipeline, block);

    PAssert.that(timestamped(parsed))
        .containsInAnyOrder(
            TimestampedValue.of(new WordBlock(1, 0, new long[] {HIT}), Instant.EPOCH),
            TimestampedValue.of(
                new WordBlock(1, 0, new long[] {HIT}), Instant.ofEpochMilli(EventTime.MAX_MILLIS)));
    PAssert.that(parsed.get(ParseRecords.REJECTED))
        .containsInAnyOrder(
            rejected(1, 0, -1, outside("-1"), null, CSV.getBytes(UTF_8)),
            rejected(
                2, 0, Long.MAX_VALUE, outside("9223372036854775807"), KEY, CSV.getBytes(UTF_8)));
    assertThat(
        Counters.of(run(pipeline)),
        is(Map.of("records", 2L, "hits", 2L, "rejected-timestamp", 2L)));
  }

  private static String outside(String millis) {
    return "timestamp "
        + millis
        + " ms is outside 0 to "
        + EventTime.MAX_MILLIS
        + " (years 1970 to 9999): the record belongs to no window";
  }

  @Test
  void aHeaderIsNeitherRecordNorMalformed(TestPipeline pipeline) {
    String header = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS";
    RecordBlock block =
        new RecordBlock.Builder("stream", 1)
            .add(0, 1, START, null, header.getBytes(UTF_8), ValueFormat.UNMARKED)
            .build(Long.MIN_VALUE);

    PCollectionTuple parsed = parse(pipeline, block);

    PAssert.that(parsed.get(ParseRecords.PARSED)).empty();
    PAssert.that(parsed.get(ParseRecords.REJECTED)).empty();
    run(pipeline);
  }

  @Test
  void aBatchHasOneEndlessWindowAndNothingLate(TestPipeline pipeline) {
    RecordBlock block =
        new RecordBlock.Builder("file.csv", 1)
            .add(0, 0, 0, null, (CSV + "\nx").getBytes(UTF_8), ValueFormat.UNMARKED)
            .add(0, 2, START, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
            .build(Long.MAX_VALUE);

    PCollectionTuple parsed =
        pipeline
            .apply(Create.of(block).withCoder(RecordBlockCoder.of()))
            .apply(ParseRecords.forBatch(Course.DETECTOR, false));

    PAssert.that(parsed.get(ParseRecords.PARSED))
        .containsInAnyOrder(
            new WordBlock(
                new HitGroup(RecordSink.NO_RUN, CounterSpan.origin(0, 0, 1), 0),
                2,
                1,
                new long[] {HIT, HIT}));
    PAssert.thatSingleton(parsed.get(ParseRecords.REJECTED))
        .isEqualTo(
            new RejectedRecord(
                "file.csv",
                0,
                CSV.length() + 1,
                0,
                0,
                "1 field, expected 6: 'x'",
                null,
                new byte[] {'x'}));
    run(pipeline);
  }

  private static RecordBlock one(long timestamp, long watermark) {
    return new RecordBlock.Builder("stream", 1)
        .add(0, 1, timestamp, null, CSV.getBytes(UTF_8), ValueFormat.UNMARKED)
        .build(watermark);
  }

  private static RejectedRecord rejected(
      long offset, int index, long timestamp, String reason, byte[] key, byte[] bytes) {
    return new RejectedRecord("stream", 0, offset, index, timestamp, reason, key, bytes);
  }

  private static PCollectionTuple parse(TestPipeline pipeline, RecordBlock... blocks) {
    List<TimestampedValue<RecordBlock>> timestamped =
        java.util.Arrays.stream(blocks)
            .map(block -> TimestampedValue.of(block, Instant.EPOCH))
            .toList();
    return pipeline
        .apply(Create.timestamped(timestamped).withCoder(RecordBlockCoder.of()))
        .apply(ParseRecords.forWindows(Course.DETECTOR, WINDOW, LATENESS, 0));
  }

  private static PCollection<TimestampedValue<WordBlock>> timestamped(PCollectionTuple parsed) {
    return parsed.get(ParseRecords.PARSED).apply(Reify.timestamps());
  }

  private static PipelineResult run(TestPipeline pipeline) {
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }
}
