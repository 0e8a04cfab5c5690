package org.driftwatch.viewer.plot;

import java.time.Duration;
import java.util.function.LongSupplier;
import javax.swing.JComponent;
import javax.swing.Timer;

/**
 * The columns of a component as they were drawn last. While a run goes on they are made anew only
 * where that shows: of a long run a new window moves nothing by half a pixel, so that columns are
 * good for a second. The component is then drawn again. For the event thread.
 */
final class LatestColumns {
  private static final Duration GOOD = Duration.ofSeconds(1);

  private final LongSupplier nanos;
  private final Timer again;
  private TrendColumns columns;
  private TrendView of;
  private long madeAt;

  /** Columns of this component. */
  LatestColumns(JComponent component) {
    this(component::repaint, System::nanoTime);
  }

  /**
   * Columns that go by this clock.
   *
   * @param repaint draws them again
   */
  LatestColumns(Runnable repaint, LongSupplier nanos) {
    this.nanos = nanos;
    again = new Timer((int) GOOD.toMillis(), event -> repaint.run());
    again.setRepeats(false);
  }

  /**
   * The columns to draw.
   *
   * @param count how many there are
   */
  TrendColumns of(TrendView view, int count) {
    if (columns == null || columns.count() != count || !isGood(view)) {
      columns = TrendColumns.of(view, count);
      of = view;
      madeAt = nanos.getAsLong();
    } else if (!view.equals(of)) {
      again.start();
    }
    return columns;
  }

  /** True if columns for this view look like those that there are. */
  private boolean isGood(TrendView view) {
    double halfMillis = Duration.between(of.from(), of.to()).toMillis() / 2.0 / columns.count();
    return view.equals(of)
        || (nanos.getAsLong() - madeAt < GOOD.toNanos()
            && view.rates() == of.rates()
            && view.curves().equals(of.curves())
            && Duration.between(of.from(), view.from()).abs().toMillis() < halfMillis
            && Duration.between(of.to(), view.to()).abs().toMillis() < halfMillis);
  }
}
