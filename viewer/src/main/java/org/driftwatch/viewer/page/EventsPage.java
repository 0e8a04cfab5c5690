package org.driftwatch.viewer.page;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JPanel;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.part.Choice;
import org.driftwatch.viewer.part.Command;
import org.driftwatch.viewer.plot.EventPlot;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.view.DashboardModel;

/** Single muons: hits, segments and lines in each view, and in words. */
public final class EventsPage extends JPanel {
  /** Words of the command that finds an orbit. */
  public static final String FIND = "Find an orbit…";

  /** With more chambers, views stand side by side: below each other they would be too low. */
  private static final int MOST_BELOW = 6;

  private final DashboardModel model;
  private final Card card;
  private final JPanel bar = new JPanel(new FlowLayout(FlowLayout.LEFT, 8, 0));
  private final Choice<Boolean> live;
  private final List<JButton> buttons = new ArrayList<>();
  private final Optional<EventViews> views;
  private final Map<View, EventPlot> plots = new EnumMap<>(View.class);
  private final JPanel body = new JPanel(new GridBagLayout());
  private final EventWords words;
  private final Note note;

  /** The page of a model's detector. */
  public EventsPage(DashboardModel model, Look look) {
    super(new BorderLayout());
    this.model = model;
    setOpaque(false);
    setBorder(BorderFactory.createEmptyBorder(0, 0, 8, 0));
    card = new Card(new BorderLayout(0, 8), look);
    live = new Choice<>(look);
    live.add(true, "Live", "Show the newest muon as it comes (G)", model::liveEvents);
    live.add(false, "Hold", "Hold the muon that is shown (G)", model::liveEvents);
    bar.setOpaque(false);
    bar.add(live);
    button("Older", "An older muon (Left)", () -> model.olderEvent(1));
    button("Newer", "A newer muon (Right)", () -> model.olderEvent(-1));
    views = model.detector().description().map(d -> new EventViews(model.detector(), d));
    words = new EventWords(model.detector(), look);
    note = new Note(look);
    body.setOpaque(false);
    views.ifPresent(of -> place(of, look));
    add(note, 0, plots.size(), 1);
    card.add(bar, BorderLayout.NORTH);
    card.add(body);
    card.add(words, BorderLayout.EAST);
    add(card);
  }

  private void place(EventViews of, Look look) {
    int chambers = of.views().stream().mapToInt(view -> of.chambers(view).size()).sum();
    boolean isBelow = chambers <= MOST_BELOW;
    for (View view : of.views()) {
      EventPlot plot = new EventPlot(of.view(view, Optional.empty()), look);
      int at = plots.size();
      plots.put(view, plot);
      add(plot, isBelow ? 0 : at, isBelow ? at : 0, isBelow ? of.chambers(view).size() : 1);
    }
  }

  private void add(Component part, int column, int row, double height) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.weightx = 1;
    at.weighty = height;
    at.fill = GridBagConstraints.BOTH;
    body.add(part, at);
  }

  private void button(String text, String tip, Runnable action) {
    JButton button = new JButton(text);
    button.setName(text);
    button.setToolTipText(tip);
    button.setFocusable(false);
    button.addActionListener(event -> action.run());
    buttons.add(button);
    bar.add(button);
  }

  /** Adds the button of the command that finds an orbit. */
  public void install(List<Command> commands) {
    commands.stream()
        .filter(command -> command.words().equals(FIND))
        .forEach(
            command ->
                button(
                    FIND, "Show the muon of an orbit (" + command.key() + ")", command.action()));
  }

  /** Shows the model as it is now. */
  public void show(Look look) {
    card.look(look);
    live.show(model.events().isLive(), look);
    buttons.forEach(button -> button.setFont(look.letters(13)));
    Optional<EventLog.Entry> shown = model.events().shown().filter(entry -> views.isPresent());
    boolean isThere = shown.isPresent();
    note.setVisible(!isThere);
    words.setVisible(isThere);
    plots.values().forEach(plot -> plot.setVisible(isThere));
    if (isThere) {
      EventViews of = views.orElseThrow();
      Optional<MuonEvents.Event> event = shown.map(EventLog.Entry::event);
      plots.forEach((view, plot) -> plot.show(of.view(view, event), look));
      words.show(model.events(), model.detector().description().orElseThrow(), look);
    } else {
      note.show(
          views.isPresent()
              ? model.events().trouble()
              : "The results are of a detector that is not described: start the viewer with the"
                  + " pipeline's --detector.",
          look);
    }
  }
}
