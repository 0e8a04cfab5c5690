package org.driftwatch.emulator;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.driftwatch.emulator.pace.StreamClock;
import org.driftwatch.emulator.pace.SystemStreamClock;
import org.driftwatch.emulator.send.KafkaConnection;
import org.driftwatch.emulator.send.KafkaSender;
import org.driftwatch.emulator.send.Tally;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.UnreadableRows;

/** One stream from its first row to the last acknowledgement, with what is shown of it. */
final class Session {
  /** More than the client itself takes before it gives a record up. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(150);

  private static final Duration LAST_ANSWERS_WHEN_STOPPED = Duration.ofSeconds(8);
  private static final Duration STUCK = Duration.ofSeconds(5);

  private final EmulatorOptions options;
  private final KafkaConnection connection;
  private final RecordSource source;
  private final UnreadableRows unreadable;
  private final CountDownLatch answered = new CountDownLatch(1);
  private final Thread thread = Thread.currentThread();
  private volatile Emulation emulation;
  private volatile boolean stopAsked;

  Session(
      EmulatorOptions options,
      KafkaConnection connection,
      RecordSource source,
      UnreadableRows unreadable) {
    this.options = options;
    this.connection = connection;
    this.source = source;
    this.unreadable = unreadable;
  }

  /**
   * Runs until the stream's end or a signal, and prints the summary. In the thread that made the
   * session.
   *
   * @return true where every record was acknowledged
   * @throws IOException where the source failed; what was read before has been sent
   */
  boolean run() throws IOException {
    Tally tally = new Tally();
    try (KafkaSender sender = new KafkaSender(connection, options.topic(), tally)) {
      StreamClock clock = new SystemStreamClock();
      Emulation stream =
          new Emulation(
              source,
              options.pace(clock),
              clock,
              options.encoder(sender),
              options.limit(),
              options.durationNs());
      emulation = stream;
      try (Progress progress = new Progress(stream, tally, EmulatorMain::tell)) {
        if (!options.quiet()) {
          progress.show(options.expectedRows(), hasTerminal());
        }
        if (stopAsked) {
          stream.stop();
        }
        stream.run();
      } finally {
        double seconds = clock.now() / 1e9;
        // An interrupt has done its work by now; the client's end must not be cut short by it.
        Thread.interrupted();
        sender.close(stopAsked ? LAST_ANSWERS_WHEN_STOPPED : LAST_ANSWERS);
        answered.countDown();
        System.out.println("emulator: " + new Summary(tally, seconds, unreadable.count()).line());
        System.out.flush();
      }
      return tally.acknowledged() == tally.rows();
    }
  }

  @SuppressWarnings("SystemConsoleNull") // the build holds us to Java 17
  private static boolean hasTerminal() {
    return System.console() != null;
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
