package org.driftwatch.viewer.window;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.Telescope;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.driftwatch.viewer.plot.TrendView;
import org.driftwatch.viewer.plot.TrendView.Curve;
import org.driftwatch.viewer.plot.TrendView.Ink;

/** Numbers over time: the last minutes beside the newest window, everything beside the sum. */
final class TrendViews {
  private static final Duration RECENT = Duration.ofMinutes(10);
  private static final Duration LEAST = Duration.ofMinutes(1);

  private TrendViews() {}

  static TrendView hits(WindowSeries series, Accumulation accumulation, Instant now) {
    List<Curve> curves = new ArrayList<>();
    curves.add(new Curve("all", Column.HITS, Ink.TOTAL, true));
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      curves.add(
          new Curve("chamber " + chamber, Column.chamber(chamber), Ink.chamber(chamber), false));
    }
    return view("Hits per window", "hits", series, accumulation, now, curves);
  }

  static TrendView scintillator(WindowSeries series, Accumulation accumulation, Instant now) {
    return view(
        "Scintillator",
        "hits / window",
        series,
        accumulation,
        now,
        List.of(new Curve("newest", Column.SCINTILLATOR, Ink.SCINTILLATOR, true)));
  }

  private static TrendView view(
      String title,
      String unit,
      WindowSeries series,
      Accumulation accumulation,
      Instant now,
      List<Curve> curves) {
    Instant to = series.isEmpty() ? now : series.end(series.size() - 1);
    Instant from = series.isEmpty() ? now.minus(LEAST) : series.start(0);
    boolean recent = accumulation == Accumulation.NEWEST_WINDOW;
    if (recent && from.isBefore(to.minus(RECENT))) {
      from = to.minus(RECENT);
    }
    if (from.isAfter(to.minus(LEAST))) {
      from = to.minus(LEAST);
    }
    String stretch =
        recent ? "last " + Numbers.duration(Duration.between(from, to)) : "since start";
    return new TrendView(title, unit + ", " + stretch, series, from, to, curves);
  }
}
