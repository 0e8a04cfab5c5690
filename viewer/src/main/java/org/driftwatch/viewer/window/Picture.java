package org.driftwatch.viewer.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;

/** Draws a component that is in no window into a picture, also where there is no display. */
public final class Picture {
  private Picture() {}

  /** The component at this size. On the event thread. */
  public static BufferedImage of(Container component, Dimension size) {
    component.setSize(size);
    layOut(component);
    BufferedImage image = new BufferedImage(size.width, size.height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      component.printAll(g);
    } finally {
      g.dispose();
    }
    return image;
  }

  /** Without a window nobody lays out the parts. */
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
   * @throws IOException where the file cannot be written
   */
  public static void write(BufferedImage image, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException("folder " + folder + " does not exist");
    }
    Path part = folder.resolve(file.getFileName() + ".part");
    try {
      if (!ImageIO.write(image, "png", part.toFile())) {
        throw new IOException("this Java has no writer for PNG");
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
