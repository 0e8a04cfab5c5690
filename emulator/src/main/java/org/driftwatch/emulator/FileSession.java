package org.driftwatch.emulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.faults.FaultInjection;
import org.driftwatch.emulator.file.RowFile;
import org.driftwatch.emulator.file.WholeFile;
import org.driftwatch.emulator.pace.DetectorPace;
import org.driftwatch.emulator.pace.LeapingClock;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.UnreadableRows;

/** Writes one file, from its first row to the last, with what is shown of it. */
final class FileSession {
  private static final Duration STUCK = Duration.ofSeconds(5);

  private final EmulatorOptions options;
  private final DetectorDescription detector;
  private final RecordSource source;
  private final UnreadableRows unreadable;
  private final Consumer<String> lines;
  private final Thread thread = Thread.currentThread();
  private volatile Emulation emulation;
  private volatile boolean stopAsked;

  /**
   * A session yet to be run.
   *
   * @param lines takes lines for the user; from any thread
   */
  FileSession(
      EmulatorOptions options,
      DetectorDescription detector,
      RecordSource source,
      UnreadableRows unreadable,
      Consumer<String> lines) {
    this.options = options;
    this.detector = detector;
    this.source = source;
    this.unreadable = unreadable;
    this.lines = lines;
  }

  /**
   * Writes the file and prints the summary. In the thread that made the session.
   *
   * @return false if it was stopped before: there is no file then
   * @throws IOException if the source or the file failed, with one line that says why; there is no
   *     file then
   */
  boolean run() throws IOException {
    try (FaultInjection faults = options.faultInjection(detector);
        WholeFile file = new WholeFile(options.file.to, options.file.force)) {
      LeapingClock clock = new LeapingClock();
      RowFile rows = new RowFile(detector, options.file.kind(), file, options.sending.runs());
      RowEncoder encoder = faults == null ? rows : faults.encoder(rows, clock::now);
      RowFeed feed =
          new RowFeed(
              detector,
              source,
              new DetectorPace(detector.clock(), 1, DetectorPace.NO_LIMIT),
              encoder);
      Emulation stream =
          new Emulation(feed, clock, options.paces.limit(), options.paces.durationNs());
      emulation = stream;
      long start = System.nanoTime();
      write(stream, rows);
      if (stopAsked) {
        lines.accept("stopped behind row " + rows.rows() + "; " + options.file.to + " is not kept");
        return false;
      }
      long bytes = file.finish();
      System.out.println(
          "emulator: " + summary(rows, bytes, (System.nanoTime() - start) / 1e9, faults));
      System.out.flush();
      return true;
    }
  }

  private void write(Emulation stream, RowFile rows) throws IOException {
    try (Progress progress =
        new Progress(
            rows::rows,
            rows::rows,
            rate -> String.format(Locale.ROOT, "%d rows written, %.0f/s", rows.rows(), rate),
            lines)) {
      if (!options.quiet) {
        progress.show(options.paces.expectedRows(options.pace()));
      }
      if (stopAsked) {
        stream.stop();
      }
      stream.run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InterruptedIOException e) {
      if (!stopAsked) {
        throw e;
      }
    }
  }

  private String summary(RowFile rows, long bytes, double seconds, FaultInjection faults) {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "wrote %d rows (%d hits) to %s, %.3f MB, in %.2f s, %.0f rows/s",
                rows.rows(),
                rows.hits(),
                options.file.to,
                bytes / 1e6,
                seconds,
                rows.rows() / seconds));
    if (rows.shortened() > 0) {
      line.append("; only HEAD of ").append(rows.shortened()).append(" trigger words");
    }
    if (rows.leftOut() > 0) {
      line.append("; left out, as they fit no word, ").append(rows.leftOut());
    }
    if (unreadable.count() > 0) {
      line.append("; skipped as unreadable ").append(unreadable.count());
    }
    if (faults != null) {
      line.append("; injected ").append(faults.totals());
    }
    return line.toString();
  }

  /** Ends the session within seconds; from any thread. */
  void stop() {
    stopAsked = true;
    Emulation stream = emulation;
    try {
      if (stream != null) {
        stream.stop();
      }
      // A source or a disk that does not answer is waited for where no flag reaches it.
      if (stream == null || !stream.awaitEnd(STUCK)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
