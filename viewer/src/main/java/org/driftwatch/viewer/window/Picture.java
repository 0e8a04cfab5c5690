package org.driftwatch.viewer.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.driftwatch.export.WholeFile;

/** Draws a component that is in no window into a picture, also without a display. */
public final class Picture {
  private Picture() {}

  /** The component at this size. On the event thread. */
  public static BufferedImage of(Container component, Dimension size) {
    component.setSize(size);
    layOut(component);
    return asShown(component);
  }

  /** Without a window nothing else lays out the parts. */
  private static void layOut(Container container) {
    container.doLayout();
    for (Component part : container.getComponents()) {
      if (part instanceof Container inner) {
        layOut(inner);
      }
    }
  }

  /**
   * Writes a PNG file, whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  public static void write(BufferedImage image, Path file) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new IOException("this Java has no writer for PNG");
    }
    WholeFile.write(file, png.toByteArray());
  }

  /**
   * A component of a window as it stands there, in the pixels of its screen. On the event thread.
   */
  public static BufferedImage asShown(Component component) {
    GraphicsConfiguration screen = component.getGraphicsConfiguration();
    AffineTransform pixels = screen == null ? new AffineTransform() : screen.getDefaultTransform();
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(component.getWidth() * pixels.getScaleX()),
            (int) Math.round(component.getHeight() * pixels.getScaleY()),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.scale(pixels.getScaleX(), pixels.getScaleY());
      component.printAll(g);
    } finally {
      g.dispose();
    }
    return image;
  }
}
