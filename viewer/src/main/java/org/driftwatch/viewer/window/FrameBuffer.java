package org.driftwatch.viewer.window;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/**
 * A picture in this program's memory through which a component is drawn: smooth lines and letters
 * mix with what is below them, and to ask the screen for that costs more than all of the rest. For
 * the event thread.
 */
final class FrameBuffer {
  private BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

  /**
   * Draws an opaque component, as far as it is asked for.
   *
   * @param screen takes the picture
   * @param painter draws the component
   */
  void draw(Graphics2D screen, int width, int height, Consumer<Graphics2D> painter) {
    AffineTransform zoom = screen.getTransform();
    double scaleX = zoom.getScaleX();
    double scaleY = zoom.getScaleY();
    int wide = (int) Math.ceil(width * scaleX);
    int high = (int) Math.ceil(height * scaleY);
    if (image.getWidth() != wide || image.getHeight() != high) {
      image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
      // Every frame is another one: a copy in the screen's memory would never be used.
      image.setAccelerationPriority(0);
    }
    Rectangle clip = screen.getClipBounds();
    Graphics2D g = image.createGraphics();
    try {
      g.scale(scaleX, scaleY);
      g.setClip(clip);
      painter.accept(g);
    } finally {
      g.dispose();
    }
    screen.drawImage(image, AffineTransform.getScaleInstance(1 / scaleX, 1 / scaleY), null);
  }
}
