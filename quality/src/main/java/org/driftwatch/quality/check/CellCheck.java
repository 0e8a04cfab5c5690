package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.CountStatistics;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/**
 * Dead and noisy cells of a chamber, and dead layers. A cell is compared with the median of its
 * layer's good cells and with that of the chamber's, whichever excuses it; with a reference, each
 * cell with its own part there. All cells of a chamber share the chance of a false accusation. Not
 * safe for several threads.
 */
final class CellCheck {
  /** Noise comes in bursts: a cell is noisy if it is so for this long without a break. */
  private static final long BURST_MILLIS = 5_500;

  /** So many parts of a stretch must each show that a cell is noisy. */
  private static final int PARTS = 3;

  /** A part shows it with this share of the limit. */
  private static final double PART_OF_LIMIT = 0.5;

  /** A cell with more than this multiple of the median flickers, and is left out of rates. */
  private static final double RESTLESS = 3;

  private static final double RESTLESS_CHANCE = 1e-3;

  private static final int LISTED = 8;
  private static final Stretch NO_STRETCH = new Stretch(0, 0, 0, 0, new long[0]);

  private final Columns.Place place;
  private final Subject subject;
  private final Watch[] cells;
  private final Watch[] layers;
  private final int[] layerOf;
  private final int[] good;

  /** What each cell gives as a multiple of the median; 1 without a reference. */
  private final double[] weight;

  private final Watch.Limits limits;
  private final Watch.Limits limitsLong;
  private final Watch.Limits layerLimits;
  private final long longMillis;
  private final double leastMedian;
  private final int badFrom;

  /** Medians of the stretch looked at: of each layer's good cells, and of the chamber's. */
  private final double[] layerMedian;

  private double chamberMedian;
  private Stretch mediansOf = NO_STRETCH;
  private final long[] sorted;
  private final boolean[] isRestless;

  /** Cells that flicker, or have done so in any of the stretches. */
  private int[] restless = {};

  private final List<int[]> restlessOfLayer = new ArrayList<>();

  CellCheck(
      Columns.Place place, Thresholds thresholds, Optional<WindowSummary> reference, int chambers) {
    this.place = place;
    subject = new Subject(place.number());
    int size = place.described().size();
    cells = new Watch[size];
    layers = new Watch[place.good().size()];
    Arrays.setAll(layers, i -> new Watch());
    layerOf = new int[size];
    good = place.good().stream().flatMapToInt(Arrays::stream).sorted().toArray();
    for (int layer = 0; layer < layers.length; layer++) {
      for (int cell : place.good().get(layer)) {
        cells[cell] = new Watch();
        layerOf[cell] = layer;
      }
    }
    double chance = thresholds.chance(Math.max(1, good.length) * chambers);
    double dead = thresholds.get(Limit.CELLS_DEAD_BELOW);
    limits = new Watch.Limits(dead, thresholds.get(Limit.CELLS_NOISY_ABOVE), chance);
    limitsLong = new Watch.Limits(dead, thresholds.get(Limit.CELLS_NOISY_LONG_ABOVE), chance);
    longMillis = Math.round(60_000 * thresholds.get(Limit.CELLS_NOISY_LONG_MINUTES));
    layerLimits =
        new Watch.Limits(
            thresholds.get(Limit.LAYERS_DEAD_BELOW),
            Double.POSITIVE_INFINITY,
            thresholds.chance(layers.length * chambers));
    leastMedian = thresholds.get(Limit.CELLS_MINIMUM_MEDIAN);
    badFrom = thresholds.whole(Limit.CELLS_BAD_FROM);
    layerMedian = new double[layers.length];
    sorted = new long[size];
    isRestless = new boolean[size];
    restlessOfLayer.addAll(Collections.nCopies(layers.length, restless));
    weight = new double[size];
    Arrays.fill(weight, 1);
    reference.ifPresent(this::weigh);
  }

  /** Takes over the pattern of a reference with enough hits. */
  private void weigh(WindowSummary reference) {
    long[] counts = new long[good.length];
    for (int i = 0; i < good.length; i++) {
      counts[i] = reference.chamber(place.number()).occupancy().count(good[i]);
    }
    double median = median(counts, counts.length);
    if (median >= leastMedian) {
      for (int cell : good) {
        weight[cell] = reference.chamber(place.number()).occupancy().count(cell) / median;
      }
    }
  }

