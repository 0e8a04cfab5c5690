package org.driftwatch.quality.check;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.CountStatistics;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/** What is looked at of a chamber. Not safe for several threads. */
final class ChamberChecks {
  private static final double STANDARD_PART = 0.25;
  private final Columns.Place place;
  private final Subject subject;
  private final Thresholds thresholds;
  private final int[] allHits;
  private final double lowest;
  private final double highest;
  private final Watch dead = new Watch();
  private final Watch.Limits deadLimits;
  private final Rates layerRates;
  private final CellCheck cells;
  private final Optional<PeakCheck> peak;
  private final Optional<DriftBoxCheck> driftBox;
  private final RateVerdict words;

  ChamberChecks(
      DetectorDescription detector,
      Columns columns,
      Columns.Place place,
      Thresholds thresholds,
      Judge.Reference reference) {
    this.place = place;
    this.thresholds = thresholds;
    subject = new Subject(place.number());
    allHits = columns.chambers().stream().mapToInt(Columns.Place::hits).toArray();
    int number = columns.chambers().size();
    double part =
        place.goodCells()
            / (double) columns.chambers().stream().mapToInt(Columns.Place::goodCells).sum();
    double known =
        reference.summary().isPresent()
            ? reference.share(place.hits(), allHits)
            : detector.expected().chamberShare(place.number());
    double factor = thresholds.get(Limit.SHARE_FACTOR);
    lowest =
        known > 0
            ? known / factor
            : thresholds.scaled(Limit.SHARE_LOWEST, part / STANDARD_PART) / 100;
    highest =
        known > 0
            ? Math.min(1, known * factor)
            : Math.min(1, thresholds.scaled(Limit.SHARE_HIGHEST, part / STANDARD_PART) / 100);
    deadLimits =
        new Watch.Limits(
            thresholds.get(Limit.CHAMBER_DEAD_BELOW),
            Double.POSITIVE_INFINITY,
            thresholds.chance(number));
    cells = new CellCheck(place, thresholds, reference.summary(), number);
    int layers = place.good().size();
    layerRates =
        new Rates(
            (stretch, layer) ->
                stretch.count(place.layers() + layer) - cells.restlessOfLayer(stretch, layer),
            IntStream.range(0, layers)
                .mapToDouble(layer -> reference.hz(place.layers() + layer))
                .toArray(),
            new Watch.Limits(
                thresholds.get(Limit.LAYERS_WEAK_BELOW),
                Double.POSITIVE_INFINITY,
                thresholds.chance(layers * number)),
            false);
    peak =
        place.peak() < 0
            ? Optional.empty()
            : Optional.of(new PeakCheck(place, thresholds, reference.summary(), number));
    driftBox =
        detector.scintillators().isEmpty()
            ? Optional.empty()
            : DriftBoxCheck.of(place, detector.maxDriftNs(), thresholds, number, reference);
    words =
        new RateVerdict(
            Check.RATE,
            "rate",
            thresholds.get(Limit.CHAMBER_LOW_WARNING),
            thresholds.get(Limit.CHAMBER_LOW_BAD),
            thresholds.get(Limit.CHAMBER_HIGH_WARNING),
            thresholds.get(Limit.CHAMBER_HIGH_BAD));
  }

  private boolean isOnly() {
    return allHits.length == 1;
  }

  /** Looks at the cells: before the rates, which are those without cells that flicker. */
  void lookAtCells(List<Stretch> due) {
    cells.look(due);
  }

  /** Hits of a stretch without those of cells that flicker. */
  long steadyHits(Stretch stretch) {
    return stretch.count(place.hits()) - cells.restless(stretch);
  }

  void look(List<Stretch> all, List<Stretch> due, Rates chamberRates) {
    lookIfDead(all, chamberRates);
    if (place.good().size() > 1 && !dead.isAccused()) {
      layerRates.look(all, Rates.ones(all.size()));
    }
    peak.ifPresent(check -> check.look(due));
    driftBox.ifPresent(check -> check.look(all, due));
  }

  /** What the chamber must have at least, by its share and by what it had before. */
  private double expected(Stretch stretch, double beforeHz, double common) {
    long hits = hitsOfAll(stretch);
    double byShare = isOnly() ? 0 : lowest * hits;
    return Math.max(byShare, beforeHz * stretch.seconds() * Math.min(1, common));
  }

  private long hitsOfAll(Stretch stretch) {
    long hits = 0;
    for (int column : allHits) {
      hits += stretch.count(column);
    }
    return hits;
  }

  private void lookIfDead(List<Stretch> all, Rates chamberRates) {
    double beforeHz = chamberRates.beforeHz(place.number(), all);
    for (int k = 0; k < all.size(); k++) {
      Stretch stretch = all.get(k);
      long count = stretch.count(place.hits());
      double expected = expected(stretch, beforeHz, common(chamberRates, k));
      if (dead.look(count, expected, deadLimits, stretch)) {
        return;
      }
    }
  }

  private double common(Rates chamberRates, int k) {
    return isOnly() ? 1 : chamberRates.shared()[k];
  }

  /** True where it is silent: the rest of what could be said of it follows from that. */
  boolean isDead() {
    return dead.isAccused();
  }

