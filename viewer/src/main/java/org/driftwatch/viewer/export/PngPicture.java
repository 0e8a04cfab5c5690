package org.driftwatch.viewer.export;

import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.driftwatch.export.WholeFile;

/** A component in pixels. */
public final class PngPicture {
  private PngPicture() {}

  static WholeFile.Content of(Component component) {
    BufferedImage image = image(component);
    return file -> {
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new IOException("this Java has no writer for PNG");
      }
    };
  }

  /** A component in the pixels of its screen. On the event thread. */
  public static BufferedImage image(Component component) {
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
      PictureFormat.paint(component, g);
    } finally {
      g.dispose();
    }
    return image;
  }
}
