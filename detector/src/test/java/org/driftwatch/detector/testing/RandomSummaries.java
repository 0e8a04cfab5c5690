package org.driftwatch.detector.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/** Window summaries with any numbers in them. */
public final class RandomSummaries {
  private static final RunConfiguration COURSE = RunConfiguration.course();

  private final Random random;

  /** Summaries drawn from this source. */
  public RandomSummaries(Random random) {
    this.random = random;
  }

  /** A summary of the course's chambers, of a window or now and then of a batch. */
  public WindowSummary next() {
    List<ChamberSummary> chambers = new ArrayList<>();
    for (RunConfiguration.Chamber chamber : COURSE.chambers()) {
      int[] channels = ChamberSummary.occupancyEdges(chamber.firstChannel());
      chambers.add(
          new ChamberSummary(
              count(),
              histogram(channels, false),
              histogram(ChamberSummary.activeChannelEdges(), false),
              histogram(channels, false),
              histogram(ChamberSummary.driftEdges(), true)));
    }
    Instant start = Instant.ofEpochMilli(random.nextLong(253_402_214_400_000L));
    return new WindowSummary(
        random.nextInt(5) == 0
            ? Optional.empty()
            : Optional.of(
                new WindowSummary.Span(start, start.plusMillis(1 + random.nextInt(100_000)))),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(5) == 0,
        count(),
        count(),
        count(),
        count(),
        count(),
        count(),
        count(),
        chambers.subList(0, Telescope.CHAMBERS));
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
