package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/**
 * The edges of the drift-time box, and so t0 and the longest drift. The model: a share of the drift
 * times is spread evenly over the axis, the others between a left and a right edge. Both edges are
 * fitted by maximum likelihood, in steps of two nanoseconds. They are accused if all edges within
 * the limits are less likely than the best ones by more than the chance of a false accusation
 * allows (likelihood ratio); and a box is missed if no box at all is about as likely as the best.
 * The standard limits are those of a longest drift of 390 ns; for others they go with it.
 *
 * <p>Electronic resolution and the gas blur the edges by some nanoseconds: the limits have room for
 * that. Not safe for several threads.
 */
final class DriftBoxCheck {
  /** The longest drift that the standard limits are of, ns. */
  static final double STANDARD_DRIFT_NS = 390;

  private static final double STEP_NS = 2;
  private static final double BIN_NS = ChamberHistogram.DRIFT_BIN_NS;
  private static final double FIRST_NS = ChamberHistogram.DRIFT_FIRST_NS;
  private static final int BINS = ChamberHistogram.DRIFT_BINS;
  private static final double LAST_NS = FIRST_NS + BIN_NS * BINS;

  /** Share of drift times per bin outside of the box is never taken as less than this. */
  private static final double LEAST_OUTSIDE = 2e-5;

  /**
   * How firmly that least share is believed before drift times come: as if so many of them, far
   * from the box, had told of it.
   */
  private static final double BELIEVED = 0.1;

  /** Where times are late, the left edge is sought up to so much later, and so on. */
  private static final double SHIFT_NS = 40;

  /** Evidence of gaps is worth this much less. */
  private static final double GAPS = 3;

  /** Windows with times where none should be, from which on they count. */
  private static final int LEAST_WINDOWS = 2;

  /** The edges of an accused box are known to about this. */
  private static final double ROOM_NS = 12;

  /** What is far from the box, in bins from either edge. */
  private static final int FAR_BINS = 5;

  private static final int ROUNDS = 3;

  /** Stretches are about so much longer than the one before. */
  private static final double SPACING = 1.2;

  private final Columns.Place place;
  private final Subject subject;
  private final double leftFrom;
  private final double leftTo;
  private final double rightFrom;
  private final double rightTo;
  private final double least;
  private final double needed;

  /** Bins that are far from the box: so many on the left, and from this one on to the right. */
  private final int farLeft;

  private final int farRight;
  private final long referenceLeft;
  private final long referenceRight;
  private final long referenceAll;

  private final Accusation accusation = new Accusation();
  private Box accused = new Box(0, 0, 0);
  private double outsideLeft = LEAST_OUTSIDE;
  private double outsideRight = LEAST_OUTSIDE;

  /** Sums of the counts up to each bin. */
  private final long[] upTo = new long[BINS + 1];

  /** Edges, and the logarithm of their likelihood. */
  private record Box(double left, double right, double likelihood) {}

  private DriftBoxCheck(
      Columns.Place place,
      double maxDriftNs,
      Thresholds thresholds,
      int chambers,
      Judge.Reference reference) {
    this.place = place;
    subject = new Subject(place.number());
    double factor = maxDriftNs / STANDARD_DRIFT_NS;
    leftFrom = thresholds.scaled(Limit.DRIFT_LEFT_FROM, factor);
    leftTo = thresholds.scaled(Limit.DRIFT_LEFT_TO, factor);
    rightFrom = thresholds.scaled(Limit.DRIFT_RIGHT_FROM, factor);
    rightTo = thresholds.scaled(Limit.DRIFT_RIGHT_TO, factor);
    least = thresholds.get(Limit.DRIFT_MINIMUM_HITS);
    needed = -Math.log(thresholds.chance(chambers));
    farLeft = (int) ((leftFrom - FIRST_NS) / BIN_NS) - FAR_BINS;
    farRight = (int) ((rightTo - FIRST_NS) / BIN_NS) + FAR_BINS;
    referenceLeft = count(reference, 0, farLeft);
    referenceRight = count(reference, farRight, BINS);
    referenceAll = count(reference, 0, BINS);
  }

