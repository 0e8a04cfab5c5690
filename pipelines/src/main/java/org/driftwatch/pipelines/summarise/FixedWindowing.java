package org.driftwatch.pipelines.summarise;

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
public final class FixedWindowing {
  /** More than a reader's watermark can be ahead of a block's; see the block reader. */
  private static final Duration MARGIN = Duration.standardMinutes(2);

  private FixedWindowing() {}

  /** Windows of this length, with refinements for as long as the allowed lateness. */
  public static <T> Window<T> of(Duration length, Duration allowedLateness) {
    return Window.<T>into(FixedWindows.of(length))
        .triggering(
            AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)))
        .withAllowedLateness(allowedLateness.plus(MARGIN), Window.ClosingBehavior.FIRE_IF_NON_EMPTY)
        .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
        .accumulatingFiredPanes();
  }
}
