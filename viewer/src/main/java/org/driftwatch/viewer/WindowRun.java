package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
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
record WindowRun(
    Setup setup,
    Remembered remembered,
    Path folder,
    Optional<Path> reference,
    Optional<URI> emulator,
    OptionalInt metricsPort) {
  private static final int FRAMES_PER_SECOND = 20;

  /**
   * Shows the window; the exit status.
   *
   * @throws IOException if the port of the metrics cannot be used
   */
  int show(ViewState state, Dimension size) throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    AtomicReference<ViewerWindow> window = new AtomicReference<>();
    FramePacer pacer = new FramePacer(FRAMES_PER_SECOND, snapshot -> window.get().show(snapshot));
    ViewerMetrics counted =
        ViewerMetrics.shown(
            new SnapshotFeed(ResultsReader.initial(setup.results()), pacer::offer), metricsPort);
    Optional<EmulatorRate> rate =
        emulator.map(
            url ->
                new EmulatorRate(
                    url,
                    now -> SwingUtilities.invokeLater(() -> window.get().showRate(now)),
                    reason -> SwingUtilities.invokeLater(() -> window.get().say(reason, true))));
    DashboardModel model =
        new DashboardModel(
            setup.detector(),
            setup.thresholds(),
            Snapshot.empty(ResultsReader.initial(setup.results())),
            state,
            Clock.systemUTC());
    // The window is made first on the event thread, so that it is there when a snapshot is shown.
    SwingUtilities.invokeLater(
        () -> {
          LookAndFeel.install(state.theme());
          ViewerWindow made =
              new ViewerWindow(
                  model,
                  size,
                  folder,
                  wanted -> rate.ifPresent(r -> r.set(wanted)),
                  () -> end.complete(remember(model, window.get().frame().getSize())));
          window.set(made);
          made.open();
          reference.ifPresent(made::loadReference);
        });
    rate.ifPresent(EmulatorRate::start);
    new StatusReader(setup.status(), told -> SwingUtilities.invokeLater(() -> model.status(told)))
        .start();
    new ResultsReader(
            setup.results(),
            setup.only(),
            counted,
            reason -> end.complete(ProcessExit.failure(reason)))
        .start();
    return end.join();
  }

  private int remember(DashboardModel model, Dimension size) {
    try {
      remembered.keep(model.state(), size);
    } catch (IOException e) {
      System.err.println("viewer: the view is not remembered: " + e.getMessage());
    }
    return 0;
  }
}
