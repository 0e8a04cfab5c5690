package org.driftwatch.benchmarks.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.faults.DetectorFault;
import org.driftwatch.emulator.faults.FaultyDetector;
import org.driftwatch.emulator.send.OrbitStamps;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RowBatch;

/**
 * The way of rows from the readout, through faults, to the monitors of several window lengths at
 * once. Not safe for use by several threads.
 */
final class Lane {
  private static final long NS = 1_000_000_000;
  private static final long NS_PER_MS = 1_000_000;

  /** So much earlier it takes rows: stamps of its first second fall back on these. */
  private static final long RUN_UP_SECONDS = OrbitStamps.MEMORY_MS / 1000 + 1;

  private final long firstSecond;
  private final long firstNanos;
  private final SecondCounter counter;
  private final RowEncoder rows;
  private final Consumer<Second> monitors;
  private final LongPredicate ends;
  private long nanos;
  private long seconds;
  private boolean over;

  private Lane(
      DetectorDescription detector,
      long firstSecond,
      List<String> faults,
      Transport transport,
      long seed,
      Consumer<Second> monitors,
      LongPredicate ends) {
    this.firstSecond = firstSecond;
    this.monitors = monitors;
    this.ends = ends;
    long runUp = Math.max(0, firstSecond - RUN_UP_SECONDS);
    firstNanos = runUp * NS;
    counter = new SecondCounter(detector, transport, runUp);
    rows =
        faults.isEmpty()
            ? counter
            : new FaultyDetector(
                detector, DetectorFault.parse(faults, detector), seed, () -> nanos, counter);
  }

  /**
   * A lane of rows as they are.
   *
   * @param monitors take each second
   * @param ends true of the number of seconds after which it ends
   */
  static Lane healthy(DetectorDescription detector, Consumer<Second> monitors, LongPredicate ends) {
    return new Lane(detector, 0, List.of(), Transport.sound(), 0, monitors, ends);
  }

  /**
   * A lane of rows with faults.
   *
   * @param what the faults as the emulator takes them, without their times
   * @param from when they begin, ms of the stream
   * @param to when they end, ms of the stream
   * @param seed of their random numbers
   * @param monitors take each second
   * @param ends true of the number of seconds after which it ends
   */
  static Lane faulty(
      DetectorDescription detector,
      List<String> what,
      long from,
      long to,
      Transport transport,
      long seed,
      Consumer<Second> monitors,
      LongPredicate ends) {
    long first = from / 1000;
    // Times of a fault count from the first row that it is shown.
    long start = Math.max(0, first - RUN_UP_SECONDS) * 1000;
    String times =
        String.format(Locale.ROOT, "@%.3fs-%.3fs", (from - start) / 1e3, (to - start) / 1e3);
    List<String> faults = what.stream().map(fault -> fault + times).toList();
    return new Lane(detector, first, faults, transport, seed, monitors, ends);
  }

  /** Takes a row that is due then, ns of the stream. */
  void row(RowBatch batch, int i, long due) {
    if (due >= firstNanos && !over) {
      nanos = due;
      rows.row(batch, i, due / NS_PER_MS);
    }
  }

  /** Takes no more rows. */
  void flush() {
    rows.flush();
  }

  /** The seconds that are complete, from its first on. */
  List<Second> take() {
    List<Second> seconds = new ArrayList<>();
    for (Optional<Second> next = counter.poll(); next.isPresent(); next = counter.poll()) {
      if (next.get().index() >= firstSecond) {
        seconds.add(next.get());
      }
    }
    return seconds;
  }

  /** Tells the monitors of a second that this lane has in common with the trunk. */
  void secondOfTrunk(Second second) {
    if (second.index() < firstSecond) {
      second(second);
    }
  }

  /** Tells the monitors of a second. */
  void second(Second second) {
    if (!over) {
      monitors.accept(second);
      seconds = second.index() + 1;
      over = ends.test(seconds);
    }
  }

  /** Seconds that its monitors were told of. */
  long seconds() {
    return seconds;
  }

  /** True once it has ended. */
  boolean isOver() {
    return over;
  }
}