  private long count(Judge.Reference reference, int from, int to) {
    return IntStream.range(from, to).mapToLong(bin -> reference.count(place.drift() + bin)).sum();
  }

  /** The check of a chamber; empty if its box does not fit on the axis of drift times. */
  static Optional<DriftBoxCheck> of(
      Columns.Place place,
      double maxDriftNs,
      Thresholds thresholds,
      int chambers,
      Judge.Reference reference) {
    DriftBoxCheck check = new DriftBoxCheck(place, maxDriftNs, thresholds, chambers, reference);
    boolean fits =
        check.leftFrom > FIRST_NS
            && check.leftTo + BIN_NS < check.rightFrom
            && check.rightTo < FIRST_NS + BIN_NS * BINS;
    return fits ? Optional.of(check) : Optional.empty();
  }

  private long load(Stretch stretch) {
    for (int bin = 0; bin < BINS; bin++) {
      upTo[bin + 1] = upTo[bin] + stretch.counts()[place.drift() + bin];
    }
    return upTo[BINS];
  }

  /** What is outside of the box, on both sides, is known from far away of it. */
  private void lookOutside(Stretch longest) {
    long all = load(longest) + referenceAll;
    if (farLeft > 0 && farRight < BINS) {
      outsideLeft = outside(upTo[farLeft] + referenceLeft, all, farLeft);
      outsideRight = outside(upTo[BINS] - upTo[farRight] + referenceRight, all, BINS - farRight);
    }
  }

  /**
   * Share of the drift times in a bin outside of the box. A healthy detector has next to none
   * there. Only because that is believed from the start is a shift found as soon there as in
   * mid-run.
   */
  private static double outside(long far, long all, int bins) {
    return Math.max(
        LEAST_OUTSIDE, (far + BELIEVED) / ((double) all * bins + BELIEVED / LEAST_OUTSIDE));
  }

  /** Log-likelihood of a box. */
  private double likelihood(double left, double right) {
    double from = (left - FIRST_NS) / BIN_NS;
    double to = (right - FIRST_NS) / BIN_NS;
    int first = (int) Math.floor(from);
    int last = (int) Math.floor(to);
    double share = Math.min(0.9, outsideLeft * from + outsideRight * (BINS - to));
    double inside = (1 - share) / (to - from);
    double sum =
        upTo[first] * Math.log(outsideLeft)
            + (upTo[BINS] - upTo[Math.min(BINS, last + 1)]) * Math.log(outsideRight);
    if (first == last) {
      return sum + count(first) * Math.log(outsideLeft + inside * (to - from));
    }
    sum += count(first) * Math.log(outsideLeft * (from - first) + inside * (first + 1 - from));
    sum += count(last) * Math.log(outsideRight * (last + 1 - to) + inside * (to - last));
    return sum + (upTo[last] - upTo[first + 1]) * Math.log(inside);
  }

  private long count(int bin) {
    return bin < BINS ? upTo[bin + 1] - upTo[bin] : 0;
  }

  /** The likeliest box with its edges in these ranges, one edge after the other. */
  private Box best(
      double leftLow, double leftHigh, double rightLow, double rightHigh, double step) {
    double left = Math.max(leftLow, Math.min(leftHigh, (leftFrom + leftTo) / 2));
    double right = Math.max(rightLow, Math.min(rightHigh, (rightFrom + rightTo) / 2));
    for (int round = 0; round < ROUNDS; round++) {
      double leftBefore = left;
      double rightBefore = right;
      double fixedLeft = left;
      right = best(edge -> likelihood(fixedLeft, edge), right, rightLow, rightHigh, step);
      double fixedRight = right;
      left = best(edge -> likelihood(edge, fixedRight), left, leftLow, leftHigh, step);
      if (left == leftBefore && right == rightBefore) {
        break;
      }
    }
    return new Box(left, right, likelihood(left, right));
  }

  /** The likeliest place of an edge: in steps of a bin, then in the wanted ones around the best. */
  private static double best(
      DoubleUnaryOperator likelihood, double at, double low, double high, double step) {
    double found = scan(likelihood, at, low, high, BIN_NS);
    return step == BIN_NS
        ? found
        : scan(
            likelihood, found, Math.max(low, found - BIN_NS), Math.min(high, found + BIN_NS), step);
  }

