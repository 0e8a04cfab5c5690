package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.viewer.emulator.EmulatorRate;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.kafka.StatusReader;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.verdict.Thresholds;
import org.driftwatch.viewer.window.FramePacer;
import org.driftwatch.viewer.window.ViewState;
import org.driftwatch.viewer.window.ViewerWindow;

/** The viewer in a window: runs until the window is closed. */
final class WindowRun {
  private static final int FRAMES_PER_SECOND = 20;

  private final KafkaSettings settings;
  private final KafkaSettings status;
  private final RunConfiguration run;
  private final Thresholds thresholds;
  private final Remembered remembered;
  private final Path folder;
  private final Optional<Path> reference;
  private final Optional<URI> emulator;
  private final OptionalInt metricsPort;
  private ViewerWindow window;

  WindowRun(
      KafkaSettings settings,
      KafkaSettings status,
      RunConfiguration run,
      Thresholds thresholds,
      Remembered remembered,
      Path folder,
      Optional<Path> reference,
      Optional<URI> emulator,
      OptionalInt metricsPort) {
    this.settings = settings;
    this.status = status;
    this.run = run;
    this.thresholds = thresholds;
    this.remembered = remembered;
    this.folder = folder;
    this.reference = reference;
    this.emulator = emulator;
    this.metricsPort = metricsPort;
  }

  /**
   * Shows the window; the exit status.
   *
   * @throws IOException where the port of the metrics cannot be used
   */
  int show(ViewState state, Dimension size) throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    FramePacer pacer = new FramePacer(FRAMES_PER_SECOND, snapshot -> window.show(snapshot));
    ViewerMetrics counted =
        ViewerMetrics.shown(
            new SnapshotFeed(ResultsReader.initial(settings), pacer::offer), metricsPort);
    Optional<EmulatorRate> rate =
        emulator.map(
            url ->
                new EmulatorRate(
                    url,
                    now -> SwingUtilities.invokeLater(() -> window.showRate(now)),
                    reason -> SwingUtilities.invokeLater(() -> window.say(reason, true))));
    // The window is made first on the event thread, so that it is there when a snapshot is shown.
    SwingUtilities.invokeLater(
        () -> {
          state.theme().install();
          Snapshot first = Snapshot.empty(ResultsReader.initial(settings));
          window =
              new ViewerWindow(
                  run,
                  thresholds,
                  first,
                  state,
                  size,
                  folder,
                  Clock.systemUTC(),
                  wanted -> rate.ifPresent(r -> r.set(wanted)),
                  () -> end.complete(remember()));
          window.open();
          reference.ifPresent(window::loadReference);
        });
    rate.ifPresent(EmulatorRate::start);
    new StatusReader(status, told -> SwingUtilities.invokeLater(() -> window.status(told))).start();
    new ResultsReader(settings, counted, reason -> end.complete(ViewerMain.failure(reason)))
        .start();
    return end.join();
  }

  private int remember() {
    try {
      remembered.keep(window.dashboard().state(), window.frame().getSize());
      return 0;
    } catch (IOException e) {
      System.err.println("viewer: the view is not remembered: " + e.getMessage());
      return 0;
    }
  }
}