  void verdicts(List<Stretch> all, Rates chamberRates, List<Verdict> verdicts) {
    verdicts.add(hits(all, chamberRates));
    if (isDead()) {
      return;
    }
    verdicts.add(
        words.of(subject, chamberRates.state(place.number(), all, Rates.ones(all.size()))));
    if (!isOnly()) {
      verdicts.add(share(Stretches.shown(all, dead.since())));
    }
    for (Verdict verdict : cells.verdicts(all)) {
      verdicts.add(verdict.check() == Check.LAYERS ? withWeak(verdict, all) : verdict);
    }
    peak.ifPresent(check -> verdicts.add(check.verdict(all)));
    driftBox.ifPresent(check -> verdicts.add(check.verdict(all)));
  }

  private Verdict hits(List<Stretch> all, Rates chamberRates) {
    Stretch stretch = Stretches.shown(all, dead.since());
    int k = all.indexOf(stretch);
    long count = stretch.counts()[place.hits()];
    double expected =
        expected(stretch, chamberRates.beforeHz(place.number(), all), common(chamberRates, k));
    String time = Words.time(stretch.seconds());
    boolean isDecided =
        CountStatistics.poissonAtMost(0, deadLimits.low() * expected) < deadLimits.chance();
    String message =
        dead.isAccused()
            ? Words.format(
                "dead: %s in %s, at least %s expected; limit %s of that",
                count == 0 ? "no hit" : Words.format("%,d hits", count),
                time,
                Words.number(expected),
                Words.percent(deadLimits.low()))
            : Words.format(
                isDecided ? "%,d hits in %s" : "too little to judge: %,d hits in %s", count, time);
    return new Verdict(
        subject,
        Check.HITS,
        dead.isAccused() ? Level.BAD : isDecided ? Level.GOOD : Level.UNDECIDED,
        stretch.seconds(),
        count,
        deadLimits.low() * expected,
        count,
        OptionalDouble.of(expected),
        List.of(),
        message);
  }

  /** A layer that has fallen, and is not dead. */
  private Verdict withWeak(Verdict verdict, List<Stretch> all) {
    if (verdict.level().alarms()) {
      return verdict;
    }
    for (int layer = 0; layer < layerRates.size(); layer++) {
      Rates.State state = layerRates.state(layer, all, Rates.ones(all.size()));
      if (state.direction() < 0) {
        return new Verdict(
            subject,
            Check.LAYERS,
            Level.WARNING,
            state.stretch().seconds(),
            state.hz(),
            thresholds.get(Limit.LAYERS_WEAK_BELOW) * state.beforeHz(),
            state.count(),
            OptionalDouble.of(state.beforeHz()),
            List.of(layer + 1),
            Words.format(
                "layer %d weak: fell to %s, %s/s in %s, %s/s expected; limit %s of that",
                layer + 1,
                Words.percent(state.factor()),
                Words.number(state.hz()),
                Words.time(state.stretch().seconds()),
                Words.number(state.beforeHz()),
                Words.percent(thresholds.get(Limit.LAYERS_WEAK_BELOW))));
      }
    }
    return verdict;
  }

  private Verdict share(Stretch stretch) {
    long hits = stretch.counts()[place.hits()];
    long all = hitsOfAll(stretch);
    double share = all == 0 ? 0 : hits / (double) all;
    double chance = thresholds.chance(allHits.length);
    boolean isEnough = all >= thresholds.get(Limit.SHARE_MINIMUM_HITS);
    boolean isFew =
        isEnough && share < lowest && CountStatistics.binomialAtMost(hits, all, lowest) < chance;
    boolean isMany =
        isEnough && share > highest && CountStatistics.binomialAtLeast(hits, all, highest) < chance;
    String time = Words.time(stretch.seconds());
    String message =
        !isEnough
            ? Words.format("too few hits to judge shares: %,d in all chambers in %s", all, time)
            : Words.format(
                "%s of the hits in %s; limits %s to %s (%,d of %,d)",
                Words.percent(share),
                time,
                Words.percent(lowest),
                Words.percent(highest),
                hits,
                all);
    return Words.verdict(
        subject,
        Check.SHARE,
        isFew || isMany ? Level.WARNING : isEnough ? Level.GOOD : Level.UNDECIDED,
        stretch.seconds(),
        100 * share,
        100 * (isMany || share > highest ? highest : lowest),
        all,
        message);
  }

  void restore(Verdict alarm, Rates chamberRates, long now) {
    switch (alarm.check()) {
      case HITS -> dead.restore(-1, 0, now);
      case RATE ->
          chamberRates.restore(place.number(), alarm.value(), alarm.expected().orElse(0), now);
      case LAYERS -> {
        if (alarm.expected().isPresent()) {
          alarm.cells().stream()
              .filter(layer -> layer >= 1 && layer <= layerRates.size())
              .forEach(
                  layer ->
                      layerRates.restore(
                          layer - 1, alarm.value(), alarm.expected().getAsDouble(), now));
        } else {
          cells.restore(alarm, now);
        }
      }
      case DEAD_CELLS, NOISY_CELLS -> cells.restore(alarm, now);
      case MUON_PEAK -> peak.ifPresent(check -> check.restore(alarm, now));
      case DRIFT_BOX -> driftBox.ifPresent(check -> check.restore(now));
      default -> {
        // The others follow from the windows.
      }
    }
  }

  void accept(Check check, List<Stretch> all, Rates chamberRates) {
    long now = all.get(0).to();
    switch (check) {
      case RATE -> chamberRates.accept(place.number(), all);
      case LAYERS ->
          IntStream.range(0, layerRates.size()).forEach(layer -> layerRates.accept(layer, all));
      case MUON_PEAK -> peak.ifPresent(p -> p.accept(now));
      default -> {
        // The others do not compare with what was before.
      }
    }
  }
}
