package org.driftwatch.quality.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.CountStatistics;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/**
 * The muons' peak at as many active channels as the chamber has layers: a muon crosses them all, so
 * orbits with that number outnumber the mean of those with one less and one more. At a limit {@code
 * r} of that ratio an orbit of the three kinds has that number with probability r / (r + 2). The
 * limit is the larger of the absolute one and a share of what was before (binomial). Not safe for
 * several threads.
 */
final class PeakCheck {
  private static final double LEAST_BEFORE = 500;
  private static final double OVER_BY_CHANCE = 1e-6;

  private final Columns.Place place;
  private final Subject subject;
  private final double absolute;
  private final double share;
  private final double chance;
  private final double referencePart;

  private final Accusation accusation = new Accusation();
  private double limit;

  PeakCheck(
      Columns.Place place, Thresholds thresholds, Optional<WindowSummary> reference, int chambers) {
    this.place = place;
    subject = new Subject(place.number());
    double ratio = thresholds.get(Limit.PEAK_LOWEST_RATIO);
    absolute = ratio / (ratio + 2);
    share = thresholds.get(Limit.PEAK_BEFORE_BELOW);
    chance = thresholds.chance(chambers);
    referencePart = reference.map(r -> part(r.chamber(place.number()))).orElse(0.0);
  }

  private double part(ChamberSummary chamber) {
    int bin = place.described().layers() - 1;
    double peak = chamber.activeChannels().count(bin);
    double all =
        peak + chamber.activeChannels().count(bin - 1) + chamber.activeChannels().count(bin + 1);
    return all < LEAST_BEFORE ? 0 : peak / all;
  }

  private long peak(Stretch stretch) {
    return stretch.counts()[place.peak() + 1];
  }

  private long orbits(Stretch stretch) {
    return stretch.counts()[place.peak()] + peak(stretch) + stretch.counts()[place.peak() + 2];
  }

  /** Lowest part that the peak may have of the three. */
  private double limit(List<Stretch> all, int k) {
    if (accusation.isAccused()) {
      return limit;
    }
    double before = referencePart > 0 ? referencePart : before(all, k);
    return Math.max(absolute, share * before);
  }

  private double before(List<Stretch> all, int k) {
    int guard = Stretches.guard(all, k);
    int longest = all.size() - 1;
    while (longest > guard && !accusation.mayUse(all.get(longest).from())) {
      longest--;
    }
    double orbits = orbits(all.get(longest)) - orbits(all.get(guard));
    return orbits < LEAST_BEFORE ? 0 : (peak(all.get(longest)) - peak(all.get(guard))) / orbits;
  }

  void look(List<Stretch> all) {
    for (int k = 0; k < all.size(); k++) {
      Stretch stretch = all.get(k);
      long orbits = orbits(stretch);
      if (orbits == 0 || !accusation.mayUse(stretch.from())) {
        continue;
      }
      double least = limit(all, k);
      if (!accusation.isAccused()) {
        if (peak(stretch) < least * orbits
            && CountStatistics.binomialAtMost(peak(stretch), orbits, least) < chance) {
          limit = least;
          accusation.accuse(stretch.from(), stretch.to());
          return;
        }
      } else if (accusation.isAfter(stretch.from())
          && CountStatistics.binomialAtLeast(peak(stretch), orbits, least) < OVER_BY_CHANCE) {
        accusation.end(stretch.from());
        return;
      }
    }
  }

  Verdict verdict(List<Stretch> all) {
    Stretch stretch = Stretches.shown(all, accusation.since());
    long orbits = orbits(stretch);
    double least = limit(all, all.indexOf(stretch));
    double ratio = orbits == 0 ? 0 : ratio(peak(stretch) / (double) orbits);
    boolean isDecided = orbits > 0 && CountStatistics.binomialAtMost(0, orbits, least) < chance;
    int layers = place.described().layers();
    String time = Words.time(stretch.seconds());
    String message =
        !accusation.isAccused() && !isDecided
            ? Words.format(
                "too few orbits to judge the peak at %d active channels: %,d in %s",
                layers, orbits, time)
            : Words.format(
                "%s at %d active channels: %s times its neighbours, limit %s (%,d orbits in %s)",
                accusation.isAccused() ? "no sound peak" : "peak",
                layers,
                Words.number(ratio),
                Words.number(ratio(least)),
                orbits,
                time);
    return new Verdict(
        subject,
        Check.MUON_PEAK,
        accusation.isAccused() ? Level.WARNING : isDecided ? Level.GOOD : Level.UNDECIDED,
        stretch.seconds(),
        ratio,
        ratio(least),
        orbits,
        OptionalDouble.empty(),
        List.of(),
        message);
  }

  /** The peak as a multiple of the mean of its neighbours, where it is this part of the three. */
  private static double ratio(double part) {
    return 2 * part / (1 - part);
  }

  void restore(Verdict verdict, long now) {
    limit = verdict.limit() / (verdict.limit() + 2);
    accusation.restore(now);
  }

  /** Takes the peak as it is for what is expected from now on. */
  void accept(long now) {
    accusation.end(now);
  }
}
