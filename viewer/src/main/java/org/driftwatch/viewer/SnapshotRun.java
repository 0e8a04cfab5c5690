package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javax.swing.SwingUtilities;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.export.WholeFile;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.viewer.export.PictureFormat;
import org.driftwatch.viewer.kafka.CompactedReader;
import org.driftwatch.viewer.kafka.EventsReader;
import org.driftwatch.viewer.kafka.ResultsReader;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.SnapshotFeed;
import org.driftwatch.viewer.model.Told;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Judging;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.ViewState;
import org.driftwatch.viewer.window.Dashboard;
import org.driftwatch.viewer.window.LookAndFeel;
import org.driftwatch.viewer.window.Picture;
import org.slf4j.LoggerFactory;

/** The viewer in a picture: reads what the topic holds now, draws it, ends. */
record SnapshotRun(Setup setup, Optional<Path> reference, ViewState state, Dimension size) {
  private static final String AGAIN = "; trying again";

  /** How long the small topics are waited for: a picture can do without them. */
  private static final Duration ASIDE = Duration.ofSeconds(2);

  /** Draws into the file; the exit status. */
  int draw(Path file, Duration patience) throws InterruptedException {
    // Logging starts here: the two readers would start it at the same time, and SLF4J complains.
    LoggerFactory.getILoggerFactory();
    CompletableFuture<Snapshot> whole = new CompletableFuture<>();
    AtomicReference<Snapshot> last =
        new AtomicReference<>(Snapshot.empty(ResultsReader.initial(setup.results())));
    Clocks clocks = Clocks.system();
    AtomicReference<Told<StatusMessage>> status = new AtomicReference<>(Told.nothing());
    AtomicReference<Told<QualityMessage>> quality = new AtomicReference<>(Told.nothing());
    AtomicReference<Told<AlarmMessage>> alarms = new AtomicReference<>(Told.nothing());
    AtomicReference<EventLog> events =
        new AtomicReference<>(EventLog.none("The topic of events could not be read in time."));
    Screen screen = new Screen(clocks);
    screen.dress();
    SnapshotFeed feed =
        new SnapshotFeed(
            last.get().connection(),
            setup.history(),
            clocks,
            snapshot -> {
              boolean isFirst = last.getAndSet(snapshot).series().isEmpty();
              if (isFirst && !snapshot.series().isEmpty()) {
                SwingUtilities.invokeLater(() -> screen.make(snapshot));
              }
              if (snapshot.connection().state() == Connection.State.LIVE) {
                whole.complete(snapshot);
              }
            });
    ResultsReader reader =
        new ResultsReader(
            setup.results(),
            setup.only(),
            feed,
            reason -> whole.completeExceptionally(new IOException(reason)));
    reader.start();
    try (CompactedReader<StatusMessage> readsStatus =
            CompactedReader.status(setup.status(), clocks, status::set).start();
        CompactedReader<QualityMessage> readsQuality =
            CompactedReader.quality(setup.quality(), clocks, quality::set).start();
        CompactedReader<AlarmMessage> readsAlarms =
            CompactedReader.alarms(setup.alarms(), clocks, alarms::set).start();
        EventsReader readsEvents =
            new EventsReader(setup.events(), setup.detector(), events::set)) {
      if (state.page() == Page.EVENTS) {
        readsEvents.start();
      }
      Snapshot snapshot = await(whole, last, patience);
      readsStatus.awaitFirst(ASIDE);
      readsQuality.awaitFirst(ASIDE);
      readsAlarms.awaitFirst(ASIDE);
      if (state.page() == Page.EVENTS) {
        readsEvents.awaitFirst(ASIDE);
      }
      Consumer<DashboardModel> told =
          model -> {
            model.status(status.get());
            model.quality(quality.get());
            model.alarms(alarms.get());
            model.events(events.get());
          };
      WholeFile.write(file, screen.picture(snapshot, told, PictureFormat.of(file)));
      System.err.println(
          "viewer: "
              + file
              + ": "
              + snapshot.series().size()
              + " window(s) of topic "
              + setup.results().topic());
      snapshot
          .lastMalformed()
          .ifPresent(one -> System.err.println("viewer: result not drawn: " + one.line()));
      return 0;
    } catch (IOException e) {
      return ProcessExit.failure("no picture: " + e.getMessage());
    } finally {
      reader.close();
    }
  }

  /** The topic as it is when all of it is read; a long history may take longer than Kafka. */
  private static Snapshot await(
      CompletableFuture<Snapshot> whole, AtomicReference<Snapshot> last, Duration patience)
      throws InterruptedException, IOException {
    while (true) {
      try {
        return whole.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        Connection now = last.get().connection();
        if (now.state() != Connection.State.READING_HISTORY) {
          String detail = now.detail();
          // Nobody tries again: this is the end.
          String ends =
              detail.endsWith(AGAIN)
                  ? detail.substring(0, detail.length() - AGAIN.length())
                  : detail;
          throw new IOException("after " + patience.toSeconds() + " s " + ends, e);
        }
      } catch (ExecutionException e) {
        throw new IOException(e.getCause().getMessage(), e);
      }
    }
  }

  /**
   * What is drawn. It is made, and the newest windows are judged, while the others are read. Its
   * fields belong to the event thread.
   */
  private final class Screen {
    private final Clocks clocks;
    private final ExecutorService judge = WindowRun.judge();
    private DashboardModel model;
    private Dashboard dashboard;

    Screen(Clocks clocks) {
      this.clocks = clocks;
    }

    /** Sets the look and feel, which takes its time; from any thread. */
    void dress() {
      SwingUtilities.invokeLater(() -> LookAndFeel.install(state.theme()));
    }

    /** Makes it, and begins to judge. */
    void make(Snapshot first) {
      model =
          new DashboardModel(
              setup.detector(),
              setup.thresholds(),
              first,
              state,
              clocks,
              new Judging(judge, SwingUtilities::invokeLater));
      dashboard = new Dashboard(model, theme -> {}, pace -> {});
    }

    /**
     * The picture, judged.
     *
     * @param told what the small topics tell the model
     */
    WholeFile.Content picture(Snapshot whole, Consumer<DashboardModel> told, PictureFormat format)
        throws InterruptedException, IOException {
      Optional<Reference> compared =
          reference.isPresent() ? Optional.of(Reference.load(reference.get())) : Optional.empty();
      onEventThread(
          () -> {
            if (model == null) {
              make(whole);
            }
            told.accept(model);
            model.show(whole);
            if (compared.isPresent()) {
              model.compareWith(compared.get());
            }
            return model;
          });
      // Its answer is handed to the event thread before this ends.
      CompletableFuture.runAsync(() -> {}, judge).join();
      return onEventThread(
          () -> {
            dashboard.show(whole);
            Picture.layOut(dashboard, size);
            return format.draw(dashboard);
          });
    }

    private <T> T onEventThread(Callable<T> task) throws InterruptedException, IOException {
      FutureTask<T> result = new FutureTask<>(task);
      SwingUtilities.invokeLater(result);
      try {
        return result.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException cause) {
          throw cause;
        }
        throw new IOException("drawing failed: " + e.getCause(), e);
      }
    }
  }
}
