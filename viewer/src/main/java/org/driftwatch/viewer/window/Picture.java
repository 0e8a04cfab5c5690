package org.driftwatch.viewer.window;

import java.awt.Component;
import java.awt.Container;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import org.driftwatch.viewer.export.PngPicture;

/** Draws a component that is in no window into a picture, also without a display. */
public final class Picture {
  private Picture() {}

  /** The component at this size. On the event thread. */
  public static BufferedImage of(Container component, Dimension size) {
    layOut(component, size);
    return PngPicture.image(component);
  }

  /** Gives a component this size, and its parts their places. On the event thread. */
  public static void layOut(Container component, Dimension size) {
    component.setSize(size);
    layOut(component);
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
}
