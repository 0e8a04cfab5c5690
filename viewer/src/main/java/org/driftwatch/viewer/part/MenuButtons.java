package org.driftwatch.viewer.part;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Dimension;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JMenuItem;
import javax.swing.JPanel;
import javax.swing.JPopupMenu;
import javax.swing.SwingUtilities;
import org.driftwatch.viewer.plot.Look;

/** Menus for the commands that have no button of their own. */
final class MenuButtons extends JPanel {
  private static final Command.Group[] GROUPS = {
    Command.Group.SAVE, Command.Group.REFERENCE, Command.Group.PROGRAM
  };

  private final List<JButton> buttons = new ArrayList<>();
  private final List<JPopupMenu> menus = new ArrayList<>();
  private Look look;

  MenuButtons(Look look) {
    super(new GridBagLayout());
    this.look = look;
    setOpaque(false);
    setVisible(false);
  }

  /** Makes a menu of each group that has commands. */
  void install(List<Command> commands) {
    for (Command.Group group : GROUPS) {
      JPopupMenu menu = new JPopupMenu();
      for (Command command : commands) {
        if (command.group() == group) {
          JMenuItem item = new JMenuItem(command.words() + "   " + command.key());
          item.addActionListener(event -> command.action().run());
          menu.add(item);
        }
      }
      JButton button = new JButton(group.title());
      button.setName("menu " + group.title());
      button.setFocusable(false);
      button.putClientProperty(
          FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_BORDERLESS);
      button.setMargin(new Insets(0, 0, 0, 0));
      button.addActionListener(event -> menu.show(button, 0, button.getHeight()));
      buttons.add(button);
      menus.add(menu);
      add(button);
    }
    setVisible(true);
    dress();
  }

  void look(Look newLook) {
    if (!newLook.equals(look)) {
      look = newLook;
      menus.forEach(SwingUtilities::updateComponentTreeUI);
      dress();
    }
  }

  private void dress() {
    for (JButton button : buttons) {
      button.setFont(look.letters(13));
      button.setForeground(look.palette().text());
      int text = button.getFontMetrics(button.getFont()).stringWidth(button.getText());
      Dimension wanted = new Dimension(text + look.pixels(20), look.pixels(26));
      button.setMinimumSize(wanted);
      button.setPreferredSize(wanted);
    }
    revalidate();
  }
}
