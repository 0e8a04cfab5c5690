package org.driftwatch.pipelines;

import java.io.UncheckedIOException;
import org.driftwatch.telemetry.Readiness;

/** Summarises files in one static batch, without Kafka. */
public final class BatchMain {
  private BatchMain() {}

  /** Parses the options, builds the pipeline, runs it and waits. */
  public static void main(String[] args) {
    Program.exitWith(
        "batch",
        () -> {
          new Batch(Program.options(args, BatchOptions.class)).run();
          keepClasses();
          return 0;
        });
  }

  /**
   * Lets whoever started this keep the archive of its classes. The result is there all the same.
   */
  private static void keepClasses() {
    try {
      Readiness.reached(Readiness.READY);
    } catch (UncheckedIOException e) {
      System.err.println(
          "batch: " + Program.cause(e) + "; later batches start no sooner than this");
    }
  }
}
