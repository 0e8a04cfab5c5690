package org.driftwatch.viewer.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JComponent;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** Head of a chamber's card: its colour, name and wiring; at the right its hits and their share. */
final class Caption extends JComponent {
  private final int chamber;
  private final String name;
  private String wiring = "";
  private boolean alarming;
  private String hits = "";
  private String share = "";
  private Palette palette;

  Caption(int chamber, Palette palette) {
    this.chamber = chamber;
    this.name = "Chamber " + chamber;
    this.palette = palette;
    setPreferredSize(new Dimension(UIScale.scale(200), UIScale.scale(34)));
  }

  void show(
      String newWiring, boolean newAlarming, String newHits, String newShare, Palette newPalette) {
    wiring = newWiring;
    alarming = newAlarming;
    hits = newHits;
    share = newShare;
    palette = newPalette;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      float base = UIScale.scale(20f);
      float x = UIScale.scale(4f);
      double size = UIScale.scale(14);
      g.setColor(palette.chamber(chamber));
      double arc = UIScale.scale(5);
      g.fill(new RoundRectangle2D.Double(x, base - size + 2, size, size, arc, arc));
      x += (float) size + UIScale.scale(8f);
      g.setFont(Typeface.medium(17f));
      x = draw(g, name, x, base, palette.text()) + UIScale.scale(10f);
      float right = getWidth() - UIScale.scale(6f);
      g.setFont(Typeface.regular(13f));
      right -= g.getFontMetrics().stringWidth(share);
      draw(g, share, right, base, palette.muted());
      g.setFont(Typeface.medium(17f));
      right -= g.getFontMetrics().stringWidth(hits) + UIScale.scale(8f);
      draw(g, hits, right, base, palette.text());
      g.setFont(Typeface.regular(12f));
      if (x + g.getFontMetrics().stringWidth(wiring) < right - UIScale.scale(8)) {
        draw(g, wiring, x, base, alarming ? palette.warning() : palette.muted());
      }
    } finally {
      g.dispose();
    }
  }

  private static float draw(Graphics2D g, String text, float x, float base, Color color) {
    g.setColor(color);
    g.drawString(text, x, base);
    return x + g.getFontMetrics().stringWidth(text);
  }
}
