package org.driftwatch.emulator;

import org.driftwatch.launcher.testing.FakePart;

/** Stands in for the program of this name. */
public final class BrokerMain {
  private BrokerMain() {}

  /** Does what the file {@code broker.does} says. */
  public static void main(String[] arguments) throws Exception {
    FakePart.follow("broker");
  }
}
