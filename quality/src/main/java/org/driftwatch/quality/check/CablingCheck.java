package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntToLongFunction;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Verdict;

/**
 * Chambers that have been exchanged. Each chamber's cells have a pattern of their own: what they
 * gave before, or in a reference. Of two chambers with as many cells it is asked whether the hits
 * of both are likelier with the patterns exchanged: the logarithm of the likelihood ratio is the
 * sum, over the cells of both, of the hits times ln(rate of the other's cell / rate of the own).
 * Without exchange it is far below zero. A cell that flickers counts no more than a few times its
 * usual hits. Not safe for several threads.
 */
final class CablingCheck {
  /** Hits of a chamber before, from which its pattern is known. */
  private static final long LEAST_BEFORE = 3_000;

  /** Longer stretches tell nothing that these do not. */
  private static final long LONGEST_MILLIS = 60_000;

  /** Each stretch that is looked at is at least so many times longer than the one before. */
  private static final long SPACING = 2;

  private static final double MOST_TIMES = 3;

  /** No cell's rate is taken as less than this share of the mean: dead ones have some noise. */
  private static final double LEAST_SHARE = 0.02;

  /** Patterns that differ by less than this, in a second, cannot be told apart. */
  private static final double LEAST_INFORMATION = 0.5;

  /** About what a cell gives that is known to be hot. */
  private static final double HOT = 2.5;

  /**
   * Two chambers, and the rates that they are compared with: as the cells had them before, or as a
   * reference or the description has them. Once they are accused these stay.
   */
  private static final class Pair extends Accusation {
    final Columns.Place a;
    final Columns.Place b;
    double[] hzA = {};
    double[] hzB = {};
    boolean isSeen;
    double ratio;

    Pair(Columns.Place a, Columns.Place b) {
      this.a = a;
      this.b = b;
    }
  }

  private final Judge.Reference reference;
  private final double needed;
  private final List<Pair> pairs = new ArrayList<>();

  CablingCheck(Columns columns, Thresholds thresholds, Judge.Reference reference) {
    this.reference = reference;
    List<Columns.Place> places = columns.chambers();
    for (int i = 0; i < places.size(); i++) {
      for (int j = i + 1; j < places.size(); j++) {
        if (places.get(i).described().size() == places.get(j).described().size()) {
          pairs.add(new Pair(places.get(i), places.get(j)));
        }
      }
    }
    needed = -Math.log(thresholds.chance(Math.max(1, pairs.size())));
  }

  /**
   * Looks at those stretches that are due; what was before is known from all of them.
   *
   * @param due some of {@code all}, the shortest first
   */
  void look(List<Stretch> all, List<Stretch> due) {
    if (all.isEmpty()) {
      return;
    }
    Stretch without = all.get(Stretches.guard(all, 0));
    for (Pair pair : pairs) {
      if (!pair.isAccused()) {
        learn(pair, Stretches.since(all, pair.since()), without);
      }
      if (isTold(pair)) {
        look(pair, due);
      }
    }
  }

  /** True if the patterns differ at all, and both chambers have hits. */
  private static boolean isTold(Pair pair) {
    return pair.hzA.length > 0
        && pair.hzA[0] > 0
        && pair.hzB[0] > 0
        && information(pair.hzA, pair.hzB) > LEAST_INFORMATION;
  }

  private void look(Pair pair, List<Stretch> all) {
    double[] logarithms = new double[pair.hzA.length];
    Arrays.setAll(logarithms, cell -> Math.log(pair.hzB[cell] / pair.hzA[cell]));
    long next = 0;
    for (Stretch stretch : all) {
      if (stretch.millis() < next
          || stretch.millis() > LONGEST_MILLIS
          || !pair.mayUse(stretch.from())) {
        continue;
      }
      next = SPACING * stretch.millis();
      // Each of the two must say so, and as clearly as exchanged chambers would: one that has lost
      // a layer resembles nobody, and a cell that flickers makes no other chamber.
      double ofA = ratio(pair.a, pair, logarithms, stretch);
      double ofB = -ratio(pair.b, pair, logarithms, stretch);
      double ratio = ofA + ofB;
      if (!pair.isAccused()) {
        double half = stretch.seconds() / 2;
        if (ratio > needed
            && ofA > half * information(pair.hzB, pair.hzA)
            && ofB > half * information(pair.hzA, pair.hzB)) {
          pair.ratio = ratio;
          pair.accuse(stretch.from(), stretch.to());
          return;
        }
      } else if (pair.isAfter(stretch.from()) && ratio < -needed) {
        pair.end(stretch.from());
        return;
      }
    }
  }

  /** The rates of both: of the reference, else as they were seen, else as they are described. */
  private void learn(Pair pair, Stretch with, Stretch without) {
    IntToLongFunction before = column -> with.count(column) - without.count(column);
    pair.isSeen = false;
    if (isEnough(pair, reference::count)) {
      pair.hzA = hz(pair.a, reference::count, reference.seconds());
      pair.hzB = hz(pair.b, reference::count, reference.seconds());
    } else if (pair.mayUse(with.from()) && isEnough(pair, before)) {
      pair.isSeen = true;
      double seconds = with.seconds() - without.seconds();
      pair.hzA = hz(pair.a, before, seconds);
      pair.hzB = hz(pair.b, before, seconds);
    } else {
      pair.hzA = described(pair.a, with);
      pair.hzB = described(pair.b, with);
    }
  }

