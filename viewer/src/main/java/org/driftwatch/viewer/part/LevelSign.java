package org.driftwatch.viewer.part;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.driftwatch.quality.Level;
import org.driftwatch.viewer.plot.Palette;

/** A level's sign: its shape tells levels apart, however the eye sees colours. */
public final class LevelSign {
  private LevelSign() {}

  /** Draws a ring with a tick, a triangle, a square with a cross, or a ring with dots. */
  public static void draw(
      Graphics2D g, Level level, Palette palette, double x, double y, double size) {
    draw(g, level, palette.level(level), palette.card(), x, y, size);
  }

  /**
   * Draws the same.
   *
   * @param ink colour of the sign
   * @param inner colour of what is within it
   */
  static void draw(
      Graphics2D g, Level level, Color ink, Color inner, double x, double y, double size) {
    g.setColor(ink);
    float line = (float) (size / 9);
    g.setStroke(new BasicStroke(line, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    switch (level) {
      case GOOD -> {
        g.fill(new Ellipse2D.Double(x, y, size, size));
        g.setColor(inner);
        Path2D.Double tick = new Path2D.Double();
        tick.moveTo(x + size * 0.27, y + size * 0.53);
        tick.lineTo(x + size * 0.44, y + size * 0.70);
        tick.lineTo(x + size * 0.74, y + size * 0.34);
        g.draw(tick);
      }
      case UNDECIDED -> {
        double inset = line / 2;
        g.draw(new Ellipse2D.Double(x + inset, y + inset, size - line, size - line));
        for (int dot = -1; dot <= 1; dot++) {
          double r = size * 0.055;
          g.fill(
              new Ellipse2D.Double(
                  x + size / 2 + dot * size * 0.2 - r, y + size / 2 - r, 2 * r, 2 * r));
        }
      }
      case WARNING -> {
        Path2D.Double triangle = new Path2D.Double();
        triangle.moveTo(x + size / 2, y);
        triangle.lineTo(x + size, y + size * 0.94);
        triangle.lineTo(x, y + size * 0.94);
        triangle.closePath();
        g.fill(triangle);
        g.setColor(inner);
        g.draw(new Line2D.Double(x + size / 2, y + size * 0.36, x + size / 2, y + size * 0.6));
        double r = line * 0.6;
        g.fill(new Ellipse2D.Double(x + size / 2 - r, y + size * 0.77 - r, 2 * r, 2 * r));
      }
      case BAD -> {
        g.fill(new Rectangle2D.Double(x, y, size, size));
        g.setColor(inner);
        double in = size * 0.28;
        g.draw(new Line2D.Double(x + in, y + in, x + size - in, y + size - in));
        g.draw(new Line2D.Double(x + size - in, y + in, x + in, y + size - in));
      }
    }
  }
}
