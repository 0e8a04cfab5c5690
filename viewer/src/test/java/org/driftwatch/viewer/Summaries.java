package org.driftwatch.viewer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.WindowSummary;

/** Window summaries with contents as a detector gives them: noise, muons, dead and hot cells. */
public final class Summaries {
  public static final Instant START = Instant.parse("2026-11-20T20:36:45.000Z");
  public static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int SECONDS = 5;

  /** Longest drift on the axis. */
  private static final int MOST_NS = 600;

  private Summaries() {}

  /** Start of window {@code n}, windows of 5 s. */
  public static Instant start(int n) {
    return START.plusSeconds((long) n * SECONDS);
  }

  /** Window {@code n} of the course's detector with random contents. */
  public static WindowSummary window(int n, int revision, Random random) {
    return window(COURSE, n, revision, random);
  }

  /** Window {@code n} of a detector with random contents. */
  public static WindowSummary window(
      DetectorDescription detector, int n, int revision, Random random) {
    List<Integer> first =
        detector.chambers().stream().map(DetectorDescription.Chamber::firstBin).toList();
    return window(detector, n, revision, first, List.of(), random);
  }

  /** Window {@code n} of the course's detector on channels from these on. */
  public static WindowSummary window(int n, int revision, List<Integer> first, Random random) {
    return window(COURSE, n, revision, first, List.of(), random);
  }

  /** Window {@code n} of the course's detector with records of these runs. */
  public static WindowSummary ofRuns(int n, List<Long> runs, Random random) {
    List<Integer> first = List.of(0, 64, 0, 64);
    return window(COURSE, n, 0, first, runs, random);
  }

  private static WindowSummary window(
      DetectorDescription detector,
      int n,
      int revision,
      List<Integer> first,
      List<Long> runs,
      Random random) {
    List<ChamberSummary> chambers = new ArrayList<>();
    long hits = 0;
    long orbits = 0;
    for (int chamber = 0; chamber < detector.chambers().size(); chamber++) {
      ChamberSummary summary = chamber(detector, chamber, first.get(chamber), random);
      chambers.add(summary);
      hits += summary.hits();
      orbits += summary.activeChannels().entries();
    }
    int scintillator = detector.scintillators().isEmpty() ? 0 : random.nextInt(5);
    int other = random.nextInt(3);
    Instant start = start(n);
    return new WindowSummary(
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(start, start.plusSeconds(SECONDS))),
            revision,
            false,
            runs),
        hits + scintillator + other + random.nextInt(500),
        random.nextInt(20) == 0 ? 1 : 0,
        hits + scintillator + other,
        scintillator,
        other,
        orbits + scintillator,
        scintillator,
        chambers);
  }

  private static ChamberSummary chamber(
      DetectorDescription detector, int number, int firstBin, Random random) {
    DetectorDescription.Chamber chamber = detector.chambers().get(number);
    int cells = chamber.size();
    long[] occupancy = new long[cells];
    long hits = 0;
    for (int cell = 0; cell < cells; cell++) {
      int mean =
          chamber.hotCells().contains(cell) ? 60 : chamber.weakCells().contains(cell) ? 1 : 15;
      occupancy[cell] = chamber.deadCells().contains(cell) ? 0 : random.nextInt(2 * mean);
      hits += occupancy[cell];
    }
    long[] active = new long[cells];
    active[0] = hits / 2;
    active[Math.min(1, cells - 1)] += hits / 20;
    active[Math.min(chamber.layers(), cells) - 1] += hits / 10;
    long[] gated = new long[cells];
    long[] drift = new long[ChamberHistogram.DRIFT_BINS];
    int below = 0;
    int above = 0;
    if (!detector.scintillators().isEmpty()) {
      int muonHits = random.nextInt(12);
      for (int i = 0; i < muonHits; i++) {
        gated[random.nextInt(cells)]++;
        int ns = random.nextInt((int) Math.max(1, Math.min(MOST_NS, detector.maxDriftNs())));
        drift[(ns - ChamberHistogram.DRIFT_FIRST_NS) / ChamberHistogram.DRIFT_BIN_NS]++;
      }
      below = random.nextInt(2);
      above = random.nextInt(2);
      gated[0] += below + above;
    }
    return new ChamberSummary(
        hits,
        List.of(
            histogram(ChamberHistogram.OCCUPANCY, firstBin, occupancy, 0, 0),
            histogram(ChamberHistogram.ACTIVE_CHANNELS, firstBin, active, 0, 0),
            histogram(ChamberHistogram.SCINTILLATOR_OCCUPANCY, firstBin, gated, 0, 0),
            histogram(ChamberHistogram.DRIFT_TIME, firstBin, drift, below, above)));
  }

  private static Histogram histogram(
      ChamberHistogram which, int firstBin, long[] counts, int below, int above) {
    return Histogram.of(which.edges(firstBin, counts.length), counts, below, above);
  }

  /** The same window without a hit of one chamber. */
  public static WindowSummary silenced(WindowSummary s, int chamber) {
    ChamberSummary was = s.chamber(chamber);
    List<ChamberSummary> chambers = new ArrayList<>(s.chambers());
    chambers.set(
        chamber, new ChamberSummary(0, was.histograms().stream().map(Summaries::empty).toList()));
    return new WindowSummary(
        s.head(),
        s.totImport() - was.hits(),
        s.malformed(),
        s.hits() - was.hits(),
        s.scintillatorHits(),
        s.otherHits(),
        s.orbits(),
        s.scintillatorOrbits(),
        chambers);
  }

  private static Histogram empty(Histogram h) {
    return Histogram.of(h.edges(), new long[h.bins()], 0, 0);
  }

  /** The same contents as window {@code n}. */
  public static WindowSummary moved(WindowSummary s, int n) {
    Instant start = start(n);
    return of(
        s, Optional.of(new WindowSummary.Span(start, start.plusSeconds(SECONDS))), s.revision());
  }

  /** The same contents from one time to another. */
  public static WindowSummary at(Instant start, Instant end, WindowSummary s) {
    return of(s, Optional.of(new WindowSummary.Span(start, end)), s.revision());
  }

  /** The same summary without window, as of a static batch. */
  public static WindowSummary batch(WindowSummary s) {
    return of(s, Optional.empty(), 0);
  }

  private static WindowSummary of(
      WindowSummary s, Optional<WindowSummary.Span> window, int revision) {
    return new WindowSummary(
        new WindowSummary.Head(window, revision, s.incomplete(), s.runs()),
        s.totImport(),
        s.malformed(),
        s.hits(),
        s.scintillatorHits(),
        s.otherHits(),
        s.orbits(),
        s.scintillatorOrbits(),
        s.chambers());
  }
}
