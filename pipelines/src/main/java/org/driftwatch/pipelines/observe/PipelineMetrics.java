package org.driftwatch.pipelines.observe;

import java.util.Locale;
import java.util.Set;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metrics;
import org.driftwatch.detector.RecordFault;

/**
 * What the steps of the pipeline measure, as Beam metrics: each runner gathers them from its
 * workers and shows them in its own way. They are updated once for a block or a bundle, never for a
 * hit.
 */
public final class PipelineMetrics {
  /** The namespace of all of them. */
  public static final String NAMESPACE = "driftwatch";

  static final String RECORDS = "records";
  static final String HITS = "hits";
  static final String LATE = "late";
  static final String DROPPED = "dropped";
  static final String BEFORE_FIRST_WINDOW = "beforeFirstWindow";
  static final String REJECTED = "rejected-";
  static final String TIMESTAMP = "timestamp";
  static final String HEAD = "head-";
  static final String BLOCKS_WITH_CELLS = "blocksWithCells";
  static final String HITS_WITHOUT_CELL = "hitsWithoutCell";
  static final String FITS = "fits-";
  static final String REJECTED_LOST = "rejectedLost";
  static final String POSITION = "position-";
  static final String PARSE_MICROS = "parseMicros";
  static final String WINDOWS = "windows";
  static final String REFINEMENTS = "refinements";
  static final String WINDOW_DELAY = "windowDelayMillis";
  static final String HELD_BACK = "heldBackMillis";
  static final String HELD_BACK_PARTITION = "heldBackPartition";
  static final String CLOCK_BEHIND = "clockBehindMillis";
  static final String BYTES_READ = "bytesRead";
  static final String NEWEST_WINDOW_END = "newestWindowEndMillis";

  private static final Set<String> GAUGES =
      Set.of(HELD_BACK, HELD_BACK_PARTITION, CLOCK_BEHIND, NEWEST_WINDOW_END);

  private PipelineMetrics() {}

  /**
   * True where a metric's value is the latest that was measured, and not a count: for runners that
   * give names and numbers only.
   */
  public static boolean isGauge(String name) {
    return GAUGES.contains(name) || name.startsWith(POSITION);
  }

  /** Records parsed, trigger words included, malformed ones not. */
  public static Counter records() {
    return counter(RECORDS);
  }

  /** Hits among them. */
  public static Counter hits() {
    return counter(HITS);
  }

  /** Records that are no hit, of one HEAD. */
  public static Counter head(int head) {
    return counter(HEAD + head);
  }

  /** Blocks in which a hit is of a chamber or scintillator. */
  public static Counter blocksWithCells() {
    return counter(BLOCKS_WITH_CELLS);
  }

  /** Hits of blocks in which none is of a chamber or scintillator. */
  public static Counter hitsWithoutCell() {
    return counter(HITS_WITHOUT_CELL);
  }

  /** Records without a hit that were found to fit another description. */
  public static Counter fits(String description) {
    return counter(FITS + description);
  }

  /** Records that came late and refined a published window, malformed ones included. */
  public static Counter late() {
    return counter(LATE);
  }

  /** Kafka records that came beyond the allowed lateness. */
  public static Counter dropped() {
    return counter(DROPPED);
  }

  /** Kafka records of windows that an earlier run has published. */
  public static Counter beforeFirstWindow() {
    return counter(BEFORE_FIRST_WINDOW);
  }

  /** Malformed records of one kind. */
  public static Counter rejected(RecordFault fault) {
    return counter(REJECTED + reason(fault));
  }

  static String reason(RecordFault fault) {
    return fault.name().toLowerCase(Locale.ROOT);
  }

  /** Records whose timestamp no window can be named for. */
  public static Counter rejectedTimestamps() {
    return counter(REJECTED + TIMESTAMP);
  }

  /** Malformed records that their topic did not take; their windows count them all the same. */
  public static Counter rejectedLost() {
    return counter(REJECTED_LOST);
  }

  /** The offset behind the last parsed record of a partition. */
  public static Gauge position(int partition) {
    return Metrics.gauge(NAMESPACE, POSITION + partition);
  }

  /** Time that parsing a block took, microseconds. */
  public static Distribution parseMicros() {
    return Metrics.distribution(NAMESPACE, PARSE_MICROS);
  }

  /** Windows published for the first time. */
  public static Counter windows() {
    return counter(WINDOWS);
  }

  /** Windows published again, refined by late records. */
  public static Counter refinements() {
    return counter(REFINEMENTS);
  }

  /** Time from a window's end to its first publication, ms. */
  public static Distribution windowDelayMillis() {
    return Metrics.distribution(NAMESPACE, WINDOW_DELAY);
  }

  /** End of the newest published window, ms since the epoch. */
  public static Gauge newestWindowEndMillis() {
    return Metrics.gauge(NAMESPACE, NEWEST_WINDOW_END);
  }

  /** How long results are held back by a partition that is behind the others, ms; 0 by none. */
  public static Gauge heldBackMillis() {
    return Metrics.gauge(NAMESPACE, HELD_BACK);
  }

  /** The partition that holds results back; -1 where none does. */
  public static Gauge heldBackPartition() {
    return Metrics.gauge(NAMESPACE, HELD_BACK_PARTITION);
  }

  /** How far this clock is behind the producers', ms; 0 where it is not. */
  public static Gauge clockBehindMillis() {
    return Metrics.gauge(NAMESPACE, CLOCK_BEHIND);
  }

  /** Bytes read of a batch's files, as they lie. */
  public static Counter bytesRead() {
    return counter(BYTES_READ);
  }

  private static Counter counter(String name) {
    return Metrics.counter(NAMESPACE, name);
  }
}