  private static double median(long[] counts, int n) {
    if (n == 0) {
      return 0;
    }
    Arrays.sort(counts, 0, n);
    return (counts[(n - 1) / 2] + counts[n / 2]) / 2.0;
  }

  private void medians(Stretch stretch) {
    if (stretch == mediansOf) {
      return;
    }
    mediansOf = stretch;
    for (int layer = 0; layer < layers.length; layer++) {
      layerMedian[layer] = median(place.good().get(layer), stretch);
    }
    chamberMedian = median(good, stretch);
  }

  private double median(int[] of, Stretch stretch) {
    for (int i = 0; i < of.length; i++) {
      sorted[i] = stretch.counts()[place.cells() + of[i]];
    }
    return median(sorted, of.length);
  }

  private double low(int cell) {
    return Math.min(layerMedian[layerOf[cell]], chamberMedian) * weight[cell];
  }

  private double high(int cell) {
    return Math.max(layerMedian[layerOf[cell]], chamberMedian) * Math.max(1, weight[cell]);
  }

  /** Hits of the cells that flicker. */
  long restless(Stretch stretch) {
    return hits(restless, stretch);
  }

  /** Hits of a layer's cells that flicker. */
  long restlessOfLayer(Stretch stretch, int layer) {
    return hits(restlessOfLayer.get(layer), stretch);
  }

  private long hits(int[] of, Stretch stretch) {
    long hits = 0;
    for (int cell : of) {
      hits += stretch.count(place.cells() + cell);
    }
    return hits;
  }

  /** Looks at all cells and layers on all stretches, and finds the cells that flicker. */
  void look(List<Stretch> all) {
    Arrays.fill(isRestless, false);
    for (int k = 0; k < all.size(); k++) {
      Stretch stretch = all.get(k);
      medians(stretch);
      if (chamberMedian < leastMedian) {
        continue;
      }
      lookAtLayers(stretch);
      Watch.Limits now = stretch.millis() >= longMillis ? limitsLong : limits;
      for (int cell : good) {
        look(cell, all, k, now);
        long count = stretch.count(place.cells() + cell);
        double most = RESTLESS * high(cell);
        if (count > most && CountStatistics.poissonAtLeast(count, most) < RESTLESS_CHANCE) {
          isRestless[cell] = true;
        }
      }
    }
    restless = Arrays.stream(good).filter(cell -> isRestless[cell]).toArray();
    for (int layer = 0; layer < layers.length; layer++) {
      int of = layer;
      restlessOfLayer.set(
          layer, Arrays.stream(restless).filter(cell -> layerOf[cell] == of).toArray());
    }
  }

  private void look(int cell, List<Stretch> all, int k, Watch.Limits now) {
    Watch watch = cells[cell];
    Stretch stretch = all.get(k);
    if (layers[layerOf[cell]].isAccused() || !watch.mayUse(stretch.from())) {
      return;
    }
    long count = stretch.count(place.cells() + cell);
    if (!watch.isAccused()) {
      if (Watch.isFew(count, low(cell), now)) {
        watch.accuse(-1, count, low(cell), stretch);
      } else if (Watch.isMany(count, high(cell), now) && lasts(cell, all, k, now)) {
        watch.accuse(1, count, high(cell), stretch);
      }
    } else if (watch.isAfter(stretch.from())
        && watch.isBack(count, watch.direction() < 0 ? low(cell) : high(cell), limits)) {
      watch.end(stretch.from());
    }
  }

  /** True if a cell has been noisy in every part of a stretch, which is long enough. */
  private boolean lasts(int cell, List<Stretch> all, int k, Watch.Limits now) {
    Stretch whole = all.get(k);
    if (whole.millis() < BURST_MILLIS || whole.windows() < PARTS) {
      return false;
    }
    double leastHz = PART_OF_LIMIT * now.high() * high(cell) / whole.seconds();
    int column = place.cells() + cell;
    long count = 0;
    double seconds = 0;
    int part = 1;
    for (int i = 0; i <= k; i++) {
      Stretch stretch = all.get(i);
      if (PARTS * stretch.millis() < part * whole.millis()) {
        continue;
      }
      if (stretch.count(column) - count < leastHz * (stretch.seconds() - seconds)) {
        return false;
      }
      count = stretch.count(column);
      seconds = stretch.seconds();
      part++;
    }
    return true;
  }

