package org.driftwatch.viewer.part;

import java.awt.Color;
import java.awt.Graphics2D;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** One number to be read from afar: its name, the number, a word on it. */
final class StatTile extends Canvas {
  private static final float VALUE = 23f;

  private final String name;
  private String value = "–";
  private String detail = "";
  private Color color;
  private boolean alarming;

  StatTile(String name, int width, Look look) {
    super(width, 64, look);
    this.name = name;
    this.color = palette().text();
    setName(name);
  }

  void show(String newValue, String newDetail, Color newColor, Look newLook) {
    show(newValue, newDetail, newColor, false, newLook);
  }

  /** Shows a number and a word on it, in the colour of a warning if it warns. */
  void show(String newValue, String newDetail, Color newColor, boolean warns, Look newLook) {
    if (!newValue.equals(value)
        || !newDetail.equals(detail)
        || !newColor.equals(color)
        || warns != alarming
        || !newLook.equals(look())) {
      value = newValue;
      detail = newDetail;
      color = newColor;
      alarming = warns;
      look(newLook);
    }
  }

  @Override
  protected void draw(Graphics2D g) {
    float x = 14f;
    g.setColor(palette().border());
    g.fillRect(0, 8, 1, designHeight() - 16);
    g.setFont(look().regular(11.5f));
    g.setColor(palette().muted());
    g.drawString(name, x, 15f);
    double room = designWidth() - x - 4;
    g.setFont(look().medium(VALUE));
    double wide = g.getFontMetrics().stringWidth(value);
    // A number is never cut: one too long for its tile is drawn smaller.
    if (wide > room) {
      g.setFont(look().medium(VALUE * room / wide));
    }
    g.setColor(color);
    g.drawString(value, x, 40f);
    g.setFont(look().regular(11.5f));
    g.setColor(alarming ? palette().warning() : palette().muted());
    g.drawString(Typeface.cut(detail, g.getFontMetrics(), room), x, 58f);
  }
}
