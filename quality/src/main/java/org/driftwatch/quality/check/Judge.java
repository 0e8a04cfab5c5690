package org.driftwatch.quality.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/**
 * Judges a run as its windows come. The same windows in the same order give the same verdicts. What
 * is accused stays accused until it is seen to be back, for as long as it lasts. Not safe for
 * several threads.
 */
public final class Judge {
  /** Stretches of the past are judged in at most so many steps. */
  private static final int MOST_STEPS = 2_000;

  /** Windows of before are looked at so often. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final DetectorDescription detector;
  private final Columns columns;
  private final Stretches stretches;
  private final StatusChecks status;
  private final RunChecks run;
  private final List<ChamberChecks> chambers = new ArrayList<>();
  private final Rates chamberRates;
  private final CablingCheck cabling;
  private final TrackChecks tracks;
  private final ResultsCheck results;
  private Optional<Instant> newest = Optional.empty();

  /** End of the newest window that was looked at. */
  private Instant looked = Instant.EPOCH;

  private Optional<String> objection = Optional.empty();

  /**
   * A judge that has seen nothing.
   *
   * @param reference windows of a healthy run of this detector, added up, to compare with; empty
   *     for what was before
   */
  public Judge(
      DetectorDescription detector, Thresholds thresholds, Optional<WindowSummary> reference) {
    this(detector, thresholds, reference, false);
  }

  private Judge(
      DetectorDescription detector,
      Thresholds thresholds,
      Optional<WindowSummary> reference,
      boolean beginsWhole) {
    this.detector = detector;
    columns = new Columns(detector, thresholds);
    stretches = new Stretches(columns.size(), beginsWhole);
    Optional<WindowSummary> sound = reference.filter(columns::fits);
    Reference compared = new Reference(columns, sound);
    status = new StatusChecks(thresholds);
    results = new ResultsCheck(thresholds, status);
    List<Columns.Place> places = columns.chambers();
    chamberRates =
        new Rates(
            new Rates.Counting() {
              @Override
              public long of(Stretch stretch, int i) {
                return chambers.get(i).steadyHits(stretch);
              }

              @Override
              public double together(Stretch stretch, int i) {
                return columns.hitsTogether(places.get(i), stretch);
              }
            },
            places.stream().mapToDouble(place -> compared.hz(place.hits())).toArray(),
            new Watch.Limits(
                thresholds.get(Limit.CHAMBER_LOW_WARNING),
                thresholds.get(Limit.CHAMBER_HIGH_WARNING),
                thresholds.chance(places.size())),
            false);
    run = new RunChecks(detector, thresholds, compared);
    cabling = new CablingCheck(columns, thresholds, compared);
    tracks = new TrackChecks(detector, columns, thresholds);
    for (Columns.Place place : places) {
      chambers.add(new ChamberChecks(detector, columns, place, thresholds, compared));
    }
  }

  /** Why a reference cannot be compared with, in one line; empty if it can. */
  public static Optional<String> objection(DetectorDescription detector, WindowSummary summary) {
    if (new Columns(detector, Thresholds.standard()).fits(summary)) {
      return Optional.empty();
    }
    int[] cells = summary.chambers().stream().mapToInt(chamber -> chamber.cells()).toArray();
    return Optional.of(
        Words.format(
            "%d chambers of %s cells, those of detector '%s' have %s; name the right description"
                + " with --detector",
            cells.length,
            Arrays.toString(cells),
            detector.name(),
            Arrays.toString(detector.cellsOfChambers())));
  }

  /**
   * Takes a window: the newest, or a later revision of one that it has. One of another detector is
   * not taken, and the verdict on the description says so until a right one comes.
   */
  public void window(WindowSummary window) {
    take(window, true);
  }

  /**
   * The same of a window of before, which others follow: to catch up with a long run. All of them
   * count, but they are looked at every ten seconds only.
   */
  public void windowOfBefore(WindowSummary window) {
    take(window, false);
  }

  private void take(WindowSummary window, boolean atOnce) {
    if (window.window().isEmpty()) {
      return;
    }
    objection = columns.fits(window) ? Optional.empty() : objection(detector, window);
    if (objection.isPresent()) {
      return;
    }
    WindowSummary.Span span = window.window().get();
    if (stretches.put(span, columns.counts(window))) {
      newest = Optional.of(span.start());
      if (atOnce || !span.end().isBefore(looked.plus(BETWEEN_LOOKS))) {
        looked = span.end();
        look();
      }
    }
  }

  private void look() {
    List<Stretch> all = stretches.all();
    if (all.isEmpty()) {
      cabling.look(stretches.begun(), stretches.begun());
      return;
    }
    List<Stretch> due = stretches.due();
    double[] ones = Rates.ones(all.size());
    chambers.forEach(chamber -> chamber.lookAtCells(due));
    chamberRates.look(all, ones);
    run.look(all, chamberRates.shared());
    chamberRates.hold(run.hasStepped(), all);
    cabling.look(all, due);
    for (ChamberChecks chamber : chambers) {
      chamber.look(all, due, chamberRates);
    }
    tracks.look(due);
  }

  /** Takes the monitor's newest status. */
  public void status(StatusMessage newestStatus) {
    status.status(newestStatus);
  }

