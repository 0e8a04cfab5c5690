package org.driftwatch.export;

import java.time.Instant;
import java.util.ArrayList;
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

/** Windows with numbers that fit the sums of many of them. */
final class Samples {
  static final DetectorDescription COURSE = DetectorDescription.course();
  static final Instant START = Instant.parse("2026-12-01T12:00:00Z");
  private static final int SECONDS = 5;

  private Samples() {}

  /** A window that starts so many windows after the first. */
  static WindowSummary window(Random random, int number, int revision, List<Long> runs) {
    Instant start = START.plusSeconds((long) SECONDS * number);
    List<ChamberSummary> chambers = new ArrayList<>();
    for (DetectorDescription.Chamber chamber : COURSE.chambers()) {
      List<Histogram> histograms = new ArrayList<>();
      for (ChamberHistogram which : ChamberHistogram.values()) {
        histograms.add(
            histogram(random, which.edges(chamber.firstBin(), chamber.size()), which.hasFlows()));
      }
      chambers.add(
          new ChamberSummary(
              random.nextInt(1000), histograms, Optional.of(tracks(random, chamber.size()))));
    }
    return new WindowSummary(
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(start, start.plusSeconds(SECONDS))),
            revision,
            random.nextInt(10) == 0,
            runs),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        chambers);
  }

  private static TrackSummary tracks(Random random, int cells) {
    return new TrackSummary(
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        random.nextInt(1000),
        counts(random, cells),
        counts(random, cells),
        counts(random, cells),
        Stream.of(TrackHistogram.values()).map(h -> histogram(random, h.edges(), true)).toList(),
        counts(random, TrackSum.values().length));
  }

  private static List<Long> counts(Random random, int size) {
    return Stream.generate(() -> (long) random.nextInt(1000)).limit(size).toList();
  }

  private static Histogram histogram(Random random, int[] edges, boolean flows) {
    long[] counts = random.longs(edges.length - 1, 0, 1L << 40).toArray();
    return Histogram.of(
        edges, counts, flows ? random.nextInt(100) : 0, flows ? random.nextInt(100) : 0);
  }

  /** All that one window says. */
  static Contents contents(WindowSummary window) {
    return Contents.of(
        window, COURSE, new About(COURSE.name(), window.window(), 1, 0, 0, window.runs(), "test"));
  }
}
