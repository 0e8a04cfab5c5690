package org.driftwatch.viewer.page;

import java.awt.Component;
import java.awt.Cursor;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.JComponent;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.CellMapPlot;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.reference.Comparison;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.verdict.Judgement;

/** One chamber: caption, cell map and its histograms, in a column or, large, in two. */
final class ChamberCard extends Card {
  private final ChamberViews views;
  private final Caption caption;
  private final Optional<CellMapPlot> map;
  private final Map<ChamberHistogram, HistogramPlot> plots = new EnumMap<>(ChamberHistogram.class);

  /**
   * A card.
   *
   * @param large true for one that fills the page
   * @param tip what a click on the caption does
   * @param onClick runs when it is clicked
   */
  ChamberCard(
      Detector detector, int chamber, boolean large, Look look, String tip, Runnable onClick) {
    super(new GridBagLayout(), look);
    setName((large ? "large" : "chamber") + chamber);
    views = new ChamberViews(detector, chamber);
    caption = new Caption(chamber, detector.title(chamber), look);
    map =
        views.hasMap()
            ? Optional.of(new CellMapPlot(views.map(Optional.empty(), List.of()), look))
            : Optional.empty();
    int columns = large && views.kinds().size() > 2 ? 2 : 1;
    add(caption, 0, 0, columns, 0);
    map.ifPresent(plot -> add(plot, 0, 1, columns, large ? 0.5 : 0.62));
    int place = 0;
    for (ChamberHistogram which : views.kinds()) {
      HistogramPlot plot =
          new HistogramPlot(chamber, views.view(which, Optional.empty(), List.of()), look);
      plots.put(which, plot);
      double height = large ? 1 : ChamberViews.height(which);
      add(plot, place % columns, 2 + place / columns, 1, height);
      place++;
    }
    MouseAdapter click =
        new MouseAdapter() {
          @Override
          public void mouseClicked(MouseEvent event) {
            onClick.run();
          }
        };
    for (Component part : getComponents()) {
      part.addMouseListener(click);
      part.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    }
    caption.setToolTipText(tip);
  }

  private void add(JComponent part, int column, int row, int columns, double weight) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.gridwidth = columns;
    at.weightx = 1;
    at.weighty = weight;
    at.fill = GridBagConstraints.BOTH;
    add(part, at);
  }

  /** Takes over the other card's zooms. */
  void zoomAs(ChamberCard other) {
    plots.forEach((which, plot) -> plot.zoom(other.plots.get(which).zoom()));
  }

  void show(
      Optional<WindowSummary> shown,
      boolean log,
      Judgement judgement,
      Optional<Reference> reference,
      Look look) {
    look(look);
    int number = views.number();
    Optional<ChamberSummary> chamber = shown.map(s -> s.chamber(number));
    Optional<ChamberSummary> other = reference.map(r -> r.sum().chamber(number));
    caption.show(
        views.wiring(chamber),
        !views.agrees(chamber),
        chamber.map(c -> Numbers.grouped(c.hits())).orElse("–"),
        shown
            .map(s -> "hits · " + Numbers.share(s.chamber(number).hits(), s.hits()))
            .orElse("hits"),
        judgement.chamber(number),
        look);
    List<HistogramView.Mark> found = views.found(judgement.chambers().get(number));
    map.ifPresent(plot -> plot.show(views.map(chamber, found), log, look));
    plots.forEach(
        (which, plot) ->
            plot.show(
                compared(views.view(which, chamber, found), other.map(c -> c.histogram(which))),
                log,
                look));
  }

  /** Under the reference, if there is one of the same bins. */
  private static HistogramView compared(HistogramView view, Optional<Histogram> reference) {
    if (reference.isEmpty()
        || view.histogram().isEmpty()
        || !view.histogram().get().hasSameBinsAs(reference.get())) {
      return view;
    }
    Comparison comparison = Comparison.of(view.histogram().get(), reference.get());
    return view.with(
        new HistogramView.Overlay(reference.get(), comparison.scale(), comparison.words()));
  }
}
