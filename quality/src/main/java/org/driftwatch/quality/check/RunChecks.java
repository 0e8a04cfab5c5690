package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.CountStatistics;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/** What is looked at of the run as a whole, in its windows. Not safe for several threads. */
final class RunChecks {
  /** So many records without a single hit are no accident. */
  private static final long RECORDS_WITHOUT_HIT = 200;

  /** Room for chance in what the chambers have in common. */
  private static final double COMMON = 1.1;

  private final Thresholds thresholds;
  private final Rates total;
  private final Optional<Rates> scintillator;
  private final Watch scintillatorShare = new Watch();
  private final double expectedShare;
  private final Watch.Limits shareLimits;
  private final RateVerdict totalWords;
  private final RateVerdict scintillatorWords;
  private final ShareWatch malformed;
  private final ShareWatch other;
  private final double malformedLimit;
  private double otherLimit;

  RunChecks(DetectorDescription detector, Thresholds thresholds, Judge.Reference reference) {
    this.thresholds = thresholds;
    double chance = thresholds.chance(1);
    totalWords =
        new RateVerdict(
            Check.RATE,
            "hit rate",
            thresholds.get(Limit.RATE_LOW_WARNING),
            thresholds.get(Limit.RATE_LOW_BAD),
            thresholds.get(Limit.RATE_HIGH_WARNING),
            thresholds.get(Limit.RATE_HIGH_BAD));
    scintillatorWords =
        new RateVerdict(
            Check.SCINTILLATOR,
            "scintillator rate",
            thresholds.get(Limit.SCINTILLATOR_LOW_WARNING),
            thresholds.get(Limit.SCINTILLATOR_LOW_BAD),
            thresholds.get(Limit.SCINTILLATOR_HIGH_WARNING),
            thresholds.get(Limit.SCINTILLATOR_HIGH_BAD));
    total = rate(Columns.HITS, reference, totalWords, chance, true);
    scintillator =
        detector.scintillators().isEmpty()
            ? Optional.empty()
            : Optional.of(rate(Columns.SCINTILLATOR, reference, scintillatorWords, chance, false));
    expectedShare = detector.expected().scintillatorShare();
    shareLimits =
        new Watch.Limits(
            thresholds.get(Limit.SCINTILLATOR_LOW_BAD), Double.POSITIVE_INFINITY, chance);
    malformedLimit = thresholds.get(Limit.RECORDS_WARNING) / 100;
    malformed =
        new ShareWatch(
            Check.MALFORMED,
            "of the records were malformed",
            thresholds.get(Limit.RECORDS_BAD) / 100,
            chance);
    other = new ShareWatch(Check.OTHER_HITS, "of the hits are of no chamber", 1, chance);
    otherLimit = 1;
  }

  private static Rates rate(
      int column, Judge.Reference reference, RateVerdict words, double chance, boolean twice) {
    return new Rates(
        (stretch, i) -> stretch.count(column),
        new double[] {reference.hz(column)},
        new Watch.Limits(words.lowWarning(), words.highWarning(), chance),
        twice);
  }

  void look(List<Stretch> all, double[] common) {
    // A step of the total is the run's if the chambers have made it together.
    total.look(
        all,
        Rates.ones(all.size()),
        (k, direction) ->
            direction < 0
                ? common[k] < totalWords.lowWarning() * COMMON
                : common[k] > totalWords.highWarning() / COMMON);
    scintillator.ifPresent(rates -> rates.look(all, common));
    lookAtShare(all);
    malformed.look(parts(all, Columns.MALFORMED), malformedLimit);
    if (!other.isAccused()) {
      otherLimit = otherLimit(all);
    }
    other.look(parts(all, Columns.OTHER), otherLimit);
  }

  /** True while all rates have stepped. */
  boolean hasStepped() {
    return total.isAccused(0);
  }

  /** Where the description says how many scintillator hits there are among all. */
  private void lookAtShare(List<Stretch> all) {
    for (Stretch stretch : all) {
      double expected = expectedShare * stretch.count(Columns.HITS);
      long count = stretch.count(Columns.SCINTILLATOR);
      if (expected > 0 && scintillatorShare.look(count, expected, shareLimits, stretch)) {
        return;
      }
    }
  }

  /** What was usual before, and more. */
  private double otherLimit(List<Stretch> all) {
    Stretch longest = all.get(all.size() - 1);
    Stretch newest = all.get(Stretches.guard(all, 0));
    double hits = longest.counts()[Columns.HITS] - newest.counts()[Columns.HITS];
    double others = longest.counts()[Columns.OTHER] - newest.counts()[Columns.OTHER];
    if (hits <= 0) {
      return 1;
    }
    return Math.min(
        1,
        Math.max(
            thresholds.get(Limit.OTHER_HITS) / 100,
            thresholds.get(Limit.OTHER_HITS_FACTOR) * others / hits));
  }

  private static List<ShareWatch.Part> parts(List<Stretch> all, int column) {
    List<ShareWatch.Part> parts = new ArrayList<>();
    for (Stretch s : all) {
      long among =
          column == Columns.MALFORMED
              ? s.counts()[Columns.RECORDS] + s.counts()[Columns.MALFORMED]
              : s.counts()[Columns.HITS];
      parts.add(new ShareWatch.Part(s.from(), s.to(), s.seconds(), s.counts()[column], among));
    }
    return parts;
  }

