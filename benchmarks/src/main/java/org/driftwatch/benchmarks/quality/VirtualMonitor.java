package org.driftwatch.benchmarks.quality;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.check.Flow;
import org.driftwatch.quality.check.Judge;

/**
 * A judge that is told of windows and status messages when the monitor would publish them, by a
 * clock that runs as fast as seconds are counted. It is asked for its verdicts at each of them.
 *
 * <p>A window is published {@value #PUBLISHED_MS} ms after its end: the watermark's delay of a
 * second, and a third of one for reading, counting and sending. Records that come late change it
 * once, when all of them are there. Not safe for use by several threads.
 */
final class VirtualMonitor {
  /** From the end of a window to its summary. */
  static final int PUBLISHED_MS = 1300;

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int MS = 1000;
  private static final int STATUS_SECONDS = 2;
  private static final int MINUTE = 60;

  private final int seconds;
  private final WindowSums sums;
  private final Judge judge;
  private final Queue<WindowSums.Window> pending = new ArrayDeque<>();
  private final Queue<WindowSums.Window> refined = new ArrayDeque<>();
  private final Queue<Second> lateSeconds = new ArrayDeque<>();
  private final ArrayDeque<Counts> lastMinute = new ArrayDeque<>();
  private final Map<String, Episode> open = new HashMap<>();
  private final List<Episode> episodes = new ArrayList<>();
  private Counts total = Counts.NONE;
  private long now;
  private long newestResult;
  private long newestStatus;
  private long judgements;
  private long judgingNanos;

  /**
   * A monitor of windows of this length.
   *
   * @param reference windows of a healthy run, added up; empty for none
   * @param seconds length of the windows, s
   */
  VirtualMonitor(
      DetectorDescription detector,
      Thresholds thresholds,
      Optional<WindowSummary> reference,
      int seconds) {
    this.seconds = seconds;
    sums = new WindowSums(detector, seconds);
    judge = new Judge(detector, thresholds, reference);
    lastMinute.add(Counts.NONE);
  }

  /** Takes the next second of the stream, and lets time run to its end. */
  void second(Second second) {
    arrive(second);
    sums.add(second).ifPresent(pending::add);
    long end = (second.index() + 1) * MS;
    runTo(end);
    if (end / MS % STATUS_SECONDS == 0) {
      status(end);
    }
  }

  /** What the monitor reads in this second: its own records, and late ones of an earlier one. */
  private void arrive(Second second) {
    lateSeconds.add(second);
    long late = lateSeconds.size() > Transport.LATE_SECONDS ? lateSeconds.remove().late() : 0;
    total =
        new Counts(
            total.records() + second.records() + late,
            total.malformed() + second.malformed(),
            total.late() + late,
            0,
            0,
            0);
    lastMinute.addLast(total);
    if (lastMinute.size() > MINUTE + 1) {
      lastMinute.removeFirst();
    }
  }

  /** Publishes what is due by then. */
  private void runTo(long millis) {
    while (!pending.isEmpty() && pending.peek().end() + PUBLISHED_MS <= millis) {
      WindowSums.Window window = pending.remove();
      now = window.end() + PUBLISHED_MS;
      refine();
      newestResult = now;
      long from = CPU.getCurrentThreadCpuTime();
      judge.window(window.first());
      judgingNanos += CPU.getCurrentThreadCpuTime() - from;
      if (window.refined().isPresent()) {
        refined.add(window);
      }
      judge();
    }
  }

  private void refine() {
    while (!refined.isEmpty()
        && refined.peek().end() + Transport.LATE_SECONDS * MS + PUBLISHED_MS <= now) {
      judge.window(refined.remove().refined().orElseThrow());
    }
  }

  private void status(long millis) {
    now = millis;
    newestStatus = now;
    judge.status(
        new StatusMessage(
            WindowSums.START.plusMillis(now),
            WindowSums.START,
            total,
            total.since(lastMinute.getFirst()),
            lastMinute.size() - 1,
            0,
            OptionalInt.empty(),
            0,
            Optional.empty()));
    judge();
  }

  private void judge() {
    long from = CPU.getCurrentThreadCpuTime();
    Judgement judgement =
        judge.judge(
            new Flow(
                Optional.of(Duration.ofMillis(now - newestResult)),
                newestStatus > 0
                    ? Optional.of(Duration.ofMillis(now - newestStatus))
                    : Optional.empty()));
    judgingNanos += CPU.getCurrentThreadCpuTime() - from;
    judgements++;
    Set<String> said = new HashSet<>();
    for (Verdict verdict : judgement.verdicts()) {
      if (verdict.level().alarms()) {
        say(verdict.key(), verdict, OptionalInt.empty(), said);
        for (int cell : verdict.cells()) {
          say(verdict.key() + "#" + cell, verdict, OptionalInt.of(cell), said);
        }
      }
    }
    open.entrySet()
        .removeIf(
            entry -> {
              if (said.contains(entry.getKey())) {
                return false;
              }
              entry.getValue().clear(now);
              return true;
            });
  }

  private void say(String key, Verdict verdict, OptionalInt cell, Set<String> said) {
    said.add(key);
    Episode episode = open.get(key);
    if (episode == null) {
      episode = new Episode(verdict, cell, now);
      open.put(key, episode);
      episodes.add(episode);
    } else {
      episode.again(verdict);
    }
  }

  /** True while there is an alarm. */
  boolean alarms() {
    return !open.isEmpty();
  }

  /** All alarms up to now, by the time that they were raised. */
  List<Episode> episodes() {
    return episodes;
  }

  /** Length of the windows, s. */
  int seconds() {
    return seconds;
  }

  /** How often the judge was asked. */
  long judgements() {
    return judgements;
  }

  /** How long its work took in all, ns of processor time. */
  long judgingNanos() {
    return judgingNanos;
  }
}
