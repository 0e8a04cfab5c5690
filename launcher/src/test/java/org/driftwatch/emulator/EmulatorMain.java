package org.driftwatch.emulator;

import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class EmulatorMain {
  private EmulatorMain() {}

  /** Does what the file {@code emulator.does} says. */
  public static void main(String[] arguments) throws Exception {
    FakePart.follow("emulator");
  }
}
