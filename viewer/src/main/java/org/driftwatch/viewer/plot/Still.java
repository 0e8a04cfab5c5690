package org.driftwatch.viewer.plot;

import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;

/**
 * A part of a component that is drawn more often than it changes: once into an image, and from
 * there for as long as it stays the same. For the event thread.
 */
final class Still {
  private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB_PRE);
  private List<?> drawn = List.of();

  /**
   * Draws it.
   *
   * @param g in pixels
   * @param place what it takes of them; what lies beyond is cut off
   * @param of everything that it depends on, beside its size
   * @param forPrint draws it without an image, so that its lines stay lines
   * @param painter draws it anew, in pixels, on nothing
   */
  void draw(
      Graphics2D g, Rectangle place, List<?> of, boolean forPrint, Consumer<Graphics2D> painter) {
    if (forPrint) {
      Graphics2D clipped = (Graphics2D) g.create();
      try {
        clipped.clip(place);
        painter.accept(clipped);
      } finally {
        clipped.dispose();
      }
      return;
    }
    boolean fits = image.getWidth() == place.width && image.getHeight() == place.height;
    if (!fits || !of.equals(drawn)) {
      if (!fits) {
        image = new BufferedImage(place.width, place.height, BufferedImage.TYPE_INT_ARGB_PRE);
      }
      Graphics2D into = image.createGraphics();
      try {
        into.setComposite(AlphaComposite.Clear);
        into.fillRect(0, 0, place.width, place.height);
        into.setComposite(AlphaComposite.SrcOver);
        Typeface.smooth(into);
        into.translate(-place.x, -place.y);
        painter.accept(into);
      } finally {
        into.dispose();
      }
      drawn = List.copyOf(of);
    }
    g.drawImage(image, place.x, place.y, null);
  }
}
