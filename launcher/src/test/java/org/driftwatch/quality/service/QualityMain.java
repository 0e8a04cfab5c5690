package org.driftwatch.quality.service;

import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class QualityMain {
  private QualityMain() {}

  /** Does what the file {@code quality.does} says. */
  public static void main(String[] arguments) throws Exception {
    FakePart.follow("quality");
  }
}
