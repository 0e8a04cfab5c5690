package org.driftwatch.viewer.page;

import java.awt.Component;
import java.awt.Cursor;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.swing.JComponent;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.CellMapPlot;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.reference.Comparison;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.verdict.Judgement;

/** One chamber: caption, cell map and its four histograms, in a column or, large, in two. */
final class ChamberCard extends Card {
  private final ChamberViews views;
  private final Caption caption;
  private final CellMapPlot map;
  private final HistogramPlot occupancy;
  private final HistogramPlot gated;
  private final HistogramPlot activeChannels;
  private final HistogramPlot driftTime;

  /**
   * A card.
   *
   * @param large true for one that fills the page
   * @param onClick runs when it is clicked
   */
  ChamberCard(RunConfiguration run, int chamber, boolean large, Look look, Runnable onClick) {
    super(new GridBagLayout(), look);
    setName((large ? "large" : "chamber") + chamber);
    views = new ChamberViews(run, chamber);
    caption = new Caption(chamber, look);
    map = new CellMapPlot(views.map(Optional.empty(), List.of()), look);
    occupancy = plot(views.occupancy(Optional.empty(), List.of()), look);
    gated = plot(views.gated(Optional.empty()), look);
    activeChannels = plot(views.activeChannels(Optional.empty()), look);
    driftTime = plot(views.driftTime(Optional.empty()), look);
    if (large) {
      add(caption, 0, 0, 2, 0);
      add(map, 0, 1, 2, 0.5);
      add(occupancy, 0, 2, 1, 1);
      add(gated, 1, 2, 1, 1);
      add(activeChannels, 0, 3, 1, 1);
      add(driftTime, 1, 3, 1, 1);
    } else {
      add(caption, 0, 0, 1, 0);
      add(map, 0, 1, 1, 0.62);
      add(occupancy, 0, 2, 1, 1.1);
      add(gated, 0, 3, 1, 0.9);
      add(activeChannels, 0, 4, 1, 1);
      add(driftTime, 0, 5, 1, 1);
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
    caption.setToolTipText(
        large ? "Click for all chambers (Esc)" : "Click to enlarge (F" + (chamber + 1) + ")");
  }

  private HistogramPlot plot(HistogramView view, Look look) {
    return new HistogramPlot(views.number(), view, look);
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
    occupancy.zoom(other.occupancy.zoom());
    gated.zoom(other.gated.zoom());
    activeChannels.zoom(other.activeChannels.zoom());
    driftTime.zoom(other.driftTime.zoom());
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
    map.show(views.map(chamber, found), log, look);
    occupancy.show(
        compared(views.occupancy(chamber, found), other, ChamberSummary::occupancy), log, look);
    gated.show(
        compared(views.gated(chamber), other, ChamberSummary::scintillatorOccupancy), log, look);
    activeChannels.show(
        compared(views.activeChannels(chamber), other, ChamberSummary::activeChannels), log, look);
    driftTime.show(compared(views.driftTime(chamber), other, ChamberSummary::driftTime), log, look);
  }

  /** Under the reference, if there is one of the same bins. */
  private static HistogramView compared(
      HistogramView view,
      Optional<ChamberSummary> reference,
      Function<ChamberSummary, Histogram> which) {
    if (reference.isEmpty()
        || view.histogram().isEmpty()
        || !view.histogram().get().hasSameBinsAs(which.apply(reference.get()))) {
      return view;
    }
    Histogram other = which.apply(reference.get());
    Comparison comparison = Comparison.of(view.histogram().get(), other);
    return view.with(new HistogramView.Overlay(other, comparison.scale(), comparison.words()));
  }
}
