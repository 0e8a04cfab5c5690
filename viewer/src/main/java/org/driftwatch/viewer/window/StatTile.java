package org.driftwatch.viewer.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import javax.swing.JComponent;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** One number to be read from afar: its name, the number, a word on it. */
final class StatTile extends JComponent {
  private final String name;
  private String value = "–";
  private String detail = "";
  private Color color;
  private Palette palette;

  StatTile(String name, int width, Palette palette) {
    this.name = name;
    this.palette = palette;
    this.color = palette.text();
    setName(name);
    setPreferredSize(UIScale.scale(new Dimension(width, 64)));
    setMinimumSize(UIScale.scale(new Dimension(width * 3 / 4, 64)));
  }

  void show(String newValue, String newDetail, Color newColor, Palette newPalette) {
    if (!newValue.equals(value)
        || !newDetail.equals(detail)
        || !newColor.equals(color)
        || !newPalette.equals(palette)) {
      value = newValue;
      detail = newDetail;
      color = newColor;
      palette = newPalette;
      repaint();
    }
  }

  /** The number as it is shown. */
  String value() {
    return value;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      float x = UIScale.scale(14f);
      g.setColor(palette.border());
      g.fillRect(0, UIScale.scale(8), 1, getHeight() - UIScale.scale(16));
      g.setFont(Typeface.regular(11.5f));
      g.setColor(palette.muted());
      g.drawString(name, x, UIScale.scale(15f));
      g.setFont(Typeface.medium(23f));
      g.setColor(color);
      g.drawString(value, x, UIScale.scale(40f));
      g.setFont(Typeface.regular(11.5f));
      g.setColor(palette.muted());
      g.drawString(detail, x, UIScale.scale(58f));
    } finally {
      g.dispose();
    }
  }
}
