package org.driftwatch.viewer.window;

import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.util.Optional;
import javax.swing.JComponent;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.HistogramPlot;
import org.driftwatch.viewer.plot.HistogramView;
import org.driftwatch.viewer.plot.Look;

/** One chamber: caption, occupancy, active channels per orbit, drift time. */
final class ChamberCard extends Card {
  private final ChamberViews views;
  private final Caption caption;
  private final HistogramPlot occupancy;
  private final HistogramPlot activeChannels;
  private final HistogramPlot driftTime;

  ChamberCard(RunConfiguration run, int chamber, Look look) {
    super(new GridBagLayout(), look);
    setName("chamber" + chamber);
    views = new ChamberViews(run, chamber);
    caption = new Caption(chamber, look);
    occupancy = plot(views.occupancy(Optional.empty()), look);
    activeChannels = plot(views.activeChannels(Optional.empty()), look);
    driftTime = plot(views.driftTime(Optional.empty()), look);
    add(caption, 0, 0);
    add(occupancy, 1, 1.15);
    add(activeChannels, 2, 1);
    add(driftTime, 3, 1);
  }

  private HistogramPlot plot(HistogramView view, Look look) {
    return new HistogramPlot(views.number(), view, look);
  }

  private void add(JComponent part, int row, double weight) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = 0;
    at.gridy = row;
    at.weightx = 1;
    at.weighty = weight;
    at.fill = GridBagConstraints.BOTH;
    add(part, at);
  }

  void show(Optional<WindowSummary> shown, boolean log, Look look) {
    look(look);
    Optional<ChamberSummary> chamber = shown.map(s -> s.chamber(views.number()));
    caption.show(
        views.wiring(chamber),
        !views.agrees(chamber),
        chamber.map(c -> Numbers.grouped(c.hits())).orElse("–"),
        shown
            .map(s -> "hits · " + Numbers.share(s.chamber(views.number()).hits(), s.hits()))
            .orElse("hits"),
        look);
    occupancy.show(views.occupancy(chamber), log, look);
    activeChannels.show(views.activeChannels(chamber), log, look);
    driftTime.show(views.driftTime(chamber), log, look);
  }
}
