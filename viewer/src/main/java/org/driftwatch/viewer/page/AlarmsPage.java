package org.driftwatch.viewer.page;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ListCellRenderer;
import javax.swing.ListSelectionModel;
import javax.swing.ScrollPaneConstants;
import javax.swing.text.Position;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.part.Card;
import org.driftwatch.viewer.part.Choice;
import org.driftwatch.viewer.part.Command;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.view.DashboardModel;

/** The alarms with their times, what to do, and who has taken notice; the newest first. */
public final class AlarmsPage extends JPanel {
  /** Words of the command for the sound. */
  public static final String SOUND = "Sound on or off";

  /** Words of the command for the desktop. */
  public static final String NOTICES = "Desktop notices on or off";

  private final DashboardModel model;
  private final Card card;
  private final Choice<Boolean> filter;
  private final JPanel bar = new JPanel(new FlowLayout(FlowLayout.LEFT, 8, 0));
  private final List<JButton> buttons = new ArrayList<>();
  private final DefaultListModel<AlarmMessage> rows = new DefaultListModel<>();
  private final JList<AlarmMessage> list =
      new JList<>(rows) {
        @Override
        public int getNextMatch(String prefix, int start, Position.Bias bias) {
          // Letters are commands.
          return -1;
        }
      };
  private final JScrollPane scroll = new JScrollPane(list);
  private final AlarmRow row;
  private List<AlarmMessage> shown = List.of();

  /** The page of a model. */
  public AlarmsPage(DashboardModel model, Look look) {
    super(new BorderLayout());
    this.model = model;
    setOpaque(false);
    setBorder(BorderFactory.createEmptyBorder(0, 0, 8, 0));
    card = new Card(new BorderLayout(0, 8), look);
    filter = new Choice<>(look);
    filter.add(false, "Open", "Alarms that nobody acknowledged or that last (I)", model::allAlarms);
    filter.add(true, "All", "Those that were cleared, too (I)", model::allAlarms);
    bar.setOpaque(false);
    bar.add(filter);
    row = new AlarmRow(look);
    list.setName("alarms");
    list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    list.setCellRenderer(
        new ListCellRenderer<>() {
          @Override
          public Component getListCellRendererComponent(
              JList<? extends AlarmMessage> of,
              AlarmMessage alarm,
              int index,
              boolean isSelected,
              boolean hasFocus) {
            row.show(alarm, model.waits(alarm), isSelected);
            return row;
          }
        });
    list.setOpaque(false);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.setHorizontalScrollBarPolicy(ScrollPaneConstants.HORIZONTAL_SCROLLBAR_NEVER);
    scroll.setOpaque(false);
    scroll.getViewport().setOpaque(false);
    card.add(bar, BorderLayout.NORTH);
    card.add(scroll);
    add(card);
  }

  /** Adds the buttons of the commands that concern alarms; a double click runs the first. */
  public void install(List<Command> commands) {
    commands.stream()
        .filter(command -> command.group() == Command.Group.ALARMS)
        .forEach(
            command -> {
              JButton button = new JButton(command.words());
              button.setName(command.words());
              button.setToolTipText(command.words() + " (" + command.key() + ")");
              button.setFocusable(false);
              button.addActionListener(event -> command.action().run());
              buttons.add(button);
              bar.add(button);
            });
    list.addMouseListener(
        new MouseAdapter() {
          @Override
          public void mouseClicked(MouseEvent event) {
            if (event.getClickCount() == 2) {
              buttons.get(0).doClick();
            }
          }
        });
  }

  /** What can be on or off says which it is. */
  private void dress(JButton button, Look look) {
    button.setFont(look.letters(13));
    if (button.getName().equals(SOUND)) {
      button.setText("Sound: " + (model.alarmSettings().sound() ? "on" : "off"));
    } else if (button.getName().equals(NOTICES)) {
      button.setText("Desktop notices: " + (model.alarmSettings().notice() ? "on" : "off"));
    }
  }

  /** The alarm that is chosen in the list; else the one at its top. */
  public Optional<AlarmMessage> chosen() {
    return Optional.ofNullable(list.getSelectedValue()).or(() -> shown.stream().findFirst());
  }

  /** What keys go to. */
  public Component keys() {
    return list;
  }

  /** Shows the model as it is now. */
  public void show(Look look) {
    card.look(look);
    filter.show(model.showsAllAlarms(), look);
    buttons.forEach(button -> dress(button, look));
    row.dress(look);
    list.setBackground(look.palette().card());
    list.setFixedCellHeight(row.getPreferredSize().height);
    scroll.getVerticalScrollBar().setUnitIncrement(look.pixels(40));
    List<AlarmMessage> now =
        model.showsAllAlarms() ? model.alarms().alarms() : model.alarms().open();
    if (!now.equals(shown)) {
      String chosen = list.getSelectedValue() == null ? "" : list.getSelectedValue().key();
      shown = now;
      rows.clear();
      rows.addAll(now);
      for (int i = 0; i < now.size(); i++) {
        if (now.get(i).key().equals(chosen)) {
          list.setSelectedIndex(i);
        }
      }
    }
    row.nothing(
        model.showsAllAlarms() ? "No alarm yet" : "No open alarm", model.situation().judge());
    repaint();
  }

  @Override
  protected void paintChildren(Graphics graphics) {
    super.paintChildren(graphics);
    if (shown.isEmpty()) {
      Graphics below =
          graphics.create(
              card.getX() + scroll.getX(),
              card.getY() + scroll.getY(),
              scroll.getWidth(),
              scroll.getHeight());
      try {
        row.paintNothing((Graphics2D) below);
      } finally {
        below.dispose();
      }
    }
  }
}
