package org.driftwatch.detector.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;

/** Window summaries with any numbers in them. */
public final class RandomSummaries {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int MOST_RUNS = 3;

  private final Random random;

  /** Summaries drawn from this source. */
  public RandomSummaries(Random random) {
    this.random = random;
  }

  /** A summary of the course's chambers, of a window or now and then of a batch. */
  public WindowSummary next() {
    return next(COURSE);
  }

  /** A summary of a detector's chambers. */
  public WindowSummary next(DetectorDescription detector) {
    List<Integer> firstBins = new ArrayList<>();
    List<Integer> cells = new ArrayList<>();
    for (DetectorDescription.Chamber chamber : detector.chambers()) {
      firstBins.add(chamber.firstBin());
      cells.add(chamber.size());
    }
    return next(firstBins, cells);
  }

  /** A summary of 1 to 16 chambers with few or many cells. */
  public WindowSummary nextOfAnyShape() {
    List<Integer> firstBins = new ArrayList<>();
    List<Integer> cells = new ArrayList<>();
    for (int n = random.nextInt(DetectorDescription.MAX_CHAMBERS); n >= 0; n--) {
      firstBins.add(random.nextInt(3) == 0 ? 0 : random.nextInt(1 << 16));
      cells.add(
          switch (random.nextInt(8)) {
            case 0 -> 1;
            case 1 -> DetectorDescription.MAX_CELLS;
            default -> 1 + random.nextInt(100);
          });
    }
    return next(firstBins, cells);
  }

  private WindowSummary next(List<Integer> firstBins, List<Integer> cells) {
    List<ChamberSummary> chambers = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      List<Histogram> histograms = new ArrayList<>();
      for (ChamberHistogram which : ChamberHistogram.values()) {
        histograms.add(histogram(which.edges(firstBins.get(i), cells.get(i)), which.hasFlows()));
      }
      chambers.add(new ChamberSummary(count(), histograms, tracks(cells.get(i))));
    }
    return new WindowSummary(
        head(), count(), count(), count(), count(), count(), count(), count(), chambers);
  }

  /** Segments of a chamber; every other one has none. */
  private Optional<TrackSummary> tracks(int cells) {
    if (random.nextBoolean()) {
      return Optional.empty();
    }
    return Optional.of(
        new TrackSummary(
            count(),
            count(),
            count(),
            count(),
            counts(cells),
            counts(cells),
            counts(cells),
            Arrays.stream(TrackHistogram.values()).map(h -> histogram(h.edges(), true)).toList(),
            Arrays.stream(TrackSum.values())
                .map(sum -> random.nextBoolean() ? count() : -count())
                .toList()));
  }

  private List<Long> counts(int size) {
    return Stream.generate(this::count).limit(size).toList();
  }

  private WindowSummary.Head head() {
    Instant start = Instant.ofEpochMilli(random.nextLong(253_402_214_400_000L));
    return new WindowSummary.Head(
        random.nextInt(5) == 0
            ? Optional.empty()
            : Optional.of(
                new WindowSummary.Span(start, start.plusMillis(1 + random.nextInt(100_000)))),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(5) == 0,
        random.nextInt(3) == 0
            ? random
                .longs(1 + random.nextInt(MOST_RUNS), 0, Long.MAX_VALUE)
                .sorted()
                .boxed()
                .toList()
            : List.of());
  }

  private Histogram histogram(int[] edges, boolean flows) {
    long[] counts = new long[edges.length - 1];
    // Most of a short window's histograms are empty.
    if (random.nextInt(3) == 0) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = count();
      }
    }
    return Histogram.of(edges, counts, flows ? count() : 0, flows ? count() : 0);
  }

  private long count() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> Long.MAX_VALUE;
      case 2 -> random.nextLong(1L << 40);
      default -> random.nextInt(1000);
    };
  }
}
