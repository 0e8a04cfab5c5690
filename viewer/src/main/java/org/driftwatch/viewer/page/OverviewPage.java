package org.driftwatch.viewer.page;

import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.TrendPlot;
import org.driftwatch.viewer.plot.TrendView;
import org.driftwatch.viewer.verdict.Judgement;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Page;

/** The state of each chamber and of the run, and rates over time. */
public final class OverviewPage extends JPanel {
  private static final int GAP = 10;

  /** A chamber: its state, its reasons, its rate. */
  private static final class ChamberState extends Card {
    private final int chamber;
    private final StatePanel state;
    private final TrendPlot trend;

    ChamberState(int chamber, TrendViews trends, Look look, IntConsumer onClick) {
      super(new GridBagLayout(), look);
      this.chamber = chamber;
      setName("state" + chamber);
      state = new StatePanel("Chamber " + chamber, Optional.of(chamber), look);
      trend = new TrendPlot(trends.chamber(chamber), look);
      place(this, state, 0, 0, 1.2, 0);
      place(this, trend, 0, 1, 1, 0);
      state.addMouseListener(
          new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
              onClick.accept(chamber);
            }
          });
    }

    void show(
        Optional<WindowSummary> shown,
        TrendViews trends,
        boolean log,
        Judgement judgement,
        Look look) {
      look(look);
      String rate =
          shown
              .map(
                  w ->
                      Numbers.rate(w.chamber(chamber).hits() / w.window().orElseThrow().seconds())
                          + " hits/s")
              .orElse("");
      String share =
          shown
              .map(w -> Numbers.share(w.chamber(chamber).hits(), w.hits()) + " of hits")
              .orElse("");
      state.show(judgement.chamber(chamber), judgement.chambers().get(chamber), rate, share, look);
      trend.show(trends.chamber(chamber), log, look);
    }
  }

  /** Numbers over time. */
  private static final class TrendCard extends Card {
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

  private final DashboardModel model;
  private final List<ChamberState> chambers = new ArrayList<>();
  private final Card runCard;
  private final StatePanel run;
  private final TrendCard hits;
  private final TrendCard rates;
  private final TrendCard scintillator;

  /** The page of a model; a click on a chamber enlarges it. */
  public OverviewPage(DashboardModel model, Look look) {
    super(new GridBagLayout());
    this.model = model;
    TrendViews trends = trends();
    setOpaque(false);
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      ChamberState card =
          new ChamberState(
              chamber,
              trends,
              look,
              clicked -> {
                model.page(Page.CHAMBERS);
                model.enlarge(clicked);
              });
      chambers.add(card);
      place(this, card, chamber, 0, 1.25, GAP);
    }
    runCard = new Card(new GridBagLayout(), look);
    run = new StatePanel("Run", Optional.empty(), look);
    place(runCard, run, 0, 0, 1, 0);
    hits = new TrendCard(trends.hits(), look);
    rates = new TrendCard(trends.rates(), look);
    scintillator = new TrendCard(trends.scintillator(), look);
    place(this, runCard, 0, 1, 1, GAP);
    place(this, hits, 1, 1, 1, GAP);
    place(this, rates, 2, 1, 1, GAP);
    place(this, scintillator, 3, 1, 1, GAP);
  }

  private static void place(
      JPanel on, JComponent part, int column, int row, double height, int gap) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.weightx = 1;
    at.weighty = height;
    at.fill = GridBagConstraints.BOTH;
    boolean last = column == Telescope.CHAMBERS - 1;
    at.insets = new Insets(0, 0, gap == 0 ? 0 : 8, last || gap == 0 ? 0 : gap);
    on.add(part, at);
  }

  private TrendViews trends() {
    return new TrendViews(model.snapshot().series(), model.state().accumulation(), model.now());
  }

  /** Shows the model as it is now, with its verdicts. */
  public void show(Judgement judgement, Look look) {
    TrendViews trends = trends();
    boolean log = model.state().log();
    Optional<WindowSummary> shown = model.shown();
    chambers.forEach(card -> card.show(shown, trends, log, judgement, look));
    runCard.look(look);
    run.show(judgement.runLevel(), judgement.run(), "", "judged on " + judgement.stretch(), look);
    hits.show(trends.hits(), log, look);
    rates.show(trends.rates(), log, look);
    scintillator.show(trends.scintillator(), log, look);
  }
}