  private static double scan(
      DoubleUnaryOperator likelihood, double at, double low, double high, double step) {
    double found = at;
    double most = likelihood.applyAsDouble(at);
    int steps = (int) Math.ceil((high - low) / step);
    for (int i = 0; i <= steps; i++) {
      double edge = Math.min(high, low + i * step);
      double now = likelihood.applyAsDouble(edge);
      if (now > most) {
        most = now;
        found = edge;
      }
    }
    return found;
  }

  private Box allowed() {
    return best(leftFrom, leftTo, rightFrom, rightTo, STEP_NS);
  }

  /** The likeliest box wherever it is. */
  private Box free() {
    double middle = (leftTo + rightFrom) / 2;
    return best(FIRST_NS + BIN_NS, middle - BIN_NS, middle + BIN_NS, LAST_NS - BIN_NS, STEP_NS);
  }

  /**
   * By how much edges out of the limits are likelier than those within, in units of what is needed
   * to accuse them. A second muon in an orbit gives several times where none should be: they count
   * once there are some in two windows. Hits of one muon have similar drift times, so gaps come by
   * chance more easily: what tells of edges further in is worth a third.
   */
  private double evidence(Stretch stretch, double allowed) {
    double most = Double.NEGATIVE_INFINITY;
    if (stretch.count(place.early() + 1) >= LEAST_WINDOWS) {
      most = best(leftFrom, leftTo + SHIFT_NS, rightTo, LAST_NS - BIN_NS, STEP_NS).likelihood();
    }
    if (stretch.count(place.early()) >= LEAST_WINDOWS) {
      double early =
          best(FIRST_NS + BIN_NS, leftFrom, rightFrom - SHIFT_NS, rightTo, STEP_NS).likelihood();
      most = Math.max(most, early);
    }
    double middle = (leftTo + rightFrom) / 2;
    double narrow = best(leftFrom, middle - BIN_NS, middle + BIN_NS, rightTo, STEP_NS).likelihood();
    return Math.max((most - allowed) / needed, (narrow - allowed) / (GAPS * needed));
  }

  /**
   * Looks at those stretches that are due; what is outside of the box is known from all of them.
   *
   * @param due some of {@code all}, the shortest first
   */
  void look(List<Stretch> all, List<Stretch> due) {
    if (all.isEmpty()) {
      return;
    }
    lookOutside(all.get(all.size() - 1));
    if (accusation.isAccused()) {
      lookIfOver(due);
      return;
    }
    double next = 0;
    for (Stretch stretch : due) {
      if (!accusation.mayUse(stretch.from()) || load(stretch) < Math.max(least, next)) {
        continue;
      }
      next = SPACING * upTo[BINS];
      if (!isPlainlyGood() && isOff(stretch)) {
        accused = free();
        accusation.accuse(stretch.from(), stretch.to());
        return;
      }
    }
  }

  /**
   * It is over where a box within the limits is likelier by far than the one accused, with some
   * room around that. The longer it lasts, the better its edges are known.
   */
  private void lookIfOver(List<Stretch> all) {
    for (Stretch stretch : all) {
      if (!accusation.isAfter(stretch.from()) || load(stretch) < least) {
        continue;
      }
      double lasting = likelihood(accused.left() - ROOM_NS, accused.right() + ROOM_NS);
      if (allowed().likelihood() - lasting > needed) {
        accusation.end(stretch.from());
        return;
      }
    }
    Stretch since = Stretches.since(all, accusation.since());
    if (load(since) >= least && evidence(since, allowed().likelihood()) > 1) {
      accused = free();
    }
  }

  private boolean isOff(Stretch stretch) {
    double allowed = allowed().likelihood();
    return (evidence(stretch, allowed) > 1 && !isAllowed(free()))
        || (isEnough() && allowed - noBox() < needed);
  }

  /**
   * True where edges are within the limits. No box has edges as sharp as the ones that are compared
   * here: of very many drift times some box out of the limits always seems likelier than one
   * within, but not the likeliest of all.
   */
  private boolean isAllowed(Box box) {
    return box.left() >= leftFrom
        && box.left() <= leftTo
        && box.right() >= rightFrom
        && box.right() <= rightTo;
  }

