package org.driftwatch.viewer.part;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.LayoutManager;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import javax.swing.BorderFactory;
import javax.swing.JPanel;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** A panel with round corners that stands off the background. */
public class Card extends JPanel {
  private static final double ARC = 14;

  private Look look;
  private BufferedImage corners = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
  private Palette cornersOf = Palette.DARK;

  /** An empty card. */
  public Card(LayoutManager layout, Look look) {
    super(layout);
    setOpaque(false);
    look(look);
  }

  /** Draws it like this from now on. */
  public final void look(Look newLook) {
    look = newLook;
    int pad = look.pixels(10);
    setBorder(BorderFactory.createEmptyBorder(pad, pad, pad, pad));
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      int corner = look.pixels(ARC) / 2 + 1;
      boolean isLarge = Math.min(getWidth(), getHeight()) > 2 * corner;
      if (isLarge && g.getTransform().getScaleX() == 1 && !isPaintingForPrint()) {
        drawParts(g, corner);
      } else {
        drawWhole(g, getWidth(), getHeight());
      }
    } finally {
      g.dispose();
    }
  }

  private void drawWhole(Graphics2D g, int width, int height) {
    Typeface.smooth(g);
    double arc = look.pixels(ARC);
    RoundRectangle2D shape = new RoundRectangle2D.Double(0.5, 0.5, width - 1, height - 1, arc, arc);
    g.setColor(look.palette().card());
    g.fill(shape);
    g.setColor(look.palette().border());
    g.draw(shape);
  }

  /** The same, of corners that are kept: to smooth them takes more time than all of the rest. */
  private void drawParts(Graphics2D g, int corner) {
    int width = getWidth();
    int height = getHeight();
    int right = width - corner;
    int bottom = height - corner;
    g.setColor(look.palette().card());
    g.fillRect(corner, 1, right - corner, height - 2);
    g.fillRect(1, corner, width - 2, bottom - corner);
    g.setColor(look.palette().border());
    g.fillRect(corner, 0, right - corner, 1);
    g.fillRect(corner, height - 1, right - corner, 1);
    g.fillRect(0, corner, 1, bottom - corner);
    g.fillRect(width - 1, corner, 1, bottom - corner);
    BufferedImage small = corners(corner);
    for (int i = 0; i < 4; i++) {
      int x = i % 2 * corner;
      int y = i / 2 * corner;
      int toX = x == 0 ? 0 : right;
      int toY = y == 0 ? 0 : bottom;
      g.drawImage(small, toX, toY, toX + corner, toY + corner, x, y, x + corner, y + corner, null);
    }
  }

  /** A card that has corners only. */
  private BufferedImage corners(int corner) {
    if (corners.getWidth() != 2 * corner || !cornersOf.equals(look.palette())) {
      corners = new BufferedImage(2 * corner, 2 * corner, BufferedImage.TYPE_INT_ARGB_PRE);
      cornersOf = look.palette();
      Graphics2D g = corners.createGraphics();
      drawWhole(g, 2 * corner, 2 * corner);
      g.dispose();
    }
    return corners;
  }
}
