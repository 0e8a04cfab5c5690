package org.driftwatch.emulator.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.Descriptions;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a healthy detector does, over hours, that is neither a muon nor even noise. */
class HealthyNoiseTest {
  private static final int HOUR_S = 3600;
  private static final int DAYS = 6;
  private static final int CHAMBERS = 4;

  @Test
  void eachChamberSparksEveryFewMinutesInAFewNeighbouringCells() {
    Sparks sparks = new Sparks(Course.DETECTOR, new RandomStream(3));
    ChannelMap map = new ChannelMap(Course.DETECTOR);
    HitLayout layout = new HitLayout(Course.DETECTOR);
    Surplus surplus = new Surplus();
    RandomStream random = new RandomStream(4);
    int[] count = new int[CHAMBERS];
    double hits = 0;
    double second = 0;
    while (second < DAYS * 24 * HOUR_S) {
      surplus.clear();
      double next = sparks.advance(second, surplus);
      if (surplus.hz() > 0) {
        assertThat(next - second, lessThan(1.0));
        hits += surplus.hz() * (next - second);
        Set<Integer> cells = new TreeSet<>();
        for (int i = 0; i < 30; i++) {
          cells.add(map.cell(layout.hit(surplus.address(random), 0, 0, 0)));
        }
        int chamber = Collections.min(cells) / 64;
        if (Collections.max(cells) / 64 == chamber) {
          count[chamber]++;
          requireNeighbours(chamber, cells);
        }
      }
      second = next;
    }
    for (int chamber = 0; chamber < CHAMBERS; chamber++) {
      assertThat(count[chamber] / (24.0 * DAYS), closeTo(15, 2.5));
    }
    // 50 to 200 hits each.
    assertThat(hits / Arrays.stream(count).sum(), closeTo(125, 8));
  }

  private static void requireNeighbours(int chamber, Set<Integer> cells) {
    Chamber c = Course.DETECTOR.chambers().get(chamber);
    assertThat(cells, hasSize(allOf(greaterThan(0), lessThan(6))));
    List<Integer> own = cells.stream().map(cell -> cell - 64 * chamber).toList();
    assertThat(Collections.disjoint(own, c.deadCells()), is(true));
    for (int a : own) {
      for (int b : own) {
        assertThat(
            Math.abs(c.layer(a) - c.layer(b)) + Math.abs(c.wire(a) - c.wire(b)), lessThan(3));
      }
    }
  }

  @Test
  void noiseAndGasChangeSlowlyAndStayWithinAFewPercent() {
    for (long seed = 1; seed <= 8; seed++) {
      Conditions conditions = new Conditions(CHAMBERS, new RandomStream(seed));
      List<Double> noise = new ArrayList<>();
      List<Double> gas = new ArrayList<>();
      for (double second = 0; second < 48 * HOUR_S; second = conditions.next()) {
        assertThat(conditions.advance(second), is(second > 0));
        noise.add(conditions.noise(2));
        gas.add(conditions.driftVelocity());
      }
      assertThat(noise, hasSize(48 * 60));
      requireSlow(noise, 0.004);
      requireSlow(gas, 0.001);
      assertThat(swing(noise), allOf(greaterThan(0.03), lessThan(0.1)));
      assertThat(swing(gas), allOf(greaterThan(0.008), lessThan(0.02 + 1e-9)));
      assertThat(Collections.max(gas), lessThan(1.01 + 1e-9));
      assertThat(Collections.min(gas), greaterThan(0.99 - 1e-9));
    }
  }

  private static double swing(List<Double> factors) {
    return Collections.max(factors) - Collections.min(factors);
  }

  private static void requireSlow(List<Double> factors, double most) {
    for (int i = 1; i < factors.size(); i++) {
      assertThat(Math.abs(factors.get(i) - factors.get(i - 1)), lessThan(most));
    }
  }

  @Test
  void theLongestDriftFollowsTheGas() {
    // 390 ns after the passage, which comes 140 - 93.9 ns before the scintillator's signal.
    assertThat(longestDriftNs(1), closeTo(390, 4));
    assertThat(longestDriftNs(0.98), closeTo(398, 4));
    assertThat(longestDriftNs(1.02), closeTo(382, 4));
  }

