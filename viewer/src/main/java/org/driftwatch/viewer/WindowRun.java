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
import org.driftwatch.viewer.emulator.EmulatorRate;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.kafka.StatusReader;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.ViewState;
import org.driftwatch.viewer.window.FramePacer;
import org.driftwatch.viewer.window.LookAndFeel;
import org.driftwatch.viewer.window.ViewerWindow;

/** The viewer in a window: runs until the window is closed. */
final class WindowRun {
  private static final int FRAMES_PER_SECOND = 20;

  private final Setup setup;
  private final Remembered remembered;
  private final Path folder;
  private final Optional<Path> reference;
  private final Optional<URI> emulator;
  private final OptionalInt metricsPort;
  private ViewerWindow window;

  WindowRun(
      Setup setup,
      Remembered remembered,
      Path folder,
      Optional<Path> reference,
      Optional<URI> emulator,
      OptionalInt metricsPort) {
    this.setup = setup;
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
            new SnapshotFeed(ResultsReader.initial(setup.results()), pacer::offer), metricsPort);
    Optional<EmulatorRate> rate =
        emulator.map(
            url ->
                new EmulatorRate(
                    url,
                    now -> SwingUtilities.invokeLater(() -> window.showRate(now)),
                    reason -> SwingUtilities.invokeLater(() -> window.say(reason, true))));
    DashboardModel model =
        new DashboardModel(
            setup.run(),
            setup.thresholds(),
            Snapshot.empty(ResultsReader.initial(setup.results())),
            state,
            Clock.systemUTC());
    // The window is made first on the event thread, so that it is there when a snapshot is shown.
    SwingUtilities.invokeLater(
        () -> {
          LookAndFeel.install(state.theme());
          window =
              new ViewerWindow(
                  model,
                  size,
                  folder,
                  wanted -> rate.ifPresent(r -> r.set(wanted)),
                  () -> end.complete(remember(model)));
          window.open();
          reference.ifPresent(window::loadReference);
        });
    rate.ifPresent(EmulatorRate::start);
    new StatusReader(setup.status(), told -> SwingUtilities.invokeLater(() -> window.status(told)))
        .start();
    new ResultsReader(setup.results(), counted, reason -> end.complete(ProcessExit.failure(reason)))
        .start();
    return end.join();
  }

  private int remember(DashboardModel model) {
    try {
      remembered.keep(model.state(), window.frame().getSize());
      return 0;
    } catch (IOException e) {
      System.err.println("viewer: the view is not remembered: " + e.getMessage());
      return 0;
    }
  }
}
