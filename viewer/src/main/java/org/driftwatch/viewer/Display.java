package org.driftwatch.viewer;

import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.Optional;

/** Whether a window can be shown here. */
final class Display {
  private Display() {}

  /** Why there is no display; empty where there is one. */
  static Optional<String> missing() {
    // Without a desktop's own settings letters would be drawn without smoothing.
    if (System.getProperty("awt.useSystemAAFontSettings") == null) {
      System.setProperty("awt.useSystemAAFontSettings", "on");
    }
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
