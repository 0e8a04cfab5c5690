package org.driftwatch.viewer;

/**
 * How the program ends: with the status it asks for, or with 0 at once when a signal terminates it;
 * the virtual machine alone would report the signal's number as a failure.
 */
final class ProcessExit {
  /** The status of a program that failed. */
  static final int FAILURE = 1;

  private static volatile int status;

  private ProcessExit() {}

  /** To be called once, first. */
  static void install() {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(status), "exit-status"));
  }

  /** Ends the program; from any thread. */
  static void with(int newStatus) {
    status = newStatus;
    System.exit(newStatus);
  }

  /** Says why the program fails; the exit status. */
  static int failure(String reason) {
    System.err.println("viewer: " + reason);
    return FAILURE;
  }
}
