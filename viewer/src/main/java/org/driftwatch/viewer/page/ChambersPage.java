package org.driftwatch.viewer.page;

import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.FlowLayout;
import java.awt.GridLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JPanel;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.part.Choice;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.view.ChamberKeys;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Ruling;
import org.driftwatch.viewer.view.Sheets;
import org.driftwatch.viewer.view.ViewState;

/**
 * Chambers: those of a sheet side by side, or one of them large. Several sheets have buttons above
 * them.
 */
public final class ChambersPage extends JPanel {
  /** Makes cards of a kind. */
  private interface Kind {
    ChamberCard card(Detector detector, int chamber, boolean large, Ruling ruling, Look look);
  }

  private final DashboardModel model;
  private final Kind kind;
  private final CardLayout layout = new CardLayout();
  private final JPanel cards = new JPanel(layout);
  private final Optional<Choice<Integer>> choice;
  private final List<ChamberCard> small = new ArrayList<>();
  private final List<ChamberCard> large = new ArrayList<>();
  private int enlarged = ViewState.NONE;

  /** Every histogram of the hits; a click enlarges a chamber, or shows all again. */
  public static ChambersPage ofHits(DashboardModel model, Look look) {
    return new ChambersPage(model, HitCard::new, look);
  }

  /** What segments of muons tell of the chambers; a click enlarges one, or shows all again. */
  public static ChambersPage ofMuons(DashboardModel model, Look look) {
    MuonTrends trends = new MuonTrends(model.detector());
    return new ChambersPage(
        model,
        (detector, chamber, large, ruling, ofCard) ->
            new MuonCard(detector, chamber, large, trends, ruling, ofCard),
        look);
  }

  private ChambersPage(DashboardModel model, Kind kind, Look look) {
    super(new BorderLayout());
    this.model = model;
    this.kind = kind;
    setOpaque(false);
    setBorder(BorderFactory.createEmptyBorder(0, 0, 8, 0));
    cards.setOpaque(false);
    add(cards);
    Sheets sheets = model.sheets();
    for (int sheet = 0; sheet < sheets.count(); sheet++) {
      JPanel side = new JPanel(new GridLayout(1, sheets.size(), 10, 0));
      side.setOpaque(false);
      for (int i = sheets.first(sheet); i < sheets.end(sheet); i++) {
        side.add(small(i, look));
        cards.add(large(i, look), large(i));
      }
      // A sheet with fewer chambers keeps their width.
      for (int i = sheets.end(sheet); i < sheets.first(sheet + 1); i++) {
        side.add(new JPanel(null)).setVisible(false);
      }
      cards.add(side, sheet(sheet));
    }
    choice = sheets.count() > 1 ? Optional.of(choice(sheets, look)) : Optional.empty();
  }

  private ChamberCard small(int chamber, Look look) {
    // A chamber alone has the page for itself as it is.
    boolean alone = model.detector().chambers() == 1;
    String tip = alone ? "" : "Click to enlarge (" + ChamberKeys.key(chamber) + ")";
    Runnable onClick = alone ? () -> {} : () -> model.enlarge(chamber);
    ChamberCard card = kind.card(model.detector(), chamber, alone, model.ruling(), look);
    card.onClick(tip, onClick);
    small.add(card);
    return card;
  }

  private ChamberCard large(int chamber, Look look) {
    ChamberCard card = kind.card(model.detector(), chamber, true, model.ruling(), look);
    card.onClick("Click for all chambers (Esc)", model::reduce);
    large.add(card);
    return card;
  }

  private static String sheet(int sheet) {
    return "sheet " + sheet;
  }

  private static String large(int chamber) {
    return "large " + chamber;
  }

  private Choice<Integer> choice(Sheets sheets, Look look) {
    Choice<Integer> buttons = new Choice<>(look);
    for (int sheet = 0; sheet < sheets.count(); sheet++) {
      String words = words(model.detector(), sheets.first(sheet), sheets.end(sheet) - 1);
      buttons.add(sheet, words, words + " (Page Up, Page Down)", model::sheet);
    }
    JPanel bar = new JPanel(new FlowLayout(FlowLayout.LEFT, 0, 0));
    bar.setOpaque(false);
    bar.setBorder(BorderFactory.createEmptyBorder(0, 0, 8, 0));
    bar.add(buttons);
    add(bar, BorderLayout.NORTH);
    return buttons;
  }

  private static String words(Detector detector, int first, int last) {
    return first == last
        ? detector.brief("Chamber ", first)
        : detector.brief("Chambers ", first) + " – " + detector.brief("", last);
  }

  /** Shows the model as it is now, with its verdicts. */
  public void show(Ruling ruling, Look look) {
    ViewState state = model.state();
    if (state.enlarged() != enlarged) {
      // What was zoomed in stays so when it is looked at large, and back.
      if (enlarged >= 0) {
        small.get(enlarged).zoomAs(large.get(enlarged));
      }
      enlarged = state.enlarged();
      if (enlarged >= 0) {
        large.get(enlarged).zoomAs(small.get(enlarged));
      }
    }
    layout.show(cards, enlarged < 0 ? sheet(state.sheet()) : large(enlarged));
    choice.ifPresent(buttons -> buttons.show(state.sheet(), look));
    Sheets sheets = model.sheets();
    List<ChamberCard> seen =
        enlarged < 0
            ? small.subList(sheets.first(state.sheet()), sheets.end(state.sheet()))
            : List.of(large.get(enlarged));
    for (ChamberCard card : seen) {
      card.show(model, ruling, look);
    }
  }
}
