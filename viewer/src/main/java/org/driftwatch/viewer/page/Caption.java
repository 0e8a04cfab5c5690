package org.driftwatch.viewer.page;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import org.driftwatch.quality.Level;
import org.driftwatch.viewer.part.LevelSign;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** Head of a chamber's card: its colour, name and wiring; at the right its hits and their share. */
final class Caption extends Canvas {
  private final int chamber;
  private final String name;
  private String wiring = "";
  private boolean alarming;
  private String hits = "";
  private String share = "";
  private Level level = Level.UNDECIDED;

  Caption(int chamber, String name, Look look) {
    super(200, 34, look);
    this.chamber = chamber;
    this.name = name;
  }

  void show(
      String newWiring,
      boolean newAlarming,
      String newHits,
      String newShare,
      Level newLevel,
      Look newLook) {
    level = newLevel;
    wiring = newWiring;
    alarming = newAlarming;
    hits = newHits;
    share = newShare;
    look(newLook);
  }

  @Override
  protected void draw(Graphics2D g) {
    float base = 20f;
    float x = 4f;
    double size = 14;
    g.setColor(palette().chamber(chamber));
    double arc = 5;
    g.fill(new RoundRectangle2D.Double(x, base - size + 2, size, size, arc, arc));
    x += (float) size + 8f;
    g.setFont(look().medium(17f));
    FontMetrics large = g.getFontMetrics();
    float right = designWidth() - 6f;
    g.setFont(look().regular(13));
    float wide = g.getFontMetrics().stringWidth(share) + 8f;
    boolean fits = x + large.stringWidth(name) + large.stringWidth(hits) + wide + 48 <= right;
    if (fits) {
      draw(g, share, right - wide + 8f, base, palette().muted());
      right -= wide;
    }
    g.setFont(large.getFont());
    right -= large.stringWidth(hits);
    draw(g, hits, right, base, palette().text());
    String shown = Typeface.cut(name, large, right - x - 40);
    x = draw(g, shown, x, base, palette().text()) + 8f;
    LevelSign.draw(g, level, palette(), x, base - 13, 15);
    x += 24f;
    g.setFont(look().regular(12f));
    if (x + g.getFontMetrics().stringWidth(wiring) < right - 8) {
      draw(g, wiring, x, base, alarming ? palette().warning() : palette().muted());
    }
  }

  private static float draw(Graphics2D g, String text, float x, float base, Color color) {
    g.setColor(color);
    g.drawString(text, x, base);
    return x + g.getFontMetrics().stringWidth(text);
  }
}