  /** The drift that one in a thousand hits of chamber 0 exceeds. */
  private static double longestDriftNs(double velocity) {
    CosmicMuons muons =
        new CosmicMuons(Course.DETECTOR, Truth.usual(Course.DETECTOR), new RandomStream(5), null);
    muons.driftVelocity(velocity);
    HitLayout layout = new HitLayout(Course.DETECTOR);
    ChannelMap map = new ChannelMap(Course.DETECTOR);
    List<Double> drifts = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      int hits = muons.next();
      for (int k = 0; k < hits; k++) {
        if (map.cell(layout.hit(muons.addresses[k], 0, 0, 0)) < 64) {
          drifts.add(muons.ticks[k] * 25 / 30.0 - 140 + 93.9);
        }
      }
    }
    Collections.sort(drifts);
    // The resolution of 3 ns adds some to the latest.
    return drifts.get(drifts.size() - drifts.size() / 200);
  }

  /** A detector so small that a day of it is quickly simulated. */
  @Test
  void theRateOfADayRisesAndFallsByAFewPercent(@TempDir Path folder) throws IOException {
    DetectorDescription small =
        Descriptions.of(
            folder,
            "small",
            "{\"crossingNs\": 25, \"crossingsPerOrbit\": 3564, \"ticksPerCrossing\": 30,"
                + " \"orbitBits\": 32}",
            """
            {"is": "board", "name": "b", "bits": 1}, {"is": "channel", "name": "c", "bits": 4},
            {"is": "orbit", "name": "o", "bits": 32}, {"is": "crossing", "name": "x", "bits": 12},
            {"is": "tick", "name": "t", "bits": 5, "first": 1}
            """,
            "",
            """
            {"name": "c0", "board": 0, "firstChannel": 0, "layerOrder": [1, 2], "layers": 2,
             "wires": 2, "view": "x", "zMm": 0}
            """,
            "");
    List<long[]> perTenMinutes = hitsPerTenMinutes(small);
    long[] all = new long[4];
    perTenMinutes.forEach(hits -> Arrays.setAll(all, cell -> all[cell] + hits[cell]));
    double bins = perTenMinutes.size();
    // 17 % of 2475 Hz by 4 of 64 cells.
    assertThat(Arrays.stream(all).sum() / bins / 600, closeTo(0.17 * 2475 / 16, 1.5));
    long flickering = Arrays.stream(all).max().orElseThrow();
    double mean = (Arrays.stream(all).sum() - flickering) / bins;
    // 48 h, three at a time.
    List<Double> smooth = new ArrayList<>();
    for (int i = 0; i + 18 <= bins; i += 18) {
      smooth.add(
          perTenMinutes.subList(i, i + 18).stream()
                  .mapToDouble(
                      hits ->
                          IntStream.range(0, 4)
                              .filter(cell -> all[cell] != flickering)
                              .mapToLong(cell -> hits[cell])
                              .sum())
                  .average()
                  .orElseThrow()
              / mean);
    }
    assertThat(swing(smooth), allOf(greaterThan(0.015), lessThan(0.08)));
  }

  /** Hits of each cell, where the detector is not quiet. */
  private static List<long[]> hitsPerTenMinutes(DetectorDescription detector) {
    ChannelMap map = new ChannelMap(detector);
    double secondsPerOrbit = detector.clock().orbitNs() / 1e9;
    long[][] counts = new long[48 * 6][4];
    Simulator simulator = new Simulator(detector, 2);
    RowBatch batch = new RowBatch(new RecordPacking(detector), 4096);
    Set<Integer> quiet = new TreeSet<>();
    long last = 0;
    while (true) {
      batch.clear();
      simulator.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        long orbit = batch.orbit(i);
        if (orbit > 3_000_000_000L && last == 0) {
          continue;
        }
        int bin = (int) (orbit * secondsPerOrbit / 600);
        if (bin >= counts.length) {
          return IntStream.range(1, counts.length)
              .filter(k -> !quiet.contains(k))
              .mapToObj(k -> counts[k])
              .toList();
        }
        counts[bin][map.cell(batch.word(i))]++;
        if ((orbit - last) * secondsPerOrbit > 100) {
          quiet.add(bin);
          quiet.add((int) (last * secondsPerOrbit / 600));
        }
        last = orbit;
      }
    }
  }
}