  private static boolean isEnough(Pair pair, IntToLongFunction counts) {
    return counts.applyAsLong(pair.a.hits()) >= LEAST_BEFORE
        && counts.applyAsLong(pair.b.hits()) >= LEAST_BEFORE;
  }

  /** The rate of each cell, 1/s. */
  private static double[] hz(Columns.Place place, IntToLongFunction counts, double seconds) {
    double[] hz = new double[place.described().size()];
    double least = LEAST_SHARE * counts.applyAsLong(place.hits()) / hz.length;
    Arrays.setAll(
        hz, cell -> Math.max(least, (double) counts.applyAsLong(place.cells() + cell)) / seconds);
    return hz;
  }

  /** The pattern as the description has it: all cells alike, but for those known to be bad. */
  private static double[] described(Columns.Place place, Stretch all) {
    Chamber chamber = place.described();
    double[] hz = new double[chamber.size()];
    Arrays.fill(hz, 1);
    chamber.hotCells().forEach(cell -> hz[cell] = HOT);
    chamber.weakCells().forEach(cell -> hz[cell] = LEAST_SHARE);
    chamber.deadCells().forEach(cell -> hz[cell] = LEAST_SHARE);
    double scale = all.count(place.hits()) / all.seconds() / Arrays.stream(hz).sum();
    Arrays.setAll(hz, cell -> hz[cell] * scale);
    return hz;
  }

  /**
   * Kullback-Leibler divergence of a pattern from another, times the rate: by how much its hits are
   * likelier with it than with the other, in a second on the average.
   */
  private static double information(double[] hz, double[] other) {
    double sum = 0;
    double all = 0;
    double allOfOther = 0;
    for (int cell = 0; cell < hz.length; cell++) {
      sum += hz[cell] * Math.log(hz[cell] / other[cell]);
      all += hz[cell];
      allOfOther += other[cell];
    }
    return sum - all * Math.log(all / allOfOther);
  }

  /** By how much the hits of a chamber are likelier with the pattern of b than with that of a. */
  private static double ratio(
      Columns.Place place, Pair pair, double[] logarithms, Stretch stretch) {
    double sum = 0;
    double hits = 0;
    double sumA = 0;
    double sumB = 0;
    for (int cell = 0; cell < logarithms.length; cell++) {
      double usual = Math.max(pair.hzA[cell], pair.hzB[cell]) * stretch.seconds();
      double count = Math.min((double) stretch.count(place.cells() + cell), MOST_TIMES * usual + 1);
      hits += count;
      sum += count * logarithms[cell];
      sumA += pair.hzA[cell];
      sumB += pair.hzB[cell];
    }
    // Of the pattern alone: the rate as a whole has checks of its own.
    return sum - hits * Math.log(sumB / sumA);
  }

  /** The verdict; none with one chamber, or before the first window. */
  Optional<Verdict> verdict(List<Stretch> all) {
    if (pairs.isEmpty() || all.isEmpty()) {
      return Optional.empty();
    }
    Optional<Pair> accused = pairs.stream().filter(pair -> pair.isAccused()).findFirst();
    if (accused.isEmpty()) {
      boolean isKnown = pairs.stream().anyMatch(CablingCheck::isTold);
      return Optional.of(
          Words.verdict(
              Subject.RUN,
              Check.CABLING,
              isKnown ? Level.GOOD : Level.UNDECIDED,
              all.get(0).seconds(),
              0,
              needed,
              0,
              isKnown
                  ? "each chamber's cells count as they should"
                  : "the patterns of the chambers' cells cannot be told apart yet"));
    }
    Pair pair = accused.get();
    Stretch stretch = Stretches.since(all, pair.since());
    return Optional.of(
        new Verdict(
            Subject.RUN,
            Check.CABLING,
            Level.BAD,
            stretch.seconds(),
            pair.ratio,
            needed,
            stretch.count(pair.a.hits()) + stretch.count(pair.b.hits()),
            OptionalDouble.empty(),
            List.of(pair.a.number(), pair.b.number()),
            Words.format(
                "chambers %d and %d seem to be exchanged for %s: each one's cells count as the"
                    + " other's did",
                pair.a.number(), pair.b.number(), Words.time(stretch.seconds()))));
  }

  void restore(Verdict alarm, long now) {
    for (Pair pair : pairs) {
      if (alarm.check() == Check.CABLING
          && alarm.cells().equals(List.of(pair.a.number(), pair.b.number()))
          && isTold(pair)
          && !pair.isAccused()) {
        if (pair.isSeen) {
          // They were exchanged when it was seen: what is usual of one is what the other gave.
          double[] hz = pair.hzA;
          pair.hzA = pair.hzB;
          pair.hzB = hz;
        }
        pair.ratio = alarm.value();
        pair.restore(now);
      }
    }
  }
}
