package org.driftwatch.viewer;

import java.io.IOException;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.kafka.StatusReader;
import org.driftwatch.viewer.text.StatusNotices;
import org.driftwatch.viewer.text.TextOutput;

/** The viewer in a terminal: runs until it is terminated. */
record TextRun(Setup setup, OptionalInt metricsPort) {
  /**
   * Prints; the exit status.
   *
   * @throws IOException if the port of the metrics cannot be used
   */
  int print() throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    TextOutput output =
        new TextOutput(setup.detector(), System.out, System.err, () -> end.complete(0));
    ViewerMetrics counted = ViewerMetrics.shown(output, metricsPort);
    StatusNotices notices = new StatusNotices(System.err, setup.thresholds(), Clock.systemUTC());
    new StatusReader(setup.status(), notices).start();
    new ResultsReader(
            setup.results(),
            setup.only(),
            counted,
            reason -> end.complete(ProcessExit.failure(reason)))
        .start();
    return end.join();
  }
}
