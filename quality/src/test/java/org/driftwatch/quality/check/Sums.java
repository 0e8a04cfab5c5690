package org.driftwatch.quality.check;

import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/** Sums of windows, count by count. */
final class Sums {
  private Sums() {}

  static WindowSummary of(List<WindowSummary> windows) {
    SummaryLayout layout = SummaryLayout.of(windows.get(0));
    long[] sum = new long[layout.size()];
    for (WindowSummary window : windows) {
      long[] counts = layout.counts(window);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += counts[i];
      }
    }
    WindowSummary.Span span =
        new WindowSummary.Span(
            windows.get(0).window().orElseThrow().start(),
            windows.get(windows.size() - 1).window().orElseThrow().end());
    return layout.summary(
        new WindowSummary.Head(Optional.of(span), 0, false, List.of()), chamber -> 0, sum);
  }
}
