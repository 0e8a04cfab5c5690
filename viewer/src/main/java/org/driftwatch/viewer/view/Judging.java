package org.driftwatch.viewer.view;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.check.Flow;
import org.driftwatch.quality.check.Judge;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * Judges by the checks of the service, off the event thread: the present where no service does, and
 * picked stretches of the past. To be called on one thread, which also gets the answers. Of what is
 * asked faster than it can be judged, only the newest is.
 */
public final class Judging {
  /** What the present is judged by reaches this far back. */
  private static final Duration BEHIND = Duration.ofMinutes(30);

  private static final int MOST_BEHIND = 2_000;

  /** Windows of so long ago, and newer ones, are looked at one by one. */
  private static final Duration RECENT = Duration.ofMinutes(3);

  /** Most windows that a judge is given one by one; longer stretches are summed up. */
  private static final int MOST = 600;

  /** Newest windows that may still be refined. */
  private static final int REFINED = 120;

  /**
   * What is judged by.
   *
   * @param detector the detector
   * @param thresholds the limits
   * @param reference windows of a healthy run, added up
   */
  record Rules(
      DetectorDescription detector, Thresholds thresholds, Optional<WindowSummary> reference) {}

  private final Executor background;
  private final Executor home;
  private final AtomicReference<Runnable> nextLive = new AtomicReference<>();
  private final AtomicReference<Runnable> nextPast = new AtomicReference<>();

  /** Belongs to the background, as all below it. */
  private Optional<Present> present = Optional.empty();

  /**
   * A judge.
   *
   * @param background runs one task after the other
   * @param home runs what gets the answers
   */
  public Judging(Executor background, Executor home) {
    this.background = background;
    this.home = home;
  }

  /** Judges the present of a run. */
  void present(
      Rules rules,
      WindowSeries series,
      Optional<StatusMessage> status,
      Flow flow,
      Consumer<Judgement> answer) {
    ask(
        nextLive,
        () -> {
          if (present.isEmpty() || !present.get().goesOn(rules, series)) {
            present = Optional.of(new Present(rules));
          }
          Judgement judgement = present.get().judge(series, status, flow);
          home.execute(() -> answer.accept(judgement));
        });
  }

  /** Judges a stretch of the past. */
  void past(
      Rules rules, WindowSeries series, Accumulation.Range range, Consumer<Judgement> answer) {
    ask(
        nextPast,
        () -> {
          Judgement judgement =
              Judge.past(
                  rules.detector(), rules.thresholds(), rules.reference(), windows(series, range));
          home.execute(() -> answer.accept(judgement));
        });
  }

  private void ask(AtomicReference<Runnable> next, Runnable task) {
    if (next.getAndSet(task) == null) {
      background.execute(
          () -> {
            Runnable newest = next.getAndSet(null);
            if (newest != null) {
              newest.run();
            }
          });
    }
  }

  private static List<WindowSummary> windows(WindowSeries series, Accumulation.Range range) {
    List<WindowSummary> windows = new ArrayList<>();
    int together = (range.windows() + MOST - 1) / MOST;
    for (int i = range.from(); i < range.to(); i += together) {
      windows.add(series.sum(i, Math.min(range.to(), i + together)).orElseThrow());
    }
    return windows;
  }

  /** A judge of a run that goes on. */
  private static final class Present {
    private final Rules rules;
    private final Judge judge;
    private final Map<Long, Seen> seen = new HashMap<>();
    private long newest;

    /** What tells a window's revision from another. */
    private record Seen(long revision, long records) {}

    Present(Rules rules) {
      this.rules = rules;
      judge = new Judge(rules.detector(), rules.thresholds(), rules.reference());
    }

    /** False for another run, or one that went on for long meanwhile. */
    boolean goesOn(Rules now, WindowSeries series) {
      int last = series.indexOf(Instant.ofEpochMilli(newest));
      return now.equals(rules) && last >= 0 && series.size() - last < REFINED;
    }

    Judgement judge(WindowSeries series, Optional<StatusMessage> status, Flow flow) {
      int size = series.size();
      if (size > 0) {
        int first =
            seen.isEmpty()
                ? Math.max(
                    size - MOST_BEHIND,
                    series.firstStartingFrom(series.end(size - 1).minus(BEHIND)))
                : size - REFINED;
        Instant recent = series.end(size - 1).minus(RECENT);
        for (int i = Math.max(0, first); i < size; i++) {
          give(series, i, series.end(i).isAfter(recent));
        }
        long forgotten = series.get(Column.START, Math.max(0, size - REFINED));
        seen.keySet().removeIf(start -> start < forgotten);
      }
      status.ifPresent(judge::status);
      return judge.judge(flow);
    }

    private void give(WindowSeries series, int i, boolean isRecent) {
      long start = series.get(Column.START, i);
      Seen now = new Seen(series.get(Column.REVISION, i), series.get(Column.RECORDS, i));
      if (!now.equals(seen.put(start, now))) {
        if (isRecent) {
          judge.window(series.window(i));
        } else {
          judge.windowOfBefore(series.window(i));
        }
        newest = Math.max(newest, start);
      }
    }
  }
}
