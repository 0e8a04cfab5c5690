package org.driftwatch.pipelines.parse;

import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.checkerframework.checker.nullness.qual.MonotonicNonNull;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.block.WordBlockCoder;
import org.driftwatch.pipelines.clock.FarAhead;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.orbits.CounterSpanCoder;
import org.driftwatch.pipelines.orbits.OrbitTurns;
import org.driftwatch.pipelines.read.EventTime;
import org.driftwatch.pipelines.read.ReadAhead;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Parses raw records into DAQ words. Each block that comes out lies in one window, so that fixed
 * windows can be laid on the blocks as if on the records.
 *
 * <p>Malformed records are counted in their window and leave through {@link #REJECTED}. Records
 * whose window was closed for good when they were read, that is, beyond the allowed lateness, are
 * taken out here, in one place and counted ({@code dropped}); what merely refines a window that was
 * already published counts as {@code late}. Records of windows before the first that this run
 * computes are left alone ({@code beforeFirstWindow}): a run before this one has published them. A
 * record whose timestamp no window can be named for is rejected and counts in no window.
 */
public final class ParseRecords extends PTransform<PCollection<RecordBlock>, PCollectionTuple> {
  private static final long serialVersionUID = 1;

  /** The parsed blocks. */
  public static final TupleTag<WordBlock> PARSED = new TupleTag<>() {};

  /** The malformed records. */
  public static final TupleTag<RejectedRecord> REJECTED = new TupleTag<>() {};

  /** What the orbit counter did, block by block of the files of a batch; nothing of a stream. */
  public static final TupleTag<CounterSpan> COUNTER = new TupleTag<>() {};

  private final DetectorDescription detector;
  private final Windowing windowing;
  private final OrbitTurns turns;
  private final boolean placesAll;

  private ParseRecords(
      DetectorDescription detector, Windowing windowing, OrbitTurns turns, boolean placesAll) {
    this.detector = detector;
    this.windowing = windowing;
    this.turns = turns;
    this.placesAll = placesAll;
  }

  /**
   * Parses for fixed windows.
   *
   * @param detector what is known of the records
   * @param window length of the windows
   * @param allowedLateness how late records may be and still refine their window
   * @param firstWindow start of the first window to compute, ms since the epoch; what lies before
   *     is left alone
   */
  public static ParseRecords forWindows(
      DetectorDescription detector, Duration window, Duration allowedLateness, long firstWindow) {
    return new ParseRecords(
        detector,
        new Windowing(window.getMillis(), allowedLateness.getMillis(), firstWindow),
        OrbitTurns.inWindows(detector, window.getMillis()),
        false);
  }

  /**
   * Parses files for a static batch: nothing is late, and windows, if any, are laid later.
   *
   * @param hasWindows true if each record, hit or not, needs a place in the detector's time
   */
  public static ParseRecords forBatch(DetectorDescription detector, boolean hasWindows) {
    return new ParseRecords(
        detector,
        new Windowing(Long.MAX_VALUE, Long.MAX_VALUE, 0),
        OrbitTurns.inFiles(detector),
        hasWindows);
  }

  /** How the orbits of the counter's turns are told apart. */
  public OrbitTurns turns() {
    return turns;
  }

  @Override
  public PCollectionTuple expand(PCollection<RecordBlock> blocks) {
    PCollectionTuple parsed =
        blocks.apply(
            "Parse blocks",
            ParDo.of(new ParseFn(detector, windowing, turns, placesAll))
                .withOutputTags(PARSED, TupleTagList.of(REJECTED).and(COUNTER)));
    parsed.get(PARSED).setCoder(WordBlockCoder.of());
    parsed.get(REJECTED).setCoder(RejectedRecordCoder.of());
    parsed.get(COUNTER).setCoder(CounterSpanCoder.of());
    return parsed;
  }

  /**
   * The length of windows and their lateness, ms; {@code Long.MAX_VALUE} for one endless window.
   * And the start of the first window, ms since the epoch.
   */
  private record Windowing(long windowMillis, long latenessMillis, long firstWindow)
      implements java.io.Serializable {
    boolean isFiles() {
      return windowMillis == Long.MAX_VALUE;
    }

    long start(long timestamp) {
      return isFiles() ? 0 : timestamp - timestamp % windowMillis;
    }

    boolean isLate(long start, long watermark) {
      return !isFiles() && start + windowMillis <= watermark;
    }

    boolean isTooLate(long start, long watermark) {
      return isLate(start, watermark)
          && start + windowMillis <= watermark - Math.min(latenessMillis, watermark);
    }
  }

  private static final class ParseFn extends DoFn<RecordBlock, WordBlock> {
    private static final long serialVersionUID = 1;

    private final Counter records = PipelineMetrics.records();
    private final Counter hits = PipelineMetrics.hits();
    private final Counter late = PipelineMetrics.late();
    private final Counter dropped = PipelineMetrics.dropped();
    private final Counter beforeFirst = PipelineMetrics.beforeFirstWindow();
    private final Counter badTimestamps = PipelineMetrics.rejectedTimestamps();
    private final Distribution parseMicros = PipelineMetrics.parseMicros();
    private final DetectorDescription detector;
    private final Windowing windowing;
    private final OrbitTurns turns;
    private final boolean placesAll;
    private transient @MonotonicNonNull RecordParser parser;
    private transient @MonotonicNonNull OrbitPlaces places;
    private transient @MonotonicNonNull FitProbe probe;

    ParseFn(
        DetectorDescription detector, Windowing windowing, OrbitTurns turns, boolean placesAll) {
      this.detector = detector;
      this.windowing = windowing;
      this.turns = turns;
      this.placesAll = placesAll;
    }

    @Setup
    public void setUp() {
      parser = new RecordParser(detector);
      places = new OrbitPlaces(detector, turns, windowing.isFiles(), placesAll);
      probe = new FitProbe(detector);
    }

    @ProcessElement
    public void parse(@Element RecordBlock block, MultiOutputReceiver out) {
      long begin = System.nanoTime();
      places.startBlock(block);
      TreeMap<Long, WindowPart> parts = new TreeMap<>();
      WindowPart part = null;
      long tooLate = 0;
      long before = 0;
      long oldest = Long.MAX_VALUE;
      for (int i = 0; i < block.size(); i++) {
        long timestamp = block.timestamp(i);
        if (!EventTime.isValid(timestamp)) {
          rejectTimestamp(
              block,
              i,
              "is outside 0 to "
                  + EventTime.MAX_MILLIS
                  + " (years 1970 to 9999): the record belongs to no window",
              out);
          continue;
        }
        long start = windowing.start(timestamp);
        if (start < windowing.firstWindow()) {
          before += rows(block, i);
          continue;
        }
        if (windowing.isTooLate(start, block.watermark())) {
          tooLate += rows(block, i);
          oldest = Math.min(oldest, timestamp);
          continue;
        }
        if (block.isTooFarAhead(i)) {
          rejectTimestamp(
              block,
              i,
              "is far ahead of the stream, and "
                  + FarAhead.MOST_WINDOWS
                  + " windows, or a sixteenth of the memory, already wait for their time; is a"
                  + " clock wrong?",
              out);
          continue;
        }
        if (part == null || part.start != start) {
          part = parts.computeIfAbsent(start, s -> new WindowPart(s, block, places, out));
        }
        part.at(i, timestamp);
        parser.parse(block.data(), block.valueFrom(i), block.valueTo(i), block.format(i), part);
      }
      dropped.inc(tooLate);
      if (tooLate > 0) {
        DroppedRecords.log(block.topic(), tooLate, block.watermark() - oldest);
      }
      beforeFirst.inc(before);
      ReadAhead.parsed(block);
      long allHits = 0;
      long allRecords = 0;
      for (WindowPart p : parts.values()) {
        allHits += p.hits;
        allRecords += p.records + p.malformed;
        p.countHeads();
        records.inc(p.records);
        hits.inc(p.hits);
        p.rejected.forEach((fault, count) -> PipelineMetrics.rejected(fault).inc(count));
        if (windowing.isLate(p.start, block.watermark())) {
          late.inc(p.records + p.malformed);
        }
        for (WordBlock words : p.words()) {
          out.get(PARSED).outputWithTimestamp(words, Instant.ofEpochMilli(p.earliest));
        }
      }
      if (allHits == 0 && allRecords > 0) {
        probe.tryOthers(block);
      }
      boolean hasEarly = parts.values().stream().anyMatch(WindowPart::hasEarly);
      places.spans(hasEarly).forEach(span -> out.get(COUNTER).output(span));
      if (!windowing.isFiles()) {
        tellPositions(block);
      }
      parseMicros.update((System.nanoTime() - begin) / 1000);
    }

    /** Records of a partition stand in their order in a block: its last one tells. */
    private static void tellPositions(RecordBlock block) {
      Map<Integer, Long> positions = new TreeMap<>();
      int last = -1;
      for (int i = block.size() - 1; i >= 0; i--) {
        if (block.partition(i) != last) {
          last = block.partition(i);
          positions.putIfAbsent(last, block.offset(i) + 1);
        }
      }
      positions.forEach((partition, offset) -> PipelineMetrics.position(partition).set(offset));
    }

    /** What a record that is not parsed would have counted as: its words, or one. */
    private long rows(RecordBlock block, int i) {
      return parser.records(block.valueTo(i) - block.valueFrom(i), block.format(i));
    }

    private void rejectTimestamp(RecordBlock block, int i, String why, MultiOutputReceiver out) {
      badTimestamps.inc(rows(block, i));
      byte[] value = block.value(i);
      out.get(REJECTED)
          .output(
              new RejectedRecord(
                  block.topic(),
                  block.partition(i),
                  block.offset(i),
                  0,
                  block.timestamp(i),
                  "timestamp " + block.timestamp(i) + " ms " + why,
                  block.key(i),
                  value == null ? new byte[0] : value));
    }
  }
}
