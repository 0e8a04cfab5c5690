package org.driftwatch.emulator.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.faults.Injection.Kind;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.send.KafkaSender;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.Tally;
import org.driftwatch.emulator.source.RecordSource;

/**
 * Disturbs a stream on purpose, in its rows, its pace and its records, and keeps a log of it. But
 * for faults of the detector, all rows of the source are still sent: what is in the topic, less
 * what the log says, is the stream without faults. The same seed does the same at the same rows. A
 * stream without faults does not pass through here. Used by the sending thread.
 */
public final class FaultInjection implements AutoCloseable {
  private final DetectorDescription detector;
  private final InjectionLog log;
  private final List<DetectorFault> ofDetector;
  private final long seed;
  private final List<Plan> ofRows = new ArrayList<>();
  private final List<Plan> ofPace = new ArrayList<>();
  private final List<Plan> ofRecords = new ArrayList<>();
  private final Random random;
  private final Tally tally = new Tally();
  private FaultySender sender;
  private long rowsPaced;

  /** An injection and when it is to be done. */
  static final class Plan {
    final Injection injection;
    final Schedule schedule;

    Plan(Injection injection, Schedule schedule) {
      this.injection = injection;
      this.schedule = schedule;
    }

    /** True, once for each time, if it is due before this row. */
    boolean isDue(long row) {
      if (schedule.next() > row) {
        return false;
      }
      schedule.advance();
      return true;
    }
  }

  /**
   * Faults yet to be injected.
   *
   * @param detector whose records they are
   * @param injections what is done to the stream
   * @param ofDetector what is wrong with the detector
   * @param seed of all random numbers
   * @param expectedRows rows that there will be, 0 if unknown
   * @param logFile takes a line of JSON for each; null for none
   * @throws IOException if the log cannot be written
   */
  public FaultInjection(
      DetectorDescription detector,
      List<Injection> injections,
      List<DetectorFault> ofDetector,
      long seed,
      long expectedRows,
      Path logFile)
      throws IOException {
    this.detector = detector;
    this.ofDetector = List.copyOf(ofDetector);
    this.seed = seed;
    log = new InjectionLog(logFile);
    random = new Random(seed);
    for (int i = 0; i < injections.size(); i++) {
      Injection injection = injections.get(i);
      Plan plan =
          new Plan(injection, new Schedule(injection, new Random(seed * 1009 + i), expectedRows));
      switch (injection.kind()) {
        case EPOCH_RESET -> ofRows.add(plan);
        case SILENCE, BURST -> ofPace.add(plan);
        default -> ofRecords.add(plan);
      }
    }
  }

  /** The source with its counter set back now and then. */
  public RecordSource source(RecordSource source) {
    return ofRows.isEmpty() ? source : new FaultyRows(detector, source, ofRows, random, log);
  }

  /**
   * The pace with silences and bursts.
   *
   * @param asFastAsPossible true if its due times follow the clock by themselves
   */
  public Pace pace(Pace pace, boolean asFastAsPossible) {
    return ofPace.isEmpty() ? pace : new FaultyPace(pace, asFastAsPossible, this);
  }

  /**
   * The sender with records more, later or stamped otherwise.
   *
   * @param runs the runs that records are of
   */
  public RecordSender sender(KafkaSender kafka, RunNumbers runs) {
    if (ofRecords.isEmpty()) {
      return kafka;
    }
    sender = new FaultySender(detector, kafka, runs, ofRecords, random, tally, log);
    return sender;
  }

  /**
   * The encoder with rows as a detector with faults would send them.
   *
   * @param due when the row at hand is due, ns since the start of the stream
   */
  public RowEncoder encoder(RowEncoder encoder, LongSupplier due) {
    return ofDetector.isEmpty()
        ? encoder
        : new FaultyDetector(detector, ofDetector, seed, due, encoder, log);
  }

  /** Sends what is still held back. */
  public void flush() {
    if (sender != null) {
      sender.flush();
    }
  }

  /** How long to be silent before the next row, ms; mostly 0. */
  long silenceMillis() {
    return paceEvent(Kind.SILENCE, "ms");
  }

  /** How many rows are to come at once, the next one included; mostly 0. */
  long burstRows() {
    return paceEvent(Kind.BURST, "rows");
  }

  private long paceEvent(Kind kind, String unit) {
    long size = 0;
    for (Plan plan : ofPace) {
      if (plan.injection.kind() == kind && plan.isDue(rowsPaced)) {
        size += plan.injection.size();
        log.count(plan.injection.label());
        log.line(plan.injection.label(), rowsPaced, ",\"" + unit + "\":" + plan.injection.size());
      }
    }
    return size;
  }

  void rowPaced() {
    rowsPaced++;
  }

  /** Records sent beside those of the source, and what became of them. */
  public Tally tally() {
    return tally;
  }

  /** How often each kind was injected, and how many hits each detector fault changed, in words. */
  public String totals() {
    return log.totals();
  }

  /**
   * Ends the log; when the broker has answered for all that was sent.
   *
   * @throws IOException if writing it failed
   */
  @Override
  public void close() throws IOException {
    log.close();
  }
}
