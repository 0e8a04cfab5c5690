package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.control.RateControl;
import org.driftwatch.emulator.faults.FaultInjection;
import org.driftwatch.emulator.pace.ChangeablePace;
import org.driftwatch.emulator.pace.DetectorPace;
import org.driftwatch.emulator.pace.FullSpeed;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.pace.PaceChoice;
import org.driftwatch.emulator.pace.ProfilePace;
import org.driftwatch.emulator.pace.RecordedPace;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.pace.StreamClock;
import org.driftwatch.emulator.pace.SystemStreamClock;
import org.driftwatch.emulator.record.RecordingReader;
import org.driftwatch.emulator.record.RecordingWriter;
import org.driftwatch.emulator.send.KafkaConnection;
import org.driftwatch.emulator.send.KafkaSender;
import org.driftwatch.emulator.send.Outcome;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.Tally;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.telemetry.Telemetry;

/** One stream from its first row to the last acknowledgement, with what is shown of it. */
final class Session {
  /** More than the client itself takes before it gives a record up. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(150);

  private static final Duration LAST_ANSWERS_WHEN_STOPPED = Duration.ofSeconds(8);
  private static final Duration STUCK = Duration.ofSeconds(5);

  private final EmulatorOptions options;
  private final DetectorDescription detector;
  private final KafkaConnection connection;
  private final RecordSource source;
  private final RecordingReader replay;
  private final UnreadableRows unreadable;
  private final Consumer<String> lines;
  private final CountDownLatch answered = new CountDownLatch(1);
  private final Thread thread = Thread.currentThread();
  private volatile Emulation emulation;
  private volatile boolean stopAsked;

  /**
   * A session yet to be run.
   *
   * @param detector whose records they are
   * @param source the rows; null for a replay
   * @param replay the recording; null if there are rows
   * @param lines takes lines for the user; from any thread
   */
  Session(
      EmulatorOptions options,
      DetectorDescription detector,
      KafkaConnection connection,
      RecordSource source,
      RecordingReader replay,
      UnreadableRows unreadable,
      Consumer<String> lines) {
    this.options = options;
    this.detector = detector;
    this.connection = connection;
    this.source = source;
    this.replay = replay;
    this.unreadable = unreadable;
    this.lines = lines;
  }

  /**
   * Runs until the stream's end or a signal, and prints the summary. In the thread that made the
   * session.
   *
   * @return true if every record was acknowledged
   * @throws IOException if the source failed; what was read before has been sent
   */
  boolean run() throws IOException, InterruptedException {
    Tally tally = new Tally();
    try (RateControl control = control();
        RecordingWriter recording = recording();
        FaultInjection faults = options.faultInjection(detector);
        KafkaSender sender =
            new KafkaSender(
                connection,
                options.sending.topic,
                options.sending.partitioning(),
                tally,
                observer(recording))) {
      StreamClock clock = new SystemStreamClock();
      Play play = replay == null ? rows(clock, sender, faults) : replayed(clock, sender);
      Emulation stream =
          new Emulation(play.feed, clock, options.paces.limit(), options.paces.durationNs());
      emulation = stream;
      try (Telemetry shown = shown(tally, faults, stream);
          Progress progress = Progress.ofTopic(stream, tally, lines)) {
        if (control != null) {
          control.serve(rate(play.pace, tally));
          tellAddress(options.paces.control(), "rate at " + control.address() + "/rate");
        }
        shown.address().ifPresent(at -> tellAddress(options.metricsPort(), "metrics at " + at));
        if (!options.quiet) {
          progress.show(options.paces.expectedRows(options.pace()));
        }
        if (stopAsked) {
          stream.stop();
        }
        stream.run();
      } finally {
        double seconds = clock.now() / 1e9;
        if (faults != null) {
          faults.flush();
        }
        // An interrupt has done its work by now; the client's end must not be cut short by it.
        Thread.interrupted();
        sender.close(stopAsked ? LAST_ANSWERS_WHEN_STOPPED : LAST_ANSWERS);
        answered.countDown();
        Summary summary =
            new Summary(tally, seconds, unreadable.count(), faults, stream.lateness());
        System.out.println("emulator: " + summary.line());
        System.out.flush();
      }
      return tally.acknowledged() == tally.rows()
          && (faults == null || faults.tally().acknowledged() == faults.tally().rows());
    }
  }

  /** What is played, and the pace that can be changed meanwhile. */
  private record Play(Feed feed, ChangeablePace pace) {}

