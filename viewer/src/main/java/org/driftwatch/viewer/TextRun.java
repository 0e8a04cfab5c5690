package org.driftwatch.viewer;

import java.io.IOException;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.kafka.StatusReader;
import org.driftwatch.viewer.text.StatusNotices;
import org.driftwatch.viewer.text.TextOutput;
import org.driftwatch.viewer.verdict.Thresholds;

/** The viewer in a terminal: runs until it is told to end. */
final class TextRun {
  private final KafkaSettings settings;
  private final KafkaSettings status;
  private final Thresholds thresholds;
  private final OptionalInt metricsPort;

  TextRun(
      KafkaSettings settings,
      KafkaSettings status,
      Thresholds thresholds,
      OptionalInt metricsPort) {
    this.settings = settings;
    this.status = status;
    this.thresholds = thresholds;
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
    new StatusReader(status, new StatusNotices(System.err, thresholds, Clock.systemUTC())).start();
    new ResultsReader(settings, counted, reason -> end.complete(ViewerMain.failure(reason)))
        .start();
    return end.join();
  }
}
