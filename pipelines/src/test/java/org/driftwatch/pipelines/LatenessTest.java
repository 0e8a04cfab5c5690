package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.values.TimestampedValue;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.AsReference;
import org.driftwatch.pipelines.testing.Blocks;
import org.driftwatch.pipelines.testing.Counters;
import org.driftwatch.pipelines.testing.Course;
import org.driftwatch.pipelines.testing.Revisions;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One scenario for each kind of lateness; windows of 5 s, late up to one minute. */
class LatenessTest {
  /** A window's start; all times are ms after it. */
  private static final long START = Instant.parse("2026-11-20T20:36:45.000Z").getMillis();

  private static final long WINDOW = Messages.WINDOW.getMillis();
  private static final long LATENESS = Messages.LATENESS.getMillis();
  private static final String KEY = ReferenceMonitor.iso(START);
  private static final String NEXT_KEY = ReferenceMonitor.iso(START + WINDOW);

  private static final int ORBIT = 1000;
  private static final int OTHER_ORBIT = 1003;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void recordsInTimeArePublishedOnceAtTheWatermark(int shards) {
    StreamRecord first = hit(0, ORBIT, 5);
    StreamRecord last = hit(WINDOW - 1, OTHER_ORBIT, 6);
    Clock clock = new Clock();
    clock.reaches(0);
    clock.reads(first);
    clock.reaches(WINDOW - 1); // One millisecond before the window's end: still in time.
    clock.reads(last);
    clock.reaches(WINDOW);
    clock.reaches(10 * LATENESS);

    PipelineResult result = run(shards, clock, new Revisions().then(KEY, summary(first, last)));

    assertThat(Counters.of(result), hasEntry("records", 2L));
    assertThat(Counters.of(result), not(hasKey("late")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void lateRecordsGiveTheWholeWindowOnceMore(int shards) {
    StreamRecord inTime = hit(0, ORBIT, 5);
    StreamRecord late = hit(1, ORBIT, 6);
    StreamRecord lateAndElsewhere = hit(2, OTHER_ORBIT, 6);
    Clock clock = new Clock();
    clock.reads(inTime);
    clock.reaches(WINDOW); // Revision 0.
    clock.reads(late, lateAndElsewhere); // Late by the window's end exactly: revision 1.

    PipelineResult result =
        run(
            shards,
            clock,
            new Revisions()
                .then(KEY, summary(inTime))
                .then(KEY, summary(inTime, late, lateAndElsewhere)));

    assertThat(Counters.of(result), hasEntry("late", 2L));
    assertThat(Counters.of(result), not(hasKey("dropped")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void eachLateBlockIsARefinementOfItsOwn(int shards) {
    List<StreamRecord> records = new ArrayList<>(List.of(hit(0, ORBIT, 5)));
    Clock clock = new Clock();
    clock.reads(records.get(0));
    Revisions revisions = new Revisions().then(KEY, summary(records));
    for (int i = 1; i <= 6; i++) {
      clock.reaches(WINDOW + i * 9_000L); // The last at 54 s of the minute that is allowed.
      records.add(hit(i, ORBIT + i / 2, 5 + i));
      clock.reads(records.get(i));
      revisions.then(KEY, summary(records));
    }

    run(shards, clock, revisions);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aLateScintillatorHitOpensTheGateForHitsThatWereInTime(int shards) {
    StreamRecord hit = record(0, "2,0,5," + ORBIT + ",110,0");
    StreamRecord scintillator = record(1, "2,1,128," + ORBIT + ",100,0");
    StreamRecord earlier = record(2, "2,1,128," + ORBIT + ",99,15");
    Clock clock = new Clock();
    clock.reads(hit);
    clock.reaches(WINDOW);
    clock.reads(scintillator);
    clock.reaches(WINDOW + 1000);
    clock.reads(earlier);

    run(
        shards,
        clock,
        new Revisions()
            .then(KEY, summary(hit))
            .then(KEY, summary(hit, scintillator))
            .then(KEY, summary(hit, scintillator, earlier)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void recordsBeyondTheAllowedLatenessAreTakenOutAndCounted(int shards) {
    StreamRecord inTime = hit(0, ORBIT, 5);
    StreamRecord justInTime = hit(1, ORBIT, 6);
    StreamRecord tooLate = hit(2, ORBIT, 7);
    StreamRecord threeWordsTooLate = new StreamRecord(new byte[3 * Long.BYTES], true, START + 3);
    Clock clock = new Clock();
    clock.reads(inTime);
    clock.reaches(WINDOW + LATENESS - 1); // The last millisecond in which it may refine.
    clock.reads(justInTime);
    clock.reaches(WINDOW + LATENESS);
    clock.reads(tooLate);
    clock.reads(threeWordsTooLate);

    PipelineResult result =
        run(
            shards,
            clock,
            new Revisions().then(KEY, summary(inTime)).then(KEY, summary(inTime, justInTime)));

    assertThat(Counters.of(result), hasEntry("dropped", 4L));
    assertThat(Counters.of(result), hasEntry("late", 1L));
    assertThat(Counters.of(result), hasEntry("records", 2L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatWasInTimeWhenItWasReadIsNotLostWhereTheRunnersClockHasMovedOn(int shards) {
    StreamRecord inTime = hit(0, ORBIT, 5);
    StreamRecord readBefore = hit(1, ORBIT, 6);
    Clock clock = new Clock();
    clock.reads(inTime);
    clock.reaches(WINDOW + LATENESS - 1);
    RecordBlock onItsWay = clock.block(readBefore);
    clock.reaches(WINDOW + LATENESS + 15_000); // Within the margin that the runner is given.
    clock.hands(onItsWay);

    PipelineResult result =
        run(
            shards,
            clock,
            new Revisions().then(KEY, summary(inTime)).then(KEY, summary(inTime, readBefore)));

    assertThat(Counters.of(result), not(hasKey("dropped")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aWindowWhoseFirstRecordsAreLateStartsAtRevisionZero(int shards) {
    StreamRecord first = hit(0, ORBIT, 5);
    StreamRecord second = hit(1, OTHER_ORBIT, 5);
    Clock clock = new Clock();
    clock.reaches(WINDOW + 30_000); // The window went by without a record: no summary.
    clock.reads(first);
    clock.reaches(WINDOW + 40_000);
    clock.reads(second);

    run(shards, clock, new Revisions().then(KEY, summary(first)).then(KEY, summary(first, second)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aWindowOfMalformedRecordsOnlyHasASummaryAndIsRefinedToo(int shards) {
    StreamRecord noise = record(0, "noise\n?");
    StreamRecord late = new StreamRecord(null, false, START + 1);
    Clock clock = new Clock();
    clock.reads(noise);
    clock.reaches(WINDOW);
    clock.reads(late);

    PipelineResult result =
        run(
            shards,
            clock,
            new Revisions().then(KEY, summary(noise)).then(KEY, summary(noise, late)));

    assertThat(
        Counters.of(result),
        is(java.util.Map.of("rejected-columns", 2L, "rejected-empty", 1L, "late", 1L)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void windowsWithoutARecordHaveNoSummary(int shards) {
    StreamRecord first = hit(0, ORBIT, 5);
    StreamRecord muchLater = hit(WINDOW, OTHER_ORBIT, 5);
    StreamRecord header =
        record(30 * WINDOW, "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS");
    Clock clock = new Clock();
    clock.reads(first);
    clock.reads(header);
    clock.reads(muchLater);
    clock.reaches(100 * WINDOW);

    run(
        shards,
        clock,
        new Revisions().then(KEY, summary(first)).then(NEXT_KEY, summary(muchLater)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void oneBlockMayRefineOneWindowAndOpenTheNext(int shards) {
    StreamRecord first = hit(0, ORBIT, 5);
    StreamRecord late = hit(WINDOW - 1, ORBIT, 6);
    StreamRecord next = hit(WINDOW, ORBIT, 6);
    Clock clock = new Clock();
    clock.reads(first);
    clock.reaches(WINDOW);
    clock.reads(next, late);
    clock.reaches(2 * WINDOW);

    run(
        shards,
        clock,
        new Revisions()
            .then(KEY, summary(first))
            .then(KEY, summary(first, late))
            .then(NEXT_KEY, summary(next)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theLastWindowClosesInSilence(int shards) {
    StreamRecord last = hit(WINDOW - 1, ORBIT, 5);
    Clock clock = new Clock();
    clock.reads(last);
    // No record comes any more: the watermark alone moves, in small steps, just past the end.
    for (long at = 0; at <= WINDOW; at += 500) {
      clock.reaches(at);
    }

    run(shards, clock, new Revisions().then(KEY, summary(last)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void inALongStreamEveryWindowKeepsItsOwnRefinements(int shards) {
    List<StreamRecord> all = new ArrayList<>();
    Clock clock = new Clock();
    for (int window = 0; window < 30; window++) {
      long start = window * WINDOW;
      clock.reaches(start);
      List<StreamRecord> read = new ArrayList<>(List.of(hit(start, ORBIT + window % 7, window)));
      if (window >= 2) {
        read.add(hit(start - 2 * WINDOW + 1, ORBIT + window % 5, window));
      }
      if (window >= 12) {
        read.add(hit(start - 12 * WINDOW + 2, ORBIT + window % 3, window));
      }
      clock.reads(read.toArray(StreamRecord[]::new));
      all.addAll(read);
    }
    clock.reaches(30 * WINDOW);

    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    String name = "long stream in " + shards + " shards";
    Messages.check(
        pipeline,
        name,
        clock.stream(),
        shards,
        messages -> PAssert.that(messages).satisfies(new AsReference(name, summaries(all), 2)));
    pipeline.run();
  }

  private static StreamRecord hit(long after, int orbit, int channel) {
    return record(after, "2,0," + channel + "," + orbit + ",100,0");
  }

  private static StreamRecord record(long after, String text) {
    return new StreamRecord(text.getBytes(UTF_8), false, START + after);
  }

  private static SortedMap<String, JsonNode> summaries(List<StreamRecord> records) {
    return ReferenceMonitor.summaries(records, Duration.ofMillis(WINDOW), Course.JSON);
  }

  private static JsonNode summary(StreamRecord... records) {
    return summary(Arrays.asList(records));
  }

  /** The summary of records that all lie in one window. */
  private static JsonNode summary(List<StreamRecord> records) {
    SortedMap<String, JsonNode> summaries = summaries(records);
    return summaries.get(summaries.firstKey());
  }

  private static PipelineResult run(int shards, Clock clock, Revisions revisions) {
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    Messages.check(
        pipeline,
        "Monitor",
        clock.stream(),
        shards,
        messages -> PAssert.that(messages).satisfies(revisions));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result;
  }

  /** A reader whose watermark the test moves. */
  private static final class Clock {
    private TestStream.Builder<RecordBlock> stream = TestStream.create(RecordBlockCoder.of());
    private long watermark = Long.MIN_VALUE;
    private long offset;

    /** The watermark moves to so many ms after the start of the first window. */
    void reaches(long after) {
      watermark = START + after;
      stream = stream.advanceWatermarkTo(Instant.ofEpochMilli(watermark));
    }

    /** A block of these is read and handed on at once. */
    void reads(StreamRecord... records) {
      hands(block(records));
    }

    /** A block of these is read. */
    RecordBlock block(StreamRecord... records) {
      RecordBlock block = Blocks.of(Arrays.asList(records), offset, watermark);
      offset += records.length;
      return block;
    }

    /** A block reaches the parser. */
    void hands(RecordBlock block) {
      stream = stream.addElements(TimestampedValue.of(block, Blocks.earliest(block)));
    }

    TestStream<RecordBlock> stream() {
      return stream.advanceWatermarkToInfinity();
    }
  }
}