  /**
   * True without any fit if next to nothing lies out of the limits and nothing is missing within:
   * then no edges out of the limits can be likelier by far.
   */
  private boolean isPlainlyGood() {
    int left = place.left();
    int right = place.right();
    long all = upTo[BINS];
    double usual = all * (outsideLeft * left + outsideRight * (BINS - right));
    if (upTo[left] + all - upTo[right] > usual + 1) {
      return false;
    }
    int first = (int) Math.ceil((leftTo - FIRST_NS) / BIN_NS);
    int last = (int) Math.floor((rightFrom - FIRST_NS) / BIN_NS);
    double perBin = (upTo[last] - upTo[first]) / (double) (last - first);
    for (int bins = 1; bins <= (last - first) / 2; bins *= 2) {
      double expected = perBin * bins;
      if (isMissing(upTo[first + bins] - upTo[first], expected)
          || isMissing(upTo[last] - upTo[last - bins], expected)) {
        return false;
      }
    }
    return true;
  }

  /** True if so few where more are expected better the likelihood by what matters. */
  private boolean isMissing(long count, double expected) {
    double gain = expected - count + (count == 0 ? 0 : count * Math.log(count / expected));
    return count < expected && gain > needed / 2;
  }

  /** Log-likelihood of drift times that are spread evenly. */
  private double noBox() {
    return -upTo[BINS] * Math.log(BINS);
  }

  /** True if a sound box would stand out from evenly spread times by far. */
  private boolean isEnough() {
    double width = (rightFrom - leftTo) / (BIN_NS * BINS);
    return -upTo[BINS] * Math.log(width) > 4 * needed;
  }

  Verdict verdict(List<Stretch> all) {
    Stretch stretch = Stretches.since(all, accusation.since());
    long entries = load(stretch);
    String time = Words.time(stretch.seconds());
    boolean isDecided = entries >= 4 * least && isEnough();
    if (!accusation.isAccused() && !isDecided) {
      return verdict(
          Level.UNDECIDED,
          stretch,
          (double) entries,
          4 * least,
          Words.format("too few drift times to judge the box: %,d in %s", entries, time));
    }
    Box box = free();
    List<String> faults = new ArrayList<>();
    double value = box.left();
    double limit = box.left() < leftFrom ? leftFrom : leftTo;
    if (accusation.isAccused()) {
      if (box.left() < leftFrom || box.left() > leftTo) {
        faults.add(Words.format("left edge at %s ns", Words.number(box.left())));
      }
      if (box.right() < rightFrom || box.right() > rightTo) {
        faults.add(Words.format("right edge at %s ns", Words.number(box.right())));
        if (faults.size() == 1) {
          value = box.right();
          limit = box.right() < rightFrom ? rightFrom : rightTo;
        }
      }
      if (faults.isEmpty()) {
        faults.add("no clear box");
      }
    }
    return verdict(
        accusation.isAccused() ? Level.BAD : Level.GOOD,
        stretch,
        value,
        limit,
        Words.format(
            "%s; limits %s to %s and %s to %s ns (%,d drift times in %s)",
            accusation.isAccused()
                ? "drift box: " + String.join(", ", faults)
                : Words.format(
                    "drift box %s to %s ns", Words.number(box.left()), Words.number(box.right())),
            Words.number(leftFrom),
            Words.number(leftTo),
            Words.number(rightFrom),
            Words.number(rightTo),
            entries,
            time));
  }

  private Verdict verdict(
      Level level, Stretch stretch, double value, double limit, String message) {
    return new Verdict(
        subject,
        Check.DRIFT_BOX,
        level,
        stretch.seconds(),
        value,
        limit,
        upTo[BINS],
        OptionalDouble.empty(),
        List.of(),
        message);
  }

  void restore(long now) {
    if (!accusation.isAccused()) {
      accusation.restore(now);
      // Any box out of the limits will do; its edges follow from what comes.
      accused = new Box(leftTo + SHIFT_NS, rightTo + SHIFT_NS, 0);
    }
  }
}
