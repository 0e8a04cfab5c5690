package org.driftwatch.viewer;

import java.awt.Dimension;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.window.FramePacer;
import org.driftwatch.viewer.window.ViewState;
import org.driftwatch.viewer.window.ViewerWindow;

/** The viewer in a window: runs until the window is closed. */
final class WindowRun {
  private static final int FRAMES_PER_SECOND = 20;

  private final KafkaSettings settings;
  private final RunConfiguration run;
  private final ViewState state;
  private final Dimension size;
  private ViewerWindow window;

  WindowRun(KafkaSettings settings, RunConfiguration run, ViewState state, Dimension size) {
    this.settings = settings;
    this.run = run;
    this.state = state;
    this.size = size;
  }

  /** Shows the window; the exit status. */
  int show() {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    // The window is made first on the event thread, so that it is there when a snapshot is shown.
    SwingUtilities.invokeLater(
        () -> {
          state.theme().install();
          Snapshot first = Snapshot.empty(ResultsReader.initial(settings));
          window =
              new ViewerWindow(run, first, state, size, Clock.systemUTC(), () -> end.complete(0));
          window.open();
        });
    FramePacer pacer = new FramePacer(FRAMES_PER_SECOND, snapshot -> window.show(snapshot));
    new ResultsReader(
            settings,
            new SnapshotFeed(ResultsReader.initial(settings), pacer::offer),
            reason -> end.complete(ViewerMain.failure(reason)))
        .start();
    return end.join();
  }
}