  /** The verdicts as of the newest window and now. */
  public Judgement judge(Flow flow) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Stretch> all = stretches.all();
    results.verdict(flow, stretches.newestMillis()).ifPresent(verdicts::add);
    for (Verdict told : status.verdicts(flow.sinceStatus())) {
      if (told.check() != Check.DESCRIPTION || objection.isEmpty()) {
        verdicts.add(told);
      }
    }
    objection.ifPresent(
        why ->
            verdicts.add(
                Words.verdict(
                    Subject.RUN,
                    Check.DESCRIPTION,
                    Level.BAD,
                    0,
                    0,
                    0,
                    0,
                    "results are another detector's: " + why)));
    if (all.isEmpty()) {
      verdicts.add(Words.undecided(Subject.RUN, Check.HITS, 0, "no whole window yet"));
      cabling
          .verdict(stretches.begun())
          .filter(verdict -> verdict.level().alarms())
          .ifPresent(verdicts::add);
      return new Judgement(newest, verdicts);
    }
    run.verdicts(all, chamberRates.shared(), verdicts);
    cabling.verdict(all).ifPresent(verdicts::add);
    tracks.alignment(all).ifPresent(verdicts::add);
    for (int i = 0; i < chambers.size(); i++) {
      chambers.get(i).verdicts(all, chamberRates, verdicts);
      if (!chambers.get(i).isDead()) {
        tracks.verdicts(i, all, verdicts);
      }
    }
    return new Judgement(newest, verdicts);
  }

  /**
   * Takes up the alarms of an earlier judge of the same run, with what they expected. To be called
   * once the windows of the time before are taken.
   */
  public void restore(Collection<Verdict> alarms) {
    List<Stretch> all = stretches.all();
    long now = all.isEmpty() ? Long.MIN_VALUE : all.get(0).to();
    for (Verdict alarm : alarms) {
      if (!alarm.level().alarms()) {
        continue;
      }
      tracks.restore(alarm, now);
      if (alarm.subject().isRun()) {
        run.restore(alarm, now);
        cabling.restore(alarm, now);
        status.restore(alarm.check(), now);
      } else if (alarm.subject().chamber() < chambers.size()) {
        chambers.get(alarm.subject().chamber()).restore(alarm, chamberRates, now);
      }
    }
  }

  /**
   * Takes what is there now as what is expected from now on, if the check compares with what was
   * before: rates and the muon peak. Others are not changed.
   */
  public void accept(Subject subject, Check check) {
    List<Stretch> all = stretches.all();
    if (all.isEmpty()) {
      return;
    }
    if (subject.isRun()) {
      run.accept(check, all);
      if (check == Check.RATE) {
        // A step that all chambers made is the run's: each is expected as it is now, too.
        for (int i = 0; i < chamberRates.size(); i++) {
          chamberRates.accept(i, all);
        }
      }
    } else if (subject.chamber() < chambers.size()) {
      chambers.get(subject.chamber()).accept(check, all, chamberRates);
    }
  }

  /**
   * Judges a stretch of the past: the worst verdict of each check over it.
   *
   * @param windows the windows of the stretch in order, or sums of some of them in a row
   */
  public static Judgement past(
      DetectorDescription detector,
      Thresholds thresholds,
      Optional<WindowSummary> reference,
      List<WindowSummary> windows) {
    Judge judge = new Judge(detector, thresholds, reference, true);
    Map<String, Verdict> worst = new TreeMap<>();
    Optional<Instant> newest = Optional.empty();
    int each = Math.max(1, (windows.size() + MOST_STEPS - 1) / MOST_STEPS);
    for (int i = 0; i < windows.size(); i++) {
      judge.window(windows.get(i));
      if (i % each != 0 && i < windows.size() - 1) {
        continue;
      }
      Judgement now = judge.judge(Flow.PAST);
      newest = now.window();
      for (Verdict verdict : now.verdicts()) {
        worst.merge(verdict.key(), verdict, Judge::worse);
      }
    }
    return windows.isEmpty()
        ? judge.judge(Flow.PAST)
        : new Judgement(newest, List.copyOf(worst.values()));
  }

  /** Of two verdicts the worse; of alarms alike the first, of others the later. */
  private static Verdict worse(Verdict before, Verdict now) {
    if (before.level().alarms() || now.level().alarms()) {
      return now.level().compareTo(before.level()) > 0 ? now : before;
    }
    return now;
  }

  /** Time since which a result is overdue, at windows of this length. */
  public static Duration overdueAfter(Thresholds thresholds, Duration window) {
    return ResultsCheck.overdueAfter(thresholds, window.toMillis());
  }

  /** What a healthy run has given; nothing where there is none. */
  static final class Reference {
    private final Optional<WindowSummary> summary;
    private final long[] counts;
    private final double seconds;

    Reference(Columns columns, Optional<WindowSummary> summary) {
      this.summary = summary;
      counts = summary.map(columns::counts).orElseGet(() -> new long[columns.size()]);
      seconds = summary.flatMap(WindowSummary::window).map(WindowSummary.Span::seconds).orElse(0.0);
    }

    Optional<WindowSummary> summary() {
      return summary;
    }

    /** Its rate of a count, 1/s; 0 if it has none. */
    double hz(int column) {
      return seconds > 0 ? counts[column] / seconds : 0;
    }

    /** Its length, s; 0 if there is none. */
    double seconds() {
      return seconds;
    }

    /** Its count; 0 if it has none. */
    long count(int column) {
      return counts[column];
    }

    /** Its share of some counts among all these; 0 if it has none. */
    double share(int column, int[] among) {
      long all = IntStream.of(among).mapToLong(i -> counts[i]).sum();
      return all > 0 ? counts[column] / (double) all : 0;
    }
  }
}
