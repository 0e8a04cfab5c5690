package org.driftwatch.viewer;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.text.TextOutput;

/** The viewer in a terminal: runs until it is told to end. */
final class TextRun {
  private final KafkaSettings settings;
  private final OptionalInt metricsPort;

  TextRun(KafkaSettings settings, OptionalInt metricsPort) {
    this.settings = settings;
    this.metricsPort = metricsPort;
  }

  /**
   * Prints; the exit status.
   *
   * @throws IOException where the port of the metrics cannot be used
   */
  int print() throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    TextOutput output = new TextOutput(System.out, System.err, () -> end.complete(0));
    ViewerMetrics counted = ViewerMetrics.shown(output, metricsPort);
    new ResultsReader(settings, counted, reason -> end.complete(ViewerMain.failure(reason)))
        .start();
    return end.join();
  }
}
