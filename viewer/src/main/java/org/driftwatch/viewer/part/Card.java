package org.driftwatch.viewer.part;

import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.LayoutManager;
import java.awt.geom.RoundRectangle2D;
import javax.swing.BorderFactory;
import javax.swing.JPanel;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** A panel with round corners that stands off the background. */
public class Card extends JPanel {
  private Look look;

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
      Typeface.smooth(g);
      double arc = look.pixels(14);
      RoundRectangle2D shape =
          new RoundRectangle2D.Double(0.5, 0.5, getWidth() - 1, getHeight() - 1, arc, arc);
      g.setColor(look.palette().card());
      g.fill(shape);
      g.setColor(look.palette().border());
      g.draw(shape);
    } finally {
      g.dispose();
    }
  }
}
