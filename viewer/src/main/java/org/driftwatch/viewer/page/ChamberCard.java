package org.driftwatch.viewer.page;

import java.awt.Component;
import java.awt.Cursor;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.JComponent;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.reference.Comparison;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Ruling;

/** One chamber on a page: caption and reasons, below them what the page shows of it. */
abstract class ChamberCard extends Card {
  /** The first row of the layout below caption and reasons. */
  static final int BODY = 2;

  private final int number;
  private final Caption caption;
  private final ReasonStrip reasons;
  private final List<HistogramPlot> histograms = new ArrayList<>();
  private String tip = "";

  /**
   * A card with its head.
   *
   * @param number the chamber
   * @param large true for one that fills the page
   */
  ChamberCard(Detector detector, int number, boolean large, Ruling ruling, Look look) {
    super(new GridBagLayout(), look);
    this.number = number;
    reasons = new ReasonStrip(large, ruling, look);
    caption = new Caption(number, detector.title(number), look);
    add(caption, 0, 0, GridBagConstraints.REMAINDER, 0);
    add(reasons, 0, 1, GridBagConstraints.REMAINDER, 0);
  }

  /** The chamber. */
  final int number() {
    return number;
  }

  /** A click anywhere on the card does this; the caption's tool tip says what. */
  final void onClick(String newTip, Runnable action) {
    tip = newTip;
    MouseAdapter click =
        new MouseAdapter() {
          @Override
          public void mouseClicked(MouseEvent event) {
            // The second click of two would undo what the first did.
            if (event.getClickCount() == 1) {
              action.run();
            }
          }
        };
    for (Component part : getComponents()) {
      part.addMouseListener(click);
      part.setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    }
  }

  /** Adds a part at a place of the grid. */
  final void add(JComponent part, int column, int row, int columns, double weight) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.gridwidth = columns;
    at.weightx = 1;
    at.weighty = weight;
    at.fill = GridBagConstraints.BOTH;
    add(part, at);
  }

  /** A plot in the chamber's colour whose zoom is kept when the chamber is enlarged. */
  final HistogramPlot histogram(HistogramView first, Look look) {
    HistogramPlot plot = new HistogramPlot(number, first, look);
    histograms.add(plot);
    return plot;
  }

  /** Takes over the zooms of the other card of the same kind; a large one's may have more plots. */
  final void zoomAs(ChamberCard other) {
    for (int i = 0; i < Math.min(histograms.size(), other.histograms.size()); i++) {
      histograms.get(i).zoom(other.histograms.get(i).zoom());
    }
  }

  /** Shows the model as it is now, with verdicts on it. */
  abstract void show(DashboardModel model, Ruling ruling, Look look);

  /**
   * What the caption says beside the name.
   *
   * @param wiring how the chamber is connected
   * @param alarming true if that is not as described
   * @param value the chamber's number
   * @param unit what it counts
   */
  record Words(String wiring, boolean alarming, String value, String unit) {}

  /** Shows the head: words, level and the verdicts that concern the page, from this ruling. */
  final void showHead(Words words, Level level, List<Verdict> verdicts, Ruling ruling, Look look) {
    look(look);
    caption.show(words.wiring(), words.alarming(), words.value(), words.unit(), level, look);
    caption.setToolTipText(
        Reasons.html(verdicts, ruling).replace("</div>", "<br>" + tip + "</div>"));
    reasons.show(verdicts, ruling, look);
  }

  /** True if both are of the same time: what is in both always agrees with itself. */
  static boolean overlap(WindowSummary a, WindowSummary b) {
    return a.window().isPresent()
        && b.window().isPresent()
        && a.window().get().start().isBefore(b.window().get().end())
        && b.window().get().start().isBefore(a.window().get().end());
  }

  /** Under the reference, if there is one of the same bins. */
  static HistogramView compared(
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
