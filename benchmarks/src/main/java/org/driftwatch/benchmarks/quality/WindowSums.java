package org.driftwatch.benchmarks.quality;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/**
 * Adds seconds up to windows. Since no orbit is cut by the end of a second, the sums are what the
 * pipeline counts in such windows. Not safe for use by several threads.
 */
final class WindowSums {
  /** When the stream begins: at the start of a window, whatever its length. */
  static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  private static final int MS = 1000;

  private final DetectorDescription detector;
  private final SummaryLayout layout;
  private final int seconds;
  private long[] onTime;
  private long[] complete;

  /**
   * Windows of this length.
   *
   * @param seconds length of a window, s
   */
  WindowSums(DetectorDescription detector, int seconds) {
    this.detector = detector;
    this.seconds = seconds;
    layout = SummaryLayout.of(detector);
    onTime = new long[layout.size()];
    complete = onTime;
  }

  /**
   * A window that was counted.
   *
   * @param end its end, ms of the stream
   * @param first as it is published at first
   * @param refined as it is published once its late records have come; empty where it has none
   */
  record Window(long end, WindowSummary first, Optional<WindowSummary> refined) {}

  /** Adds the next second; the window that ends with it, if one does. */
  Optional<Window> add(Second second) {
    if (second.isRefined() && complete == onTime) {
      complete = onTime.clone();
    }
    add(second.onTime(), onTime);
    if (complete != onTime) {
      add(second.complete(), complete);
    }
    long end = second.index() + 1;
    if (end % seconds != 0) {
      return Optional.empty();
    }
    Optional<WindowSummary> refined =
        complete == onTime ? Optional.empty() : Optional.of(summary(end, complete, 1));
    Window window = new Window(end * MS, summary(end, onTime, 0), refined);
    onTime = new long[layout.size()];
    complete = onTime;
    return Optional.of(window);
  }

  /** Adds counts to others. */
  static void add(long[] counts, long[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += counts[i];
    }
  }

  private WindowSummary summary(long endSecond, long[] counts, int revision) {
    Instant end = START.plusSeconds(endSecond);
    WindowSummary.Span span = new WindowSummary.Span(end.minusSeconds(seconds), end);
    return summary(detector, span, counts, revision);
  }

  /** The summary of these counts. */
  static WindowSummary summary(
      DetectorDescription detector, WindowSummary.Span span, long[] counts, int revision) {
    return SummaryLayout.of(detector)
        .summary(
            new WindowSummary.Head(Optional.of(span), revision, false, List.of()),
            chamber -> detector.chambers().get(chamber).firstBin(),
            counts);
  }
}
