package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.swing.SwingUtilities;
import org.driftwatch.viewer.emulator.EmulatorRate;
import org.driftwatch.viewer.kafka.AlarmCommands;
import org.driftwatch.viewer.kafka.CompactedReader;
import org.driftwatch.viewer.kafka.EventsReader;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
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
  private static final int FRAMES_PER_SECOND = 22;

  /**
   * Shows the window; the exit status.
   *
   * @throws IOException if the port of the metrics cannot be used
   */
  int show(ViewState state, Dimension size) throws IOException {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    AtomicReference<ViewerWindow> window = new AtomicReference<>();
    Clocks clocks = Clocks.system();
    FramePacer pacer = new FramePacer(FRAMES_PER_SECOND, snapshot -> window.get().show(snapshot));
    AtomicBoolean failureShown = new AtomicBoolean();
    SnapshotFeed feed =
        new SnapshotFeed(
            ResultsReader.initial(setup.results()),
            setup.history(),
            clocks,
            snapshot -> {
              pacer.offer(snapshot);
              failureShown.set(snapshot.connection().state() == Connection.State.FAILED);
            });
    ViewerMetrics counted = ViewerMetrics.shown(feed, pacer::frames, metricsPort);
    Optional<EmulatorRate> rate =
        emulator.map(
            url ->
                new EmulatorRate(
                    url,
                    now -> SwingUtilities.invokeLater(() -> window.get().showPace(now)),
                    reason -> SwingUtilities.invokeLater(() -> window.get().say(reason, true))));
    AlarmCommands commands =
        new AlarmCommands(
            setup.commands(),
            (command, reason) ->
                SwingUtilities.invokeLater(() -> window.get().notSent(command, reason)));
    DashboardModel model =
        new DashboardModel(
            setup.detector(),
            setup.thresholds(),
            Snapshot.empty(ResultsReader.initial(setup.results())),
            state,
            clocks,
            new Judging(judge(), SwingUtilities::invokeLater));
    model.alarmSettings(remembered.alarms());
    model.sendBy(commands::send);
    EventsReader events =
        new EventsReader(
            setup.events(),
            setup.detector(),
            log -> SwingUtilities.invokeLater(() -> model.events(log)));
    model.readEventsBy(events::start);
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
                  () -> {
                    remember(model, window.get().frame().getSize());
                    end.complete(failureShown.get() ? ProcessExit.FAILURE : 0);
                  });
          window.set(made);
          made.open();
          reference.ifPresent(made::loadReference);
        });
    rate.ifPresent(EmulatorRate::start);
    CompactedReader.status(
            setup.status(), clocks, told -> SwingUtilities.invokeLater(() -> model.status(told)))
        .start();
    CompactedReader.quality(
            setup.quality(), clocks, told -> SwingUtilities.invokeLater(() -> model.quality(told)))
        .start();
    CompactedReader.alarms(
            setup.alarms(),
            clocks,
            told -> SwingUtilities.invokeLater(() -> window.get().showAlarms(told)))
        .start();
    new ResultsReader(
            setup.results(),
            setup.only(),
            counted,
            reason -> {
              int status = ProcessExit.failure(reason);
              if (failureShown.get()) {
                SwingUtilities.invokeLater(() -> window.get().say(reason, true));
              } else {
                end.complete(status);
              }
            })
        .start();
    return end.join();
  }

  /** What judges, off the event thread. */
  static ExecutorService judge() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "judge");
          thread.setDaemon(true);
          return thread;
        });
  }

  private void remember(DashboardModel model, Dimension size) {
    try {
      remembered.keep(model.state(), model.alarmSettings(), size);
    } catch (IOException e) {
      System.err.println("viewer: the view is not remembered: " + e.getMessage());
    }
  }
}
