package org.driftwatch.viewer.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.driftwatch.viewer.plot.AlarmMark;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.TrendView;
import org.driftwatch.viewer.plot.TrendView.Curve;
import org.driftwatch.viewer.plot.TrendView.Ink;
import org.driftwatch.viewer.view.AlarmList;
import org.driftwatch.viewer.view.Sheets;

/** Numbers of the windows over a {@link TrendStretch}. */
final class TrendViews {
  private static final String STEADY =
      "Healthy rates are level, with the chambers in a steady order. A step, a gap or a slow drift"
          + " means that beam, high voltage or readout changed.";
  private static final String STEADY_SCINTILLATOR =
      "A healthy scintillator counts at a steady rate, scattered by chance. Zero over minutes means"
          + " that gated plots no longer fill.";

  private final Detector detector;
  private final WindowSeries series;
  private final AlarmList alarms;
  private final TrendStretch stretch;

  /**
   * Trends of a run.
   *
   * @param detector whose windows they are
   * @param accumulation which windows the histograms beside them show
   * @param alarms to be marked
   * @param now right end of the axis while there is no window
   */
  TrendViews(
      Detector detector,
      WindowSeries series,
      Accumulation accumulation,
      AlarmList alarms,
      Instant now) {
    this.alarms = alarms;
    this.detector = detector;
    this.series = series;
    this.stretch = TrendStretch.of(series, accumulation, now);
  }

  TrendView hits() {
    return view(
        "Hits per window",
        "hits",
        false,
        curves(true, !isCrowded()),
        alarms.marks(Subject.RUN),
        STEADY);
  }

  TrendView rates() {
    return view(
        "Hit rates",
        "hits / s",
        true,
        curves(!isCrowded(), true),
        alarms.marks(Subject.RUN),
        STEADY);
  }

  /** True if the sum would press the chambers' curves together, which have no names then. */
  private boolean isCrowded() {
    return detector.chambers() > Sheets.MOST;
  }

  private List<Curve> curves(boolean all, boolean chambers) {
    List<Curve> curves = new ArrayList<>();
    if (all) {
      curves.add(new Curve("all", Column.HITS, Ink.TOTAL, true));
    }
    for (int chamber = 0; chambers && chamber < detector.chambers(); chamber++) {
      curves.add(
          new Curve(
              detector.brief("C", chamber), Column.chamber(chamber), Ink.chamber(chamber), false));
    }
    return curves;
  }

  TrendView scintillator() {
    return view(
        "Scintillator",
        "hits / window",
        false,
        List.of(new Curve("last", Column.SCINTILLATOR, Ink.SCINTILLATOR, true)),
        alarms.marks(Check.SCINTILLATOR),
        STEADY_SCINTILLATOR);
  }

  TrendView chamber(int chamber) {
    return view(
        "Rate",
        "hits / s",
        true,
        List.of(new Curve("last", Column.chamber(chamber), Ink.chamber(chamber), true)),
        alarms.marks(new Subject(chamber)),
        STEADY);
  }

  private TrendView view(
      String title,
      String unit,
      boolean rates,
      List<Curve> curves,
      List<AlarmMark> marks,
      String help) {
    return new TrendView(
        new Heading(title, unit + ", " + stretch.words(), help),
        series,
        stretch.from(),
        stretch.to(),
        rates,
        curves,
        marks);
  }
}
