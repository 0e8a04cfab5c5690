package org.driftwatch.viewer.verdict;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Freshness;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.driftwatch.viewer.verdict.RateCheck.Count;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/** Judges a stretch of the run by all checks. Immutable; safe for several threads. */
public final class Judge {
  private final Thresholds thresholds;
  private final Detector detector;
  private final List<CellCheck> cells = new ArrayList<>();
  private final Optional<DriftBoxCheck> driftBox;

  /** A judge that knows the detector with its bad cells, and the limits. */
  public Judge(Detector detector, Thresholds thresholds) {
    this.detector = detector;
    this.thresholds = thresholds;
    for (int chamber = 0; chamber < detector.chambers(); chamber++) {
      cells.add(new CellCheck(detector, chamber, thresholds));
    }
    driftBox =
        detector
            .description()
            .filter(d -> detector.has(ChamberHistogram.DRIFT_TIME))
            .flatMap(d -> DriftBoxCheck.of(d.maxDriftNs(), thresholds));
  }

  /** What is judged of what is shown: a picked stretch itself, else the last minutes. */
  public Accumulation judged(Accumulation shown) {
    return shown.live() ? new Accumulation.Last(thresholds.stretch()) : shown;
  }

  /**
   * Judges what is shown.
   *
   * @param series windows of this detector
   * @param status the monitor's status; empty if none is known
   * @param now the present time, that its age is known
   * @param age since the newest result was published; empty if that means nothing, as of the past
   */
  public Judgement judge(
      WindowSeries series,
      Accumulation shown,
      Optional<Duration> age,
      Optional<StatusMessage> status,
      Instant now) {
    Accumulation.Range range = judged(shown).in(series);
    Optional<WindowSummary> sum = series.sum(range.from(), range.to());
    List<Verdict> run = new ArrayList<>();
    List<Verdict> told =
        status.map(message -> StatusCheck.judge(message, now, thresholds)).orElse(List.of());
    List<List<Verdict>> chambers = new ArrayList<>();
    if (sum.isEmpty()) {
      Verdict none = new Verdict(Level.UNDECIDED, Check.SILENCE, "no window to judge yet", 0, 1, 0);
      for (int chamber = 0; chamber < detector.chambers(); chamber++) {
        chambers.add(List.of(none));
      }
      run.add(none);
      run.addAll(told);
      return new Judgement("no window", run, chambers);
    }
    run.addAll(told);
    age.ifPresent(since -> run.add(silence(series, since)));
    int incomplete = series.incomplete(range.from(), range.to());
    if (incomplete > 0) {
      run.add(incomplete(incomplete, range.windows()));
    }
    Verdict total = rate(series, range, Column.HITS, "hit", Optional.empty());
    run.add(total);
    if (detector.hasScintillators()) {
      run.add(rate(series, range, Column.SCINTILLATOR, "scintillator", Optional.empty()));
    }
    // If all rates stepped, a chamber is compared with the others and not with the clock.
    Optional<Column> exposure =
        total.level().alarms() ? Optional.of(Column.HITS) : Optional.empty();
    long all = sum.get().chambers().stream().mapToLong(ChamberSummary::hits).sum();
    for (int chamber = 0; chamber < detector.chambers(); chamber++) {
      ChamberSummary summary = sum.get().chamber(chamber);
      List<Verdict> verdicts = new ArrayList<>();
      verdicts.add(rate(series, range, Column.chamber(chamber), "chamber", exposure));
      verdicts.addAll(cells.get(chamber).judge(summary.occupancy()));
      if (detector.chambers() > 1) {
        double part = detector.partOfCells(chamber);
        verdicts.add(ShareCheck.judge(summary.hits(), all, part, thresholds));
      }
      detector
          .chamber(chamber)
          .filter(c -> MuonPeakCheck.isPossible(c.layers(), c.size()))
          .map(c -> MuonPeakCheck.judge(summary.activeChannels(), c.layers(), thresholds))
          .ifPresent(verdicts::add);
      driftBox.map(check -> check.judge(summary.driftTime())).ifPresent(verdicts::add);
      chambers.add(verdicts);
    }
    return new Judgement(words(series, range), run, chambers);
  }

  private static String words(WindowSeries series, Accumulation.Range range) {
    Duration length = Duration.between(series.start(range.from()), series.end(range.to() - 1));
    return Numbers.windowLength(length)
        + (range.windows() == 1 ? ", 1 window" : ", " + range.windows() + " windows");
  }

  private Verdict silence(WindowSeries series, Duration age) {
    int last = series.size() - 1;
    Duration window = Duration.between(series.start(last), series.end(last));
    Level level =
        switch (Freshness.of(age, window)) {
          case FRESH -> Level.GOOD;
          case OVERDUE -> Level.WARNING;
          case SILENT -> Level.BAD;
        };
    double limit = Freshness.overdueAfter(window).toMillis() / 1000.0;
    return new Verdict(
        level,
        Check.SILENCE,
        (level.alarms() ? "no new result for " : "newest result ")
            + Numbers.duration(age)
            + (level.alarms() ? "" : " old")
            + ", limit "
            + Numbers.windowLength(Freshness.overdueAfter(window))
            + (level.alarms() ? " at windows of " + Numbers.windowLength(window) : "")
            + " ("
            + Numbers.grouped(series.size())
            + " windows)",
        age.toMillis() / 1000.0,
        limit,
        series.size());
  }

  private static Verdict incomplete(int incomplete, int windows) {
    return new Verdict(
        Level.WARNING,
        Check.COMPLETENESS,
        String.format(
            Locale.ROOT,
            "%,d of %,d %s incomplete, limit 0: records deleted before they were read",
            incomplete,
            windows,
            windows == 1 ? "window" : "windows"),
        incomplete,
        0,
        windows);
  }

  private Verdict rate(
      WindowSeries series,
      Accumulation.Range range,
      Column column,
      String name,
      Optional<Column> exposure) {
    int split = Math.max(range.from(), range.to() - thresholds.whole(Limit.RATE_WINDOWS));
    // A run's first window is cut by the start of the stream.
    int first = Math.max(Math.max(1, range.from()), split - thresholds.whole(Limit.RATE_BEFORE));
    Count newest = count(series, split, range.to(), column, exposure);
    Count before = count(series, first, split, column, exposure);
    return RateCheck.judge(
        name, exposure.isPresent() ? " per hit of all" : "/s", newest, before, thresholds);
  }

  private static Count count(
      WindowSeries series, int from, int to, Column column, Optional<Column> exposure) {
    long hits = 0;
    double over = 0;
    for (int i = from; i < to; i++) {
      hits += series.get(column, i);
      over +=
          exposure.isPresent()
              ? series.get(exposure.get(), i)
              : (series.get(Column.END, i) - series.get(Column.START, i)) / 1000.0;
    }
    return new Count(hits, over);
  }
}
