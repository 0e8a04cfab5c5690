package org.driftwatch.viewer.window;

import com.formdev.flatlaf.FlatClientProperties;
import com.formdev.flatlaf.util.UIScale;
import java.awt.Dimension;
import java.awt.GridLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.ButtonGroup;
import javax.swing.JPanel;
import javax.swing.JToggleButton;

/** Buttons side by side, one of them pressed. */
final class Choice<T> extends JPanel {
  private final Map<T, JToggleButton> buttons = new HashMap<>();
  private final ButtonGroup group = new ButtonGroup();

  Choice() {
    super(new GridLayout(1, 0, UIScale.scale(2), 0));
    setOpaque(false);
  }

  /** Adds a button for a value; {@code action} hears it when the button is pressed. */
  void add(T value, String text, String tip, Consumer<T> action) {
    JToggleButton button = new JToggleButton(text);
    button.setName(text);
    button.setToolTipText(tip);
    button.setFocusable(false);
    button.putClientProperty(
        FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_BORDERLESS);
    button.putClientProperty(FlatClientProperties.STYLE, "arc: 8; margin: 3,8,3,8");
    button.addActionListener(event -> action.accept(value));
    button.setPreferredSize(new Dimension(button.getPreferredSize().width, UIScale.scale(28)));
    group.add(button);
    buttons.put(value, button);
    add(button);
  }

  /** Shows a value's button as pressed without running its action. */
  void press(T value) {
    buttons.get(value).setSelected(true);
  }
}
