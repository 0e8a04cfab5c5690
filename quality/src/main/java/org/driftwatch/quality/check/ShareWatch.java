package org.driftwatch.quality.check;

import java.util.List;
import java.util.OptionalDouble;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.CountStatistics;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;

/**
 * A share that should be small, such as that of malformed records: accused once on any stretch it
 * is significantly above its limit (binomial), until on a later one it is significantly below, or
 * there is nothing of the kind at all. Not safe for several threads.
 */
final class ShareWatch extends Accusation {
  private static final double OVER_BY_CHANCE = 1e-3;

  /**
   * Some among all.
   *
   * @param from when the stretch began, ms since the epoch
   * @param to when it ended
   * @param seconds its length, s
   */
  record Part(long from, long to, double seconds, long some, long all) {}

  private final Check check;
  private final String words;
  private final double bad;
  private final double chance;

  /**
   * A share to be watched.
   *
   * @param words what the some are, as in "of the records were malformed"
   * @param bad the share above which it is bad
   * @param chance that a share at its limit is accused, in one look
   */
  ShareWatch(Check check, String words, double bad, double chance) {
    this.check = check;
    this.words = words;
    this.bad = bad;
    this.chance = chance;
  }

  /**
   * Looks at it on these stretches, the shortest first.
   *
   * @param limit the share above which it warns
   */
  void look(List<Part> parts, double limit) {
    for (Part part : parts) {
      if (part.all() == 0 || !mayUse(part.from())) {
        continue;
      }
      if (!isAccused()) {
        if (part.some() > limit * part.all()
            && CountStatistics.binomialAtLeast(part.some(), part.all(), limit) < chance) {
          accuse(part.from(), part.to());
          return;
        }
      } else if (isAfter(part.from())
          && CountStatistics.binomialAtMost(part.some(), part.all(), limit) < OVER_BY_CHANCE) {
        end(part.from());
        return;
      }
    }
  }

  /** The verdict on the stretch since it is accused, else on the last ten minutes. */
  Verdict verdict(List<Part> parts, double limit) {
    int shown = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.from() >= since() && part.seconds() < 1.1 * Stretches.SHOWN_MILLIS / 1000) {
        shown = i;
      }
    }
    Part part = parts.get(shown);
    double share = part.all() == 0 ? 0 : part.some() / (double) part.all();
    Level level =
        !isAccused()
            ? part.all() == 0 ? Level.UNDECIDED : Level.GOOD
            : share > bad ? Level.BAD : Level.WARNING;
    String percent = part.some() > 0 && share < 0.0001 ? "less than 0.01 %" : Words.percent(share);
    return new Verdict(
        Subject.RUN,
        check,
        level,
        part.seconds(),
        100 * share,
        100 * limit,
        part.all(),
        OptionalDouble.empty(),
        List.of(),
        Words.format(
            "%s %s in %s, limit %s (%,d of %,d)",
            percent,
            words,
            Words.time(part.seconds()),
            Words.percent(limit),
            part.some(),
            part.all()));
  }
}
