package org.driftwatch.viewer;

import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class ViewerMain {
  private ViewerMain() {}

  /** Does what the file {@code viewer.does} says. */
  public static void main(String[] arguments) throws Exception {
    FakePart.follow("viewer");
  }
}
