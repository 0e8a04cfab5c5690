package org.driftwatch.viewer.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * The edges of the drift-time box. On each side of the axis's expected middle a step is fitted by
 * maximum likelihood: Poisson counts of one mean before the edge and another behind it, the edge at
 * a bin's border; log L = n1 ln(n1/b1) + n2 ln(n2/b2) up to a constant, n hits in b bins. An edge
 * out of its limits is accused if every edge within them is less likely than the best one by more
 * than the chance of a false alarm (likelihood ratio); and a box is missed if no step at all is
 * about as likely as the best. The standard limits are those of a longest drift of 390 ns; for
 * others they go with it.
 */
final class DriftBoxCheck {
  private static final double STANDARD_DRIFT_NS = 390;

  private final double leftFrom;
  private final double leftTo;
  private final double rightFrom;
  private final double rightTo;
  private final Thresholds thresholds;

  private DriftBoxCheck(double maxDriftNs, Thresholds thresholds) {
    this.thresholds = thresholds;
    double factor = maxDriftNs / STANDARD_DRIFT_NS;
    leftFrom = thresholds.scaled(Limit.DRIFT_LEFT_FROM, factor);
    leftTo = thresholds.scaled(Limit.DRIFT_LEFT_TO, factor);
    rightFrom = thresholds.scaled(Limit.DRIFT_RIGHT_FROM, factor);
    rightTo = thresholds.scaled(Limit.DRIFT_RIGHT_TO, factor);
  }

  /** The check of a detector; empty if its box does not fit on the axis of drift times. */
  static Optional<DriftBoxCheck> of(double maxDriftNs, Thresholds thresholds) {
    DriftBoxCheck check = new DriftBoxCheck(maxDriftNs, thresholds);
    int[] axis = ChamberHistogram.DRIFT_TIME.edges(0, 0);
    boolean fits =
        check.leftFrom > axis[0]
            && check.leftTo + ChamberHistogram.DRIFT_BIN_NS < check.rightFrom
            && check.rightTo < axis[axis.length - 1];
    return fits ? Optional.of(check) : Optional.empty();
  }

  /** Where a step fits best, and how much better than elsewhere. */
  private record Step(double edge, double overAllowed, double overNone, boolean up) {}

  Verdict judge(Histogram drift) {
    long entries = drift.entries();
    double least = thresholds.get(Limit.DRIFT_MINIMUM_HITS);
    if (entries < least) {
      return new Verdict(
          Level.UNDECIDED,
          Check.DRIFT_BOX,
          String.format(
              Locale.ROOT,
              "too few drift times to judge the box: %,d, %s needed",
              entries,
              Figures.brief(least)),
          entries,
          least,
          entries);
    }
    int middle = 0;
    while (drift.edge(middle) < (leftTo + rightFrom) / 2) {
      middle++;
    }
    Step left = step(drift, 0, middle, leftFrom, leftTo);
    Step right = step(drift, middle, drift.bins(), rightFrom, rightTo);
    double needed = -Math.log(thresholds.get(Limit.FALSE_ALARM));
    String stands = String.format(Locale.ROOT, "(%,d hits)", entries);
    if (left.overNone() < needed || right.overNone() < needed || !left.up() || right.up()) {
      return new Verdict(
          Level.WARNING,
          Check.DRIFT_BOX,
          String.format(
              Locale.ROOT,
              "no box seen: expected edges at %s to %s and %s to %s ns %s",
              Figures.brief(leftFrom),
              Figures.brief(leftTo),
              Figures.brief(rightFrom),
              Figures.brief(rightTo),
              stands),
          Math.min(left.overNone(), right.overNone()),
          needed,
          entries);
    }
    List<String> faults = new ArrayList<>();
    double value = left.edge();
    double limit = value < leftFrom ? leftFrom : leftTo;
    if (left.overAllowed() > needed) {
      faults.add(fault("left", left.edge(), leftFrom, leftTo));
    }
    if (right.overAllowed() > needed) {
      if (faults.isEmpty()) {
        value = right.edge();
        limit = value < rightFrom ? rightFrom : rightTo;
      }
      faults.add(fault("right", right.edge(), rightFrom, rightTo));
    }
    String reason =
        faults.isEmpty()
            ? String.format(
                Locale.ROOT,
                "box %s to %s ns, limits %s to %s and %s to %s",
                Figures.brief(left.edge()),
                Figures.brief(right.edge()),
                Figures.brief(leftFrom),
                Figures.brief(leftTo),
                Figures.brief(rightFrom),
                Figures.brief(rightTo))
            : String.join("; ", faults);
    return new Verdict(
        faults.isEmpty() ? Level.GOOD : Level.BAD,
        Check.DRIFT_BOX,
        reason + " " + stands,
        value,
        limit,
        entries);
  }

  private static String fault(String side, double edge, double from, double to) {
    return String.format(
        Locale.ROOT,
        "%s edge of the drift box at %s ns, limits %s to %s",
        side,
        Figures.brief(edge),
        Figures.brief(from),
        Figures.brief(to));
  }

  private static Step step(Histogram h, int from, int to, double allowedFrom, double allowedTo) {
    long all = 0;
    for (int bin = from; bin < to; bin++) {
      all += h.count(bin);
    }
    double best = Double.NEGATIVE_INFINITY;
    double allowed = Double.NEGATIVE_INFINITY;
    int at = from + 1;
    boolean up = false;
    long before = 0;
    for (int edge = from + 1; edge < to; edge++) {
      before += h.count(edge - 1);
      double likelihood = term(before, edge - from) + term(all - before, to - edge);
      if (likelihood > best) {
        best = likelihood;
        at = edge;
        up = before / (double) (edge - from) < (all - before) / (double) (to - edge);
      }
      if (h.edge(edge) >= allowedFrom && h.edge(edge) <= allowedTo) {
        allowed = Math.max(allowed, likelihood);
      }
    }
    return new Step(h.edge(at), best - allowed, best - term(all, to - from), up);
  }

  private static double term(long hits, int bins) {
    return hits == 0 ? 0 : hits * Math.log(hits / (double) bins);
  }
}
