package org.driftwatch.viewer.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.LayoutManager;
import java.awt.geom.RoundRectangle2D;
import javax.swing.BorderFactory;
import javax.swing.JPanel;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** A panel with round corners that stands off the background. */
class Card extends JPanel {
  private Palette palette;

  Card(LayoutManager layout, Palette palette) {
    super(layout);
    this.palette = palette;
    int pad = UIScale.scale(10);
    setOpaque(false);
    setBorder(BorderFactory.createEmptyBorder(pad, pad, pad, pad));
  }

  final void colours(Palette newPalette) {
    palette = newPalette;
    repaint();
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      double arc = UIScale.scale(14);
      RoundRectangle2D shape =
          new RoundRectangle2D.Double(0.5, 0.5, getWidth() - 1, getHeight() - 1, arc, arc);
      g.setColor(palette.card());
      g.fill(shape);
      g.setColor(palette.border());
      g.draw(shape);
    } finally {
      g.dispose();
    }
  }
}
