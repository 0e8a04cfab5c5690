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
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.CellMapPlot;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.reference.Comparison;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.view.Ruling;

/** One chamber: caption, cell map and its histograms, in a column or, large, in two. */
final class ChamberCard extends Card {
  private final ChamberViews views;
  private final String tip;
  private final Caption caption;
  private final ReasonStrip reasons;
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
      Detector detector,
      int chamber,
      boolean large,
      Ruling ruling,
      Look look,
      String tip,
      Runnable onClick) {
    super(new GridBagLayout(), look);
    setName((large ? "large" : "chamber") + chamber);
    this.tip = tip;
    views = new ChamberViews(detector, chamber);
    reasons = new ReasonStrip(large, ruling, look);
    caption = new Caption(chamber, detector.title(chamber), look);
    map =
        views.hasMap()
            ? Optional.of(new CellMapPlot(views.map(Optional.empty(), List.of(), ""), look))
            : Optional.empty();
    int columns = large && views.kinds().size() > 2 ? 2 : 1;
    add(caption, 0, 0, columns, 0);
    add(reasons, 0, 1, columns, 0);
    map.ifPresent(plot -> add(plot, 0, 2, columns, large ? 0.5 : 0.62));
    int place = 0;
    for (ChamberHistogram which : views.kinds()) {
      HistogramPlot plot =
          new HistogramPlot(chamber, views.view(which, Optional.empty(), List.of(), ""), look);
      plots.put(which, plot);
      double height = large ? 1 : ChamberViews.height(which);
      add(plot, place % columns, 3 + place / columns, 1, height);
      place++;
    }
    MouseAdapter click =
        new MouseAdapter() {
          @Override
          public void mouseClicked(MouseEvent event) {
            // The second click of two would undo what the first did.
            if (event.getClickCount() == 1) {
              onClick.run();
            }
          }
        };
    for (Component part : getComponents()) {
      part.addMouseListener(click);
      part.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    }
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
      Ruling ruling,
      String stretch,
      Optional<Reference> reference,
      Look look) {
    look(look);
    int number = views.number();
    Subject subject = new Subject(number);
    Optional<ChamberSummary> chamber = shown.map(s -> s.chamber(number));
    boolean overlaps = reference.flatMap(r -> shown.map(s -> overlap(r.sum(), s))).orElse(false);
    Optional<ChamberSummary> other = reference.map(r -> r.sum().chamber(number));
    caption.show(
        views.wiring(chamber),
        !views.agrees(chamber),
        chamber.map(c -> Numbers.grouped(c.hits())).orElse("–"),
        shown
            .map(s -> "hits · " + Numbers.share(s.chamber(number).hits(), s.hits()))
            .orElse("hits"),
        ruling.level(subject),
        look);
    List<Verdict> verdicts = ruling.of(subject);
    caption.setToolTipText(
        Reasons.html(verdicts, ruling).replace("</div>", "<br>" + tip + "</div>"));
    reasons.show(verdicts, ruling, look);
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

  /** True if both are of the same time: what is in both always agrees with itself. */
  private static boolean overlap(WindowSummary a, WindowSummary b) {
    return a.window().isPresent()
        && b.window().isPresent()
        && a.window().get().start().isBefore(b.window().get().end())
        && b.window().get().start().isBefore(a.window().get().end());
  }

  /** Under the reference, if there is one of the same bins. */
  private static HistogramView compared(
      HistogramView view, Optional<Histogram> reference, boolean overlaps) {
    if (reference.isEmpty()
        || view.histogram().isEmpty()
        || !view.histogram().get().hasSameBinsAs(reference.get())) {
      return view;
    }
    Comparison comparison = Comparison.of(view.histogram().get(), reference.get());
    return view.with(
        new HistogramView.Overlay(
            reference.get(),
            comparison.scale(),
            comparison.words(overlaps),
            comparison.differs() && !overlaps));
  }
}
