package org.driftwatch.viewer.part;

import com.formdev.flatlaf.FlatClientProperties;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.geom.RoundRectangle2D;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import javax.swing.ButtonGroup;
import javax.swing.JPanel;
import javax.swing.JToggleButton;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** Buttons side by side in one track, one of them pressed. */
public final class Choice<T> extends JPanel {
  private static final int HEIGHT = 26;
  private static final int MARGIN = 12;

  private final Map<T, JToggleButton> buttons = new HashMap<>();
  private final ButtonGroup group = new ButtonGroup();
  private Look look;

  /** A track without buttons yet. */
  public Choice(Look look) {
    super(new GridBagLayout());
    this.look = look;
    setOpaque(false);
  }

  /** Adds a button for a value; {@code action} gets it when the button is pressed. */
  public void add(T value, String text, String tip, Consumer<T> action) {
    JToggleButton button = new JToggleButton(text);
    button.setName(text);
    button.setToolTipText(tip);
    button.setFocusable(false);
    button.putClientProperty(
        FlatClientProperties.BUTTON_TYPE, FlatClientProperties.BUTTON_TYPE_BORDERLESS);
    button.addActionListener(event -> action.accept(value));
    dress(button);
    group.add(button);
    buttons.put(value, button);
    // As wide as their words: buttons all as wide as the widest would leave no room for numbers.
    GridBagConstraints at = new GridBagConstraints();
    at.weightx = 1;
    at.fill = GridBagConstraints.BOTH;
    add(button, at);
  }

  /** Shows a value's button as pressed without running its action. */
  public void show(T value, Look newLook) {
    buttons.get(value).setSelected(true);
    if (!newLook.equals(look)) {
      look = newLook;
      buttons.values().forEach(this::dress);
      revalidate();
      repaint();
    }
  }

  private void dress(JToggleButton button) {
    Palette palette = look.palette();
    button.putClientProperty(
        FlatClientProperties.STYLE,
        String.format(
            Locale.ROOT,
            "arc: %d; margin: 0,0,0,0; foreground: %s; toolbar.selectedBackground: %s;"
                + " selectedBackground: %s; selectedForeground: %s; toolbar.selectedForeground: %s",
            look.pixels(10),
            hex(palette.muted()),
            hex(palette.border()),
            hex(palette.border()),
            hex(palette.text()),
            hex(palette.text())));
    button.setFont(look.letters(13));
    int text = button.getFontMetrics(button.getFont()).stringWidth(button.getText());
    button.setPreferredSize(new Dimension(text + 2 * look.pixels(MARGIN), look.pixels(HEIGHT)));
  }

  private static String hex(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xffffff);
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      double arc = look.pixels(12);
      g.setColor(look.palette().background());
      g.fill(new RoundRectangle2D.Double(0, 0, getWidth(), getHeight(), arc, arc));
    } finally {
      g.dispose();
    }
  }
}
