package org.driftwatch.viewer.window;

import java.awt.BorderLayout;
import org.driftwatch.viewer.plot.TrendPlot;
import org.driftwatch.viewer.plot.TrendView;

/** Numbers over time. */
final class TrendCard extends Card {
  private final TrendPlot plot;

  TrendCard(TrendView first, Theme theme) {
    super(new BorderLayout(), theme.palette());
    plot = new TrendPlot(first, theme.palette());
    add(plot);
  }

  void show(TrendView view, ViewState state) {
    colours(state.theme().palette());
    plot.show(view, state.log(), state.theme().palette());
  }
}
