package org.driftwatch.viewer.window;

import java.awt.Component;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.time.ZoneId;
import java.util.Optional;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JTextField;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.view.AlarmWords;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.ShelveFor;

/** Asks who acknowledges or shelves an alarm, and why. For the event thread. */
final class AlarmDialog {
  private static final int COLUMNS = 34;
  private static final int CELL = 5;

  private final Component owner;
  private final DashboardModel model;

  AlarmDialog(Component owner, DashboardModel model) {
    this.owner = owner;
    this.model = model;
  }

  void acknowledge(AlarmMessage alarm) {
    ask("Acknowledge", alarm, Optional.empty())
        .ifPresent(
            comment -> model.ask(AlarmCommand.acknowledge(alarm.key(), name(), comment), alarm));
  }

  void shelve(AlarmMessage alarm) {
    JComboBox<ShelveFor> times = new JComboBox<>(ShelveFor.values());
    times.setName("time");
    ask("Shelve", alarm, Optional.of(times))
        .ifPresent(
            comment -> {
              ShelveFor time = times.getItemAt(times.getSelectedIndex());
              model.ask(
                  AlarmCommand.shelve(
                      alarm.key(),
                      name(),
                      comment,
                      time.until(model.now(), ZoneId.systemDefault())),
                  alarm);
            });
  }

  void unshelve(AlarmMessage alarm) {
    ask("Unshelve", alarm, Optional.empty())
        .ifPresent(
            comment -> model.ask(AlarmCommand.unshelve(alarm.key(), name(), comment), alarm));
  }

  private String name() {
    return model.alarmSettings().name();
  }

  /** The comment; empty if the user changed his mind. The name is remembered. */
  private Optional<String> ask(String what, AlarmMessage alarm, Optional<JComponent> more) {
    JTextField name = new JTextField(name(), COLUMNS);
    JTextField comment = new JTextField(COLUMNS);
    name.setName("name");
    comment.setName("comment");
    JPanel fields = new JPanel(new GridBagLayout());
    JLabel about =
        new JLabel("<html><div style='width:340px'>" + AlarmWords.line(alarm) + "</div></html>");
    place(fields, about, 0, 0, 2);
    more.ifPresent(field -> row(fields, 1, "For", field));
    row(fields, 2, "Your name", name);
    row(fields, 3, "Comment", comment);
    JTextField first = name().isEmpty() ? name : comment;
    String given = "";
    while (given.isEmpty()) {
      if (!confirmed(what, fields, first)) {
        return Optional.empty();
      }
      given = cut(name.getText().strip(), AlarmCommand.LONGEST_NAME);
      first = name;
    }
    model.alarmSettings(model.alarmSettings().named(given));
    return Optional.of(cut(comment.getText().strip(), AlarmCommand.LONGEST_COMMENT));
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) : text;
  }

  private static void row(JPanel fields, int row, String words, JComponent field) {
    JLabel label = new JLabel(words);
    label.setLabelFor(field);
    place(fields, label, 0, row, 1);
    place(fields, field, 1, row, 1);
  }

  private static void place(JPanel fields, JComponent part, int column, int row, int columns) {
    GridBagConstraints at = new GridBagConstraints();
    at.gridx = column;
    at.gridy = row;
    at.gridwidth = columns;
    at.anchor = GridBagConstraints.WEST;
    at.fill = GridBagConstraints.HORIZONTAL;
    at.insets = new Insets(CELL, CELL, CELL, CELL);
    fields.add(part, at);
  }

  /** True if the user says so; keys go to the field at first, not to a button. */
  private boolean confirmed(String title, JPanel fields, JTextField first) {
    JOptionPane pane =
        new JOptionPane(fields, JOptionPane.PLAIN_MESSAGE, JOptionPane.OK_CANCEL_OPTION) {
          @Override
          public void selectInitialValue() {
            first.requestFocusInWindow();
          }
        };
    JDialog dialog = pane.createDialog(owner, title);
    dialog.setVisible(true);
    dialog.dispose();
    return Integer.valueOf(JOptionPane.OK_OPTION).equals(pane.getValue());
  }
}