  private void lookAtLayers(Stretch stretch) {
    if (layers.length < 2) {
      return;
    }
    for (int layer = 0; layer < layers.length; layer++) {
      Watch watch = layers[layer];
      if (place.good().get(layer).length == 0) {
        continue;
      }
      long count = stretch.count(place.layers() + layer);
      boolean isChanged = watch.look(count, expectedOfLayer(layer), layerLimits, stretch);
      if (isChanged && !watch.isAccused()) {
        // Its cells were not looked at meanwhile.
        for (int cell : place.good().get(layer)) {
          cells[cell].end(stretch.from());
        }
      }
    }
  }

  /** From the median of the other layers' medians. */
  private double expectedOfLayer(int layer) {
    double[] others = new double[layers.length - 1];
    int n = 0;
    for (int other = 0; other < layers.length; other++) {
      if (other != layer && place.good().get(other).length > 0) {
        others[n++] = layerMedian[other];
      }
    }
    Arrays.sort(others, 0, n);
    return n == 0 ? 0 : others[(n - 1) / 2] * place.good().get(layer).length;
  }

  /** Verdicts after a look. */
  List<Verdict> verdicts(List<Stretch> all) {
    List<Verdict> verdicts = new ArrayList<>();
    if (layers.length > 1) {
      verdicts.add(layers(all));
    }
    verdicts.add(cells(all, Check.DEAD_CELLS, -1));
    verdicts.add(cells(all, Check.NOISY_CELLS, 1));
    return verdicts;
  }

  private Verdict layers(List<Stretch> all) {
    List<Integer> dead =
        IntStream.range(0, layers.length).filter(l -> layers[l].isAccused()).boxed().toList();
    if (dead.isEmpty()) {
      Stretch stretch = Stretches.shown(all, Long.MIN_VALUE);
      medians(stretch);
      int least = 0;
      for (int layer = 1; layer < layers.length; layer++) {
        if (part(layer, stretch) < part(least, stretch)) {
          least = layer;
        }
      }
      double expected = expectedOfLayer(least);
      long count = stretch.counts()[place.layers() + least];
      boolean isDecided =
          expected > 0
              && CountStatistics.poissonAtMost(0, layerLimits.low() * expected)
                  < layerLimits.chance();
      return verdict(
          Check.LAYERS,
          isDecided ? Level.GOOD : Level.UNDECIDED,
          stretch,
          count,
          layerLimits.low() * expected,
          count,
          List.of(),
          isDecided
              ? Words.format(
                  "no dead layer in %s: fewest hits in layer %d, %,d",
                  Words.time(stretch.seconds()), least + 1, count)
              : Words.format(
                  "too few hits to judge layers: %,d in %s",
                  stretch.counts()[place.hits()], Words.time(stretch.seconds())));
    }
    int first = dead.get(0);
    Stretch stretch = Stretches.shown(all, layers[first].began());
    medians(stretch);
    long count = stretch.counts()[place.layers() + first];
    double expected = expectedOfLayer(first);
    List<Integer> numbers = dead.stream().map(layer -> layer + 1).toList();
    return verdict(
        Check.LAYERS,
        Level.BAD,
        stretch,
        count,
        layerLimits.low() * expected,
        count,
        numbers,
        Words.format(
            "%s dead: %,d hits in %s, %s expected from the others; limit %s of that",
            numbers.size() == 1
                ? "layer " + numbers.get(0)
                : "layers "
                    + numbers.stream().map(String::valueOf).collect(Collectors.joining(", ")),
            count,
            Words.time(stretch.seconds()),
            Words.number(expected),
            Words.percent(layerLimits.low())));
  }

  private double part(int layer, Stretch stretch) {
    int cellsOfLayer = place.good().get(layer).length;
    return cellsOfLayer == 0
        ? Double.POSITIVE_INFINITY
        : stretch.counts()[place.layers() + layer] / (double) cellsOfLayer;
  }

