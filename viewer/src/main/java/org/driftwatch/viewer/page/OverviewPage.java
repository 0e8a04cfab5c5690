package org.driftwatch.viewer.page;

import java.awt.BorderLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.GridLayout;
import java.awt.Insets;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JPanel;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.TrendPlot;
import org.driftwatch.viewer.plot.TrendView;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Ruling;
import org.driftwatch.viewer.view.Sheets;
import org.driftwatch.viewer.view.Tone;

/** The state of each chamber and of the run, and rates over time. */
public final class OverviewPage extends JPanel {
  private static final int GAP = 10;
  private static final int LINE_GAP = 8;

  /** From as many columns on, a row of chambers is high enough for rates below their states. */
  private static final int NARROW = 3;

  /** A chamber: its state, its reasons, its rate. */
  private static final class ChamberState extends Card {
    private final int chamber;
    private final StatePanel state;
    private final TrendPlot trend;

    ChamberState(
        String title,
        int chamber,
        boolean wide,
        TrendViews trends,
        Ruling ruling,
        Look look,
        Runnable onClick) {
      super(new GridBagLayout(), look);
      this.chamber = chamber;
      setName("state" + chamber);
      state = new StatePanel(title, Optional.of(chamber), ruling, look);
      trend = new TrendPlot(trends.chamber(chamber), look);
      if (wide) {
        place(this, state, 0, 0, 1, 0);
        place(this, trend, 1, 0, 1, GAP);
      } else {
        place(this, state, 0, 0, 0.8, 0);
        place(this, trend, 0, 1, 1.2, 0);
      }
      state.addMouseListener(
          new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
              onClick.run();
            }
          });
    }

    void show(
        Optional<WindowSummary> shown,
        TrendViews trends,
        boolean log,
        Ruling ruling,
        boolean isNow,
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
      state.show(ruling, isNow, rate, share, look);
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
  private final Optional<TrendCard> scintillator;

  /** The page of a model's detector; a click on a chamber enlarges it. */
  public OverviewPage(DashboardModel model, Look look) {
    super(new GridBagLayout());
    this.model = model;
    TrendViews trends = trends();
    setOpaque(false);
    Detector detector = model.detector();
    Sheets sheets = model.sheets();
    int rows = sheets.count();
    JPanel states = row(rows, sheets.size());
    boolean wide = rows > 1 || sheets.size() < NARROW;
    for (int i = 0; i < detector.chambers(); i++) {
      int chamber = i;
      ChamberState card =
          new ChamberState(
              detector.title(i),
              i,
              wide,
              trends,
              model.ruling(),
              look,
              () -> model.enlarge(chamber));
      chambers.add(card);
      states.add(card);
    }
    JPanel below = row(1, 0);
    runCard = new Card(new GridBagLayout(), look);
    run = new StatePanel("Run", Optional.empty(), model.ruling(), look);
    place(runCard, run, 0, 0, 1, 0);
    below.add(runCard);
    hits = new TrendCard(trends.hits(), look);
    below.add(hits);
    rates = new TrendCard(trends.rates(), look);
    below.add(rates);
    scintillator =
        detector.hasScintillators()
            ? Optional.of(new TrendCard(trends.scintillator(), look))
            : Optional.empty();
    scintillator.ifPresent(below::add);
    place(this, states, 0, 0, rows == 1 ? 1.25 : 1.5 + 0.5 * rows, 0);
    place(this, below, 0, 1, 1, 0);
  }

  private static JPanel row(int rows, int columns) {
    JPanel row = new JPanel(new GridLayout(rows, columns, GAP, LINE_GAP));
    row.setOpaque(false);
    row.setBorder(BorderFactory.createEmptyBorder(0, 0, LINE_GAP, 0));
    return row;
  }

  private static void place(
      JPanel on, JComponent part, int column, int row, double height, int left) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.weightx = 1;
    at.insets = new Insets(0, left, 0, 0);
    at.weighty = height;
    at.fill = GridBagConstraints.BOTH;
    on.add(part, at);
  }

  private TrendViews trends() {
    return new TrendViews(
        model.detector(),
        model.snapshot().series(),
        model.state().accumulation(),
        model.alarms(),
        model.now());
  }

  /** Shows the model as it is now, with its verdicts. */
  public void show(Ruling ruling, Look look) {
    TrendViews trends = trends();
    boolean log = model.state().log();
    boolean isNow = model.tone() == Tone.NOW;
    Optional<WindowSummary> shown = model.shown();
    chambers.forEach(card -> card.show(shown, trends, log, ruling, isNow, look));
    runCard.look(look);
    run.show(ruling, isNow, "", ruling.words(), look);
    hits.show(trends.hits(), log, look);
    rates.show(trends.rates(), log, look);
    scintillator.ifPresent(card -> card.show(trends.scintillator(), log, look));
  }
}
