package org.driftwatch.viewer;

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

/** Window summaries with contents as a detector gives them: noise, muons, dead and hot cells. */
public final class Summaries {
  public static final Instant START = Instant.parse("2026-11-20T20:36:45.000Z");
  private static final int SECONDS = 5;
  private static final RunConfiguration RUN = RunConfiguration.course();

  private Summaries() {}

  /** Start of window {@code n}, windows of 5 s. */
  public static Instant start(int n) {
    return START.plusSeconds((long) n * SECONDS);
  }

  /** Window {@code n} with random contents. */
  public static WindowSummary window(int n, int revision, Random random) {
    return window(n, revision, ChamberChannels.course(), random);
  }

  /** First TDC channels of the four chambers. */
  public record ChamberChannels(List<Integer> first) {
    static ChamberChannels course() {
      return new ChamberChannels(
          RUN.chambers().stream().map(RunConfiguration.Chamber::firstChannel).toList());
    }
  }

  /** Window {@code n} with random contents on these channels. */
  public static WindowSummary window(int n, int revision, ChamberChannels channels, Random random) {
    List<ChamberSummary> chambers = new ArrayList<>();
    long hits = 0;
    long orbits = 0;
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      ChamberSummary summary = chamber(chamber, channels.first().get(chamber), random);
      chambers.add(summary);
      hits += summary.hits();
      orbits += summary.activeChannels().entries();
    }
    int scintillator = random.nextInt(5);
    int other = random.nextInt(3);
    Instant start = start(n);
    return new WindowSummary(
        Optional.of(new WindowSummary.Span(start, start.plusSeconds(SECONDS))),
        revision,
        false,
        hits + scintillator + other + random.nextInt(500),
        random.nextInt(20) == 0 ? 1 : 0,
        hits + scintillator + other,
        scintillator,
        other,
        orbits + scintillator,
        scintillator,
        chambers);
  }

  private static ChamberSummary chamber(int chamber, int firstChannel, Random random) {
    RunConfiguration.Chamber known = RUN.chambers().get(chamber);
    long[] occupancy = new long[Telescope.CELLS];
    long hits = 0;
    for (int cell = 0; cell < Telescope.CELLS; cell++) {
      int mean = known.hotCells().contains(cell) ? 60 : known.weakCells().contains(cell) ? 1 : 15;
      occupancy[cell] = known.deadCells().contains(cell) ? 0 : random.nextInt(2 * mean);
      hits += occupancy[cell];
    }
    long[] active = new long[Telescope.CELLS];
    active[0] = hits / 2;
    active[1] = hits / 20;
    active[Telescope.LAYERS - 1] = hits / 10;
    long[] gated = new long[Telescope.CELLS];
    long[] drift = new long[ChamberSummary.DRIFT_BINS];
    int muonHits = random.nextInt(12);
    for (int i = 0; i < muonHits; i++) {
      gated[random.nextInt(Telescope.CELLS)]++;
      int ns = random.nextInt((int) RUN.maxDriftNs());
      drift[(ns - ChamberSummary.DRIFT_FIRST_NS) / ChamberSummary.DRIFT_BIN_NS]++;
    }
    int below = random.nextInt(2);
    int above = random.nextInt(2);
    gated[0] += below + above;
    int[] edges = ChamberSummary.occupancyEdges(firstChannel);
    return new ChamberSummary(
        hits,
        Histogram.of(edges, occupancy, 0, 0),
        Histogram.of(ChamberSummary.activeChannelEdges(), active, 0, 0),
        Histogram.of(edges, gated, 0, 0),
        Histogram.of(ChamberSummary.driftEdges(), drift, below, above));
  }

  /** The same window without a hit of one chamber. */
  public static WindowSummary silenced(WindowSummary s, int chamber) {
    ChamberSummary was = s.chamber(chamber);
    List<ChamberSummary> chambers = new ArrayList<>(s.chambers());
    chambers.set(
        chamber,
        new ChamberSummary(
            0,
            empty(was.occupancy()),
            empty(was.activeChannels()),
            empty(was.scintillatorOccupancy()),
            empty(was.driftTime())));
    return new WindowSummary(
        s.window(),
        s.revision(),
        s.incomplete(),
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

  /** The same summary without window, as of a static batch. */
  public static WindowSummary batch(WindowSummary s) {
    return of(s, Optional.empty(), 0);
  }

  private static WindowSummary of(
      WindowSummary s, Optional<WindowSummary.Span> window, int revision) {
    return new WindowSummary(
        window,
        revision,
        s.incomplete(),
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
