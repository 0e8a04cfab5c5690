package org.driftwatch.pipelines;

import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class AwaitMain {
  private AwaitMain() {}

  /** Does what the file {@code await.does} says. */
  public static void main(String[] arguments) throws Exception {
    FakePart.follow("await");
  }
}
