package org.driftwatch.pipelines;

import org.driftwatch.telemetry.ArchivedClasses;

/** Summarises files in one static batch, without Kafka. */
public final class BatchMain {
  private BatchMain() {}

  /** Parses the options, builds the pipeline, runs it and waits. */
  public static void main(String[] args) {
    Program.exitWith(
        "batch",
        () -> {
          new Batch(Program.options(args, BatchOptions.class)).run();
          ArchivedClasses.keep("batch");
          return 0;
        });
  }
}