  void verdicts(List<Stretch> all, double[] common, List<Verdict> verdicts) {
    verdicts.add(hits(all));
    verdicts.add(rate(all));
    scintillator.ifPresent(rates -> verdicts.add(scintillator(rates, all, common)));
    verdicts.add(malformed.verdict(parts(all, Columns.MALFORMED), malformedLimit));
    if (otherLimit < 1) {
      verdicts.add(other.verdict(parts(all, Columns.OTHER), otherLimit));
    }
    verdicts.add(incomplete(Stretches.shown(all, Long.MIN_VALUE)));
  }

  private static Verdict hits(List<Stretch> all) {
    Stretch without = all.get(0);
    for (Stretch stretch : all) {
      if (stretch.counts()[Columns.HITS] == 0) {
        without = stretch;
      }
    }
    long records = without.counts()[Columns.RECORDS];
    long hits = without.counts()[Columns.HITS];
    String time = Words.time(without.seconds());
    Level level =
        hits > 0 ? Level.GOOD : records >= RECORDS_WITHOUT_HIT ? Level.BAD : Level.UNDECIDED;
    return Words.verdict(
        Subject.RUN,
        Check.HITS,
        level,
        without.seconds(),
        (double) hits,
        1,
        records,
        hits > 0
            ? Words.format("%,d hits in %s", hits, time)
            : Words.format("no hit among %,d records in %s", records, time));
  }

  private Verdict rate(List<Stretch> all) {
    Rates.State state = total.state(0, all, Rates.ones(all.size()));
    double hz = state.hz();
    double lowest = thresholds.get(Limit.RATE_LOWEST);
    double highest = thresholds.get(Limit.RATE_HIGHEST);
    double expectedLow = lowest * state.stretch().seconds();
    double expectedHigh = highest * state.stretch().seconds();
    double chance = thresholds.chance(1);
    boolean isLow =
        state.count() < expectedLow
            && CountStatistics.poissonAtMost(state.count(), expectedLow) < chance;
    boolean isHigh =
        state.count() > expectedHigh
            && CountStatistics.poissonAtLeast(state.count(), expectedHigh) < chance;
    if (isLow || isHigh) {
      double limit = isLow ? lowest : highest;
      return Words.verdict(
          Subject.RUN,
          Check.RATE,
          Level.BAD,
          state.stretch().seconds(),
          hz,
          limit,
          state.count(),
          Words.format(
              "hit rate %s/s in %s, limit %s/s",
              Words.number(hz), Words.time(state.stretch().seconds()), Words.number(limit)));
    }
    return totalWords.of(Subject.RUN, state);
  }

  private Verdict scintillator(Rates rates, List<Stretch> all, double[] common) {
    Rates.State state = rates.state(0, all, common);
    Verdict verdict = scintillatorWords.of(Subject.RUN, state);
    if (!scintillatorShare.isAccused() || verdict.level().alarms()) {
      return verdict;
    }
    Stretch stretch = Stretches.shown(all, scintillatorShare.since());
    long count = stretch.counts()[Columns.SCINTILLATOR];
    double expected = expectedShare * stretch.counts()[Columns.HITS];
    return new Verdict(
        Subject.RUN,
        Check.SCINTILLATOR,
        Level.BAD,
        stretch.seconds(),
        count / stretch.seconds(),
        shareLimits.low() * expected / stretch.seconds(),
        count,
        OptionalDouble.of(expected / stretch.seconds()),
        List.of(),
        Words.format(
            "scintillator %s: %,d hits in %s, %s expected of %,d hits; limit %s of that",
            count == 0 ? "silent" : "weak",
            count,
            Words.time(stretch.seconds()),
            Words.number(expected),
            stretch.counts()[Columns.HITS],
            Words.percent(shareLimits.low())));
  }

  private static Verdict incomplete(Stretch stretch) {
    long incomplete = stretch.counts()[Columns.INCOMPLETE];
    String time = Words.time(stretch.seconds());
    return Words.verdict(
        Subject.RUN,
        Check.INCOMPLETE,
        incomplete > 0 ? Level.WARNING : Level.GOOD,
        stretch.seconds(),
        (double) incomplete,
        0,
        stretch.windows(),
        incomplete > 0
            ? Words.format(
                "%,d of %,d windows in %s incomplete, limit 0: records were deleted before they"
                    + " were read",
                incomplete, stretch.windows(), time)
            : Words.format("%,d windows in %s complete", stretch.windows(), time));
  }

  void restore(Verdict alarm, long now) {
    switch (alarm.check()) {
      case RATE -> total.restore(0, alarm.value(), alarm.expected().orElse(0), now);
      case SCINTILLATOR ->
          scintillator.ifPresent(
              rates -> rates.restore(0, alarm.value(), alarm.expected().orElse(0), now));
      case MALFORMED -> malformed.restore(now);
      case OTHER_HITS -> {
        otherLimit = alarm.limit() / 100;
        other.restore(now);
      }
      default -> {
        // The others follow from the windows and from what is there now.
      }
    }
  }

  void accept(Check check, List<Stretch> all) {
    if (check == Check.RATE) {
      total.accept(0, all);
    } else if (check == Check.SCINTILLATOR) {
      scintillator.ifPresent(rates -> rates.accept(0, all));
    }
  }
}
