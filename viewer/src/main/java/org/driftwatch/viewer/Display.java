package org.driftwatch.viewer;

import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.Optional;

/** Whether a window can be shown here. */
final class Display {
  private Display() {}

  /**
   * Without a desktop's own settings letters would be drawn without smoothing. And plots are made
   * of smoothed shapes: drawn in memory and shown as a whole they take a fraction of the time that
   * an X server needs to blend them one by one.
   */
  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Why there is no display; empty if there is one. */
  static Optional<String> missing() {
    setUnlessGiven("awt.useSystemAAFontSettings", "on");
    setUnlessGiven("sun.java2d.xrender", "false");
    if (GraphicsEnvironment.isHeadless()) {
      return Optional.of(
          System.getenv("DISPLAY") == null ? "DISPLAY is not set" : "Java runs headless");
    }
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
      return Optional.empty();
    } catch (HeadlessException | AWTError | LinkageError e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return Optional.of(reason.lines().findFirst().orElse(reason));
    }
  }
}