  private Verdict cells(List<Stretch> all, Check check, int direction) {
    IntPredicate isAccused =
        cell -> cells[cell].direction() == direction && !layers[layerOf[cell]].isAccused();
    List<Integer> accused = Arrays.stream(good).filter(isAccused).boxed().toList();
    boolean isDead = direction < 0;
    if (accused.isEmpty()) {
      return noCell(all, check, isDead);
    }
    int worst = accused.get(0);
    for (int cell : accused) {
      if (cells[cell].began() < cells[worst].began()) {
        worst = cell;
      }
    }
    Stretch stretch = Stretches.shown(all, cells[worst].began());
    medians(stretch);
    long count = stretch.counts()[place.cells() + worst];
    double expected = isDead ? low(worst) : high(worst);
    double factor = isDead ? limits.low() : limits.high();
    String cell =
        Words.format(
            "%d (layer %d, wire %d)",
            worst, place.described().layer(worst), place.described().wire(worst));
    String which =
        accused.size() == 1
            ? "cell " + cell + (isDead ? " dead" : " noisy")
            : Words.format(
                "%d %s cells: %s%s; cell %s",
                accused.size(),
                isDead ? "dead" : "noisy",
                accused.stream()
                    .limit(LISTED)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ")),
                accused.size() > LISTED ? ", ..." : "",
                cell);
    return verdict(
        check,
        accused.size() >= badFrom ? Level.BAD : Level.WARNING,
        stretch,
        count,
        factor * expected,
        count,
        accused,
        Words.format(
            "%s: %,d hits in %s, median of the others %s; limit %s times that",
            which,
            count,
            Words.time(stretch.seconds()),
            Words.number(expected),
            Words.number(factor)));
  }

  private Verdict noCell(List<Stretch> all, Check check, boolean isDead) {
    Stretch stretch = Stretches.shown(all, Long.MIN_VALUE);
    medians(stretch);
    long entries = stretch.counts()[place.hits()];
    boolean isDecided =
        isDead
            ? CountStatistics.poissonAtMost(0, limits.low() * chamberMedian) < limits.chance()
            : chamberMedian >= leastMedian;
    int most = good.length == 0 ? 0 : good[0];
    for (int cell : good) {
      long count = stretch.counts()[place.cells() + cell];
      long found = stretch.counts()[place.cells() + most];
      if (isDead ? count < found : count > found) {
        most = cell;
      }
    }
    long count = good.length == 0 ? 0 : stretch.counts()[place.cells() + most];
    String time = Words.time(stretch.seconds());
    String message =
        !isDecided
            ? Words.format(
                "too few hits to judge cells: median %s in %s", Words.number(chamberMedian), time)
            : Words.format(
                "no new %s cell in %s: %s hits in cell %d, %,d, median %s",
                isDead ? "dead" : "noisy",
                time,
                isDead ? "fewest" : "most",
                most,
                count,
                Words.number(chamberMedian));
    return verdict(
        check,
        isDecided ? Level.GOOD : Level.UNDECIDED,
        stretch,
        count,
        (isDead ? limits.low() : limits.high()) * chamberMedian,
        entries,
        List.of(),
        message);
  }

  private Verdict verdict(
      Check check,
      Level level,
      Stretch stretch,
      long count,
      double limit,
      long entries,
      List<Integer> which,
      String message) {
    return new Verdict(
        subject,
        check,
        level,
        stretch.seconds(),
        (double) count,
        limit,
        entries,
        OptionalDouble.empty(),
        which,
        message);
  }

  /** Accuses the cells, or layers, of a verdict of an earlier look. */
  void restore(Verdict verdict, long now) {
    int direction = verdict.check() == Check.NOISY_CELLS ? 1 : -1;
    double ratio = direction < 0 ? 0 : limits.high();
    if (verdict.check() == Check.LAYERS) {
      restore(verdict.cells(), layers, 1, direction, ratio, now);
    } else {
      restore(verdict.cells(), cells, 0, direction, ratio, now);
    }
  }

  private static void restore(
      Collection<Integer> numbers,
      Watch[] among,
      int first,
      int direction,
      double ratio,
      long now) {
    for (int number : numbers) {
      int i = number - first;
      if (i >= 0 && i < among.length && among[i] != null && among[i].direction() != direction) {
        among[i].restore(direction, ratio, now);
      }
    }
  }
}
