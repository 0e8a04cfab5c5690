package org.driftwatch.viewer.page;

import java.awt.CardLayout;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JPanel;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.verdict.Judgement;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.ViewState;

/** Every histogram: the four chambers side by side, or one of them large. */
public final class ChambersPage extends JPanel {
  private static final String ALL = "all";

  private final DashboardModel model;
  private final CardLayout layout = new CardLayout();
  private final JPanel all = new JPanel(new GridLayout(1, Telescope.CHAMBERS, 10, 0));
  private final List<ChamberCard> small = new ArrayList<>();
  private final List<ChamberCard> large = new ArrayList<>();
  private int enlarged = ViewState.NONE;

  /** The page of a model; a click enlarges a chamber, or shows all again. */
  public ChambersPage(DashboardModel model, Look look) {
    this.model = model;
    setLayout(layout);
    setOpaque(false);
    setBorder(BorderFactory.createEmptyBorder(0, 0, 8, 0));
    all.setOpaque(false);
    add(all, ALL);
    for (int i = 0; i < Telescope.CHAMBERS; i++) {
      int chamber = i;
      ChamberCard card = new ChamberCard(model.run(), i, false, look, () -> model.enlarge(chamber));
      small.add(card);
      all.add(card);
      ChamberCard big =
          new ChamberCard(model.run(), i, true, look, () -> model.enlarge(ViewState.NONE));
      large.add(big);
      add(big, Integer.toString(i));
    }
  }

  /** Shows the model as it is now, with its verdicts. */
  public void show(Judgement judgement, Look look) {
    ViewState state = model.state();
    if (state.enlarged() != enlarged) {
      int before = enlarged;
      enlarged = state.enlarged();
      // What was zoomed in stays so when it is looked at large, and back.
      if (enlarged >= 0) {
        large.get(enlarged).zoomAs(small.get(enlarged));
      } else {
        small.get(before).zoomAs(large.get(before));
      }
      layout.show(this, enlarged < 0 ? ALL : Integer.toString(enlarged));
    }
    Optional<WindowSummary> shown = model.shown();
    for (ChamberCard card : enlarged < 0 ? small : List.of(large.get(enlarged))) {
      card.show(shown, state.log(), judgement, model.reference(), look);
    }
  }
}
