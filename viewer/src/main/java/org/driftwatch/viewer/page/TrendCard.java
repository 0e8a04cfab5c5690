package org.driftwatch.viewer.page;

import java.awt.BorderLayout;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.TrendPlot;
import org.driftwatch.viewer.plot.TrendView;

/** Numbers over time. */
final class TrendCard extends Card {
  private final TrendPlot plot;

  TrendCard(TrendView first, Look look) {
    super(new BorderLayout(), look);
    plot = new TrendPlot(first, look);
    add(plot);
  }

  void show(TrendView view, boolean log, Look look) {
    look(look);
    plot.show(view, log, look);
  }
}
