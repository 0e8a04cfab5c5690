package org.driftwatch.viewer.page;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.CellMapPlot;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Ruling;

/** One chamber's hits: cell map and histograms, in a column or, large, in two. */
final class HitCard extends ChamberCard {
  private final ChamberViews views;
  private final Optional<CellMapPlot> map;
  private final Map<ChamberHistogram, HistogramPlot> plots = new EnumMap<>(ChamberHistogram.class);

  HitCard(Detector detector, int chamber, boolean large, Ruling ruling, Look look) {
    super(detector, chamber, large, ruling, look);
    setName((large ? "large" : "chamber") + chamber);
    views = new ChamberViews(detector, chamber);
    map =
        views.hasMap()
            ? Optional.of(new CellMapPlot(views.map(Optional.empty(), List.of(), ""), look))
            : Optional.empty();
    int columns = large && views.kinds().size() > 2 ? 2 : 1;
    map.ifPresent(plot -> add(plot, 0, BODY, columns, large ? 0.5 : 0.62));
    int place = 0;
    for (ChamberHistogram which : views.kinds()) {
      HistogramPlot plot = histogram(views.view(which, Optional.empty(), List.of(), ""), look);
      plots.put(which, plot);
      double height = large ? 1 : ChamberViews.height(which);
      add(plot, place % columns, BODY + 1 + place / columns, 1, height);
      place++;
    }
  }

  @Override
  void show(DashboardModel model, Ruling ruling, Look look) {
    Optional<WindowSummary> shown = model.shown();
    Optional<Reference> reference = model.reference();
    boolean log = model.state().log();
    Optional<ChamberSummary> chamber = shown.map(s -> s.chamber(number()));
    List<Verdict> verdicts = ruling.of(new Subject(number()));
    showHead(
        new Words(
            views.wiring(chamber),
            !views.agrees(chamber),
            chamber.map(c -> Numbers.grouped(c.hits())).orElse("–"),
            shown
                .map(s -> "hits · " + Numbers.share(s.chamber(number()).hits(), s.hits()))
                .orElse("hits")),
        ruling.level(new Subject(number())),
        verdicts,
        ruling,
        look);
    boolean overlaps = reference.flatMap(r -> shown.map(s -> overlap(r.sum(), s))).orElse(false);
    Optional<ChamberSummary> other = reference.map(r -> r.sum().chamber(number()));
    String stretch = model.stretchWords();
    List<HistogramView.Mark> found = views.found(verdicts);
    map.ifPresent(plot -> plot.show(views.map(chamber, found, stretch), log, look));
    plots.forEach(
        (which, plot) ->
            plot.show(
                compared(
                    views.view(which, chamber, found, stretch),
                    other.map(c -> c.histogram(which)),
                    overlaps),
                log,
                look));
  }
}
