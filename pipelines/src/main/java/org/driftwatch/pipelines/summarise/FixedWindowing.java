package org.driftwatch.pipelines.summarise;

import java.io.Serializable;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.joda.time.Duration;

/**
 * The windows: fixed, published once at the watermark and again, whole, whenever late records have
 * refined them. Parsing takes out what is beyond the allowed lateness; the runner is given a margin
 * on top, so that it never drops anything itself, uncounted.
 */
public final class FixedWindowing implements Serializable {
  private static final long serialVersionUID = 1;

  /** More than a reader's watermark can be ahead of a block's; see the block reader. */
  private static final Duration MARGIN = Duration.standardSeconds(30);

  private final Duration length;
  private final Duration lateness;

  /**
   * Windows of this length, with refinements for as long as the allowed lateness.
   *
   * @param length length of a window, 1 ms or more
   */
  public FixedWindowing(Duration length, Duration allowedLateness) {
    this.length = length;
    lateness = allowedLateness.plus(MARGIN);
  }

  /** Panes that each hold what came since the one before: parts of a window. */
  public <T> Window<T> parts() {
    return this.<T>windows().discardingFiredPanes();
  }

  /** Panes that each hold everything: whole windows, the later replacing the earlier. */
  public <T> Window<T> wholes() {
    return this.<T>windows().accumulatingFiredPanes();
  }

  private <T> Window<T> windows() {
    return Window.<T>into(FixedWindows.of(length))
        .triggering(
            AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(lateness, Window.ClosingBehavior.FIRE_IF_NON_EMPTY)
        .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY);
  }

  /** How late a record may be, at the most, and still refine its window, ms. */
  public long latenessMillis() {
    return lateness.getMillis();
  }

  /** How many windows in a row may be refined at one time. */
  int refinable() {
    return Math.toIntExact(Math.min(1 << 20, lateness.getMillis() / length.getMillis() + 3));
  }

  /**
   * Which of {@link #refinable()} places a window has; no two windows that may be refined at one
   * time share a place, unless more than a million windows are within the lateness.
   *
   * @param lastInstant last instant of the window, ms since the epoch
   */
  int place(long lastInstant) {
    return (int) (lastInstant / length.getMillis() % refinable());
  }
}
