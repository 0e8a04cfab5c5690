package org.driftwatch.viewer;

import java.io.IOException;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.driftwatch.viewer.kafka.CompactedReader;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.text.TextNotices;
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
    Clocks clocks = Clocks.system();
    TextOutput output =
        new TextOutput(setup.detector(), System.out, System.err, () -> end.complete(0));
    TextNotices notices =
        new TextNotices(
            output,
            System.err,
            setup.detector(),
            setup.thresholds(),
            ResultsReader.initial(setup.results()),
            clocks);
    ViewerMetrics counted = ViewerMetrics.shown(notices, () -> 0, metricsPort);
    CompactedReader.status(setup.status(), clocks, notices::status).start();
    CompactedReader.quality(setup.quality(), clocks, notices::quality).start();
    CompactedReader.alarms(setup.alarms(), clocks, notices::alarms).start();
    ResultsReader.inOrder(
            setup.results(),
            setup.only(),
            counted,
            reason -> end.complete(ProcessExit.failure(reason)))
        .start();
    Future<?> unused =
        ticking()
            .scheduleWithFixedDelay(
                () -> {
                  try {
                    notices.tick();
                  } catch (RuntimeException e) {
                    end.complete(ProcessExit.failure("a mistake of the viewer: " + e));
                  }
                },
                1,
                1,
                TimeUnit.SECONDS);
    return end.join();
  }

  private static ScheduledExecutorService ticking() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "notices");
          thread.setDaemon(true);
          return thread;
        });
  }
}
