package org.driftwatch.pipelines;

import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class MonitorMain {
  private MonitorMain() {}

  /** Does what the file {@code pipeline.does} says. */
  public static void main(String[] arguments) throws Exception {
    FakePart.follow("pipeline");
  }
}