  private Play rows(StreamClock clock, KafkaSender sender, FaultInjection faults) {
    ChangeablePace.Maker paces = (choice, startNs) -> pace(choice, clock, startNs, faults);
    Pace first =
        options
            .pace()
            .map(choice -> paces.make(choice, 0))
            .orElseGet(() -> disturbed(profile(), false, faults));
    ChangeablePace pace = new ChangeablePace(first, clock, paces);
    RecordSource rows = faults == null ? source : faults.source(source);
    RunNumbers runs = options.sending.runs();
    RecordSender records = faults == null ? sender : faults.sender(sender, runs);
    RowEncoder plain = Encoders.make(options.sending, detector, records, runs);
    RowEncoder encoder = faults == null ? plain : faults.encoder(plain, pace::lastDue);
    return new Play(new RowFeed(detector, rows, pace, encoder), pace);
  }

  private Pace pace(PaceChoice choice, StreamClock clock, long startNs, FaultInjection faults) {
    boolean fast = choice.isAsFastAsPossible();
    Pace plain =
        choice.kind() == PaceChoice.Kind.DETECTOR
            ? new DetectorPace(detector.clock(), choice.number(), options.paces.longestPauseNs())
            : fast ? new FullSpeed(clock, startNs) : new SteadyPace(choice.number());
    return disturbed(plain, fast, faults);
  }

  private static Pace disturbed(Pace pace, boolean asFastAsPossible, FaultInjection faults) {
    return faults == null ? pace : faults.pace(pace, asFastAsPossible);
  }

  private Play replayed(StreamClock clock, KafkaSender sender) {
    ReplayFeed feed = new ReplayFeed(detector, replay, sender);
    ChangeablePace.Maker paces =
        (choice, startNs) ->
            choice.kind() == PaceChoice.Kind.RECORDED
                ? new RecordedPace(feed::timestamp, choice.number(), options.paces.longestPauseNs())
                : pace(choice, clock, startNs, null);
    Pace first = options.pace().map(choice -> paces.make(choice, 0)).orElseGet(this::profile);
    ChangeablePace pace = new ChangeablePace(first, clock, paces);
    feed.follow(pace);
    return new Play(feed, pace);
  }

  private Pace profile() {
    return new ProfilePace(options.paces.profile(), options.paces.profileTimes);
  }

  private RecordingWriter recording() throws IOException {
    Path file = options.recordings.recording;
    return file == null ? null : new RecordingWriter(file);
  }

  private static Outcome observer(RecordingWriter recording) {
    return recording == null
        ? null
        : (message, place) -> {
          if (place != null) {
            recording.write(
                place.partition(),
                message.timestamp(),
                message.key(),
                message.value(),
                message.headers());
          }
        };
  }

  private RateControl control() throws IOException {
    return options.paces.control().isPresent()
        ? RateControl.at(options.paces.control().getAsInt())
        : null;
  }

  private RateControl.Stream rate(ChangeablePace pace, Tally tally) {
    return new RateControl.Stream() {
      @Override
      public PaceChoice pace() {
        PaceChoice chosen = pace.chosen();
        return chosen == null ? options.pace().orElse(null) : chosen;
      }

      @Override
      public void change(PaceChoice choice) {
        boolean recorded = choice.kind() == PaceChoice.Kind.RECORDED;
        boolean detector = choice.kind() == PaceChoice.Kind.DETECTOR;
        if (replay == null ? recorded : detector) {
          throw new IllegalArgumentException(
              recorded
                  ? "recorded: this is no replay; expected records/s or detector[xK]"
                  : "detector: a replay has its own pace; expected records/s or recorded[xK]");
        }
        pace.change(choice);
        if (!options.quiet) {
          lines.accept("from now on " + choice);
        }
      }

      @Override
      public long sent() {
        return tally.rows();
      }
    };
  }

  /** Reports a port's address, even if quiet when the port was chosen here. */
  private void tellAddress(OptionalInt port, String line) {
    if (!options.quiet || port.equals(OptionalInt.of(0))) {
      lines.accept(line);
    }
  }

  private Telemetry shown(Tally tally, FaultInjection faults, Emulation stream) throws IOException {
    try {
      return Telemetry.show(
          "emulator",
          options.metricsPort(),
          new EmulatorMetrics(tally, unreadable, faults, stream::behindNs));
    } catch (IOException e) {
      throw new IOException("--metrics-port: " + e.getMessage(), e);
    }
  }

  /** Ends the session within seconds, whatever it is waiting for; from any thread. */
  void stop() {
    stopAsked = true;
    Emulation stream = emulation;
    if (stream == null) {
      thread.interrupt();
      return;
    }
    stream.stop();
    try {
      // Without a broker the client waits where no flag reaches it: for room first, and at the end
      // for answers.
      if (!stream.awaitEnd(STUCK)) {
        thread.interrupt();
      }
      if (!answered.await(LAST_ANSWERS_WHEN_STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
