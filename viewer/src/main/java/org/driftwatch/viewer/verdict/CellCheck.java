package org.driftwatch.viewer.verdict;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.verdict.Thresholds.Limit;
import org.driftwatch.viewer.verdict.Verdict.Check;

/**
 * Dead and noisy cells against the median of their chamber. A cell is accused if its count would be
 * improbable even for a cell at the limit: for a limit of {@code f} times the median {@code m} the
 * Poisson probability of its count, or of a more extreme one, at the mean {@code f m} is below the
 * chance of a false alarm, shared among the chamber's cells (Bonferroni). Cells known to be bad
 * take no part, neither as accused nor in the median.
 */
final class CellCheck {
  private final Thresholds thresholds;
  private final Optional<Chamber> chamber;
  private final int size;
  private final String word;
  private final int[] judged;

  CellCheck(Detector detector, int number, Thresholds thresholds) {
    this.thresholds = thresholds;
    chamber = detector.chamber(number);
    size = detector.channels().cells(number);
    word = detector.isByChannel(number) ? "channel" : "cell";
    Set<Integer> known = new HashSet<>();
    chamber.ifPresent(
        described -> {
          known.addAll(described.deadCells());
          known.addAll(described.weakCells());
          known.addAll(described.hotCells());
        });
    judged = IntStream.range(0, size).filter(cell -> !known.contains(cell)).toArray();
  }

  List<Verdict> judge(Histogram occupancy) {
    double median = median(occupancy);
    long entries = occupancy.entries();
    double least = thresholds.get(Limit.CELLS_MINIMUM_MEDIAN);
    if (median < least) {
      String reason =
          String.format(
              Locale.ROOT,
              "too few hits to judge cells: median %s per cell, %s needed (%,d hits)",
              Figures.brief(median),
              Figures.brief(least),
              entries);
      return List.of(
          new Verdict(Level.UNDECIDED, Check.DEAD_CELLS, reason, median, least, entries),
          new Verdict(Level.UNDECIDED, Check.NOISY_CELLS, reason, median, least, entries));
    }
    return List.of(dead(occupancy, median, entries), noisy(occupancy, median, entries));
  }

  private LongStream counts(Histogram occupancy) {
    return Arrays.stream(judged).mapToLong(occupancy::count);
  }

  private double median(Histogram occupancy) {
    long[] counts = counts(occupancy).sorted().toArray();
    int n = counts.length;
    return n == 0 ? 0 : (counts[(n - 1) / 2] + counts[n / 2]) / 2.0;
  }

  private List<Integer> accused(Histogram occupancy, LongPredicate of) {
    return Arrays.stream(judged).filter(cell -> of.test(occupancy.count(cell))).boxed().toList();
  }

  private double chance() {
    return thresholds.get(Limit.FALSE_ALARM) / size;
  }

  private Verdict dead(Histogram occupancy, double median, long entries) {
    double limit = thresholds.get(Limit.CELLS_DEAD_BELOW) * median;
    List<Integer> cells =
        accused(
            occupancy,
            count -> count < limit && CountStatistics.poissonAtMost(count, limit) < chance());
    long least = counts(occupancy).min().orElse(0);
    String reason =
        cells.isEmpty()
            ? String.format(
                Locale.ROOT,
                "no new dead cell: fewest %,d, limit %s (%,d hits)",
                least,
                Figures.brief(limit),
                entries)
            : named(cells, "dead", occupancy) + " (" + deadLimit(limit, median, entries) + ")";
    return new Verdict(level(cells), Check.DEAD_CELLS, reason, least, limit, entries, cells);
  }

  private String deadLimit(double limit, double median, long entries) {
    return String.format(
        Locale.ROOT,
        "limit %s = %s %% of the median %s, %,d hits",
        Figures.brief(limit),
        Figures.brief(100 * thresholds.get(Limit.CELLS_DEAD_BELOW)),
        Figures.brief(median),
        entries);
  }

  private Verdict noisy(Histogram occupancy, double median, long entries) {
    double limit = thresholds.get(Limit.CELLS_NOISY_ABOVE) * median;
    List<Integer> cells =
        accused(
            occupancy,
            count -> count > limit && CountStatistics.poissonAtLeast(count, limit) < chance());
    long most = counts(occupancy).max().orElse(0);
    String reason =
        cells.isEmpty()
            ? String.format(
                Locale.ROOT,
                "no new noisy cell: most %,d, limit %s (%,d hits)",
                most,
                Figures.brief(limit),
                entries)
            : named(cells, "noisy", occupancy) + " (" + noisyLimit(limit, median, entries) + ")";
    return new Verdict(level(cells), Check.NOISY_CELLS, reason, most, limit, entries, cells);
  }

  private String noisyLimit(double limit, double median, long entries) {
    return String.format(
        Locale.ROOT,
        "limit %s = %s times the median %s, %,d hits",
        Figures.brief(limit),
        Figures.brief(thresholds.get(Limit.CELLS_NOISY_ABOVE)),
        Figures.brief(median),
        entries);
  }

  private Level level(List<Integer> cells) {
    if (cells.isEmpty()) {
      return Level.GOOD;
    }
    return cells.size() >= thresholds.whole(Limit.CELLS_BAD_FROM) ? Level.BAD : Level.WARNING;
  }

  private String named(List<Integer> cells, String what, Histogram occupancy) {
    if (cells.size() == 1) {
      int cell = cells.get(0);
      return String.format(
          Locale.ROOT,
          "%s %d %s: %,d hits%s",
          word,
          occupancy.edge(cell),
          what,
          occupancy.count(cell),
          chamber.map(c -> "; wire " + c.wire(cell) + ", layer " + c.layer(cell)).orElse(""));
    }
    int most = 8;
    String list =
        cells.stream()
            .limit(most)
            .map(cell -> Integer.toString(occupancy.edge(cell)))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%d %s %ss: %s%s",
        cells.size(),
        what,
        word,
        list,
        cells.size() > most ? ", …" : "");
  }
}
