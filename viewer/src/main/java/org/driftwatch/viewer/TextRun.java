package org.driftwatch.viewer;

import java.util.concurrent.CompletableFuture;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.text.TextOutput;

/** The viewer in a terminal: runs until it is told to end. */
final class TextRun {
  private final KafkaSettings settings;

  TextRun(KafkaSettings settings) {
    this.settings = settings;
  }

  /** Prints; the exit status. */
  int print() {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    TextOutput output = new TextOutput(System.out, System.err, () -> end.complete(0));
    new ResultsReader(settings, output, reason -> end.complete(ViewerMain.failure(reason))).start();
    return end.join();
  }
}
