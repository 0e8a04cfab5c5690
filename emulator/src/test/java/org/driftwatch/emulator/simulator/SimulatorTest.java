package org.driftwatch.emulator.simulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.Descriptions;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated readout against the figures known of the real one. */
class SimulatorTest {
  private static final int ROWS = 1_500_000;
  private static final int CHAMBERS = 4;
  private static final int CELLS = 64;
  private static final double SECONDS_PER_ORBIT = 89.1e-6;
  private static final DetectorDescription RUN = Course.DETECTOR;
  private static final ChannelMap MAP = new ChannelMap(RUN);

  private static List<DaqRecord> rows;
  private static List<DaqRecord> hits;

  @BeforeAll
  static void simulate() {
    rows = rows(RUN, 7, ROWS);
    hits = rows.stream().filter(Course::isHit).toList();
  }

  private static List<DaqRecord> rows(DetectorDescription run, long seed, int count) {
    Simulator simulator = new Simulator(run, seed);
    List<DaqRecord> rows = new ArrayList<>(count);
    RowBatch batch = Course.batch(1000);
    while (rows.size() < count) {
      batch.clear();
      assertThat(simulator.read(batch), is(true));
      for (int i = 0; i < batch.size() && rows.size() < count; i++) {
        rows.add(batch.row(i));
      }
    }
    return rows;
  }

  private static int cell(DaqRecord hit) {
    return MAP.cell(Course.word(hit));
  }

  private static long[] hitsPerCell() {
    long[] counts = new long[MAP.other() + 1];
    hits.forEach(hit -> counts[cell(hit)]++);
    return counts;
  }

  /** The hits of each orbit after the counter was set back. */
  private static Map<Long, List<DaqRecord>> hitsPerOrbit() {
    return hits.stream()
        .skip(1000)
        .collect(Collectors.groupingBy(DaqRecord::orbit, HashMap::new, Collectors.toList()));
  }

  private static double seconds() {
    long first = hits.get(1000).orbit();
    long last = hits.get(hits.size() - 1).orbit();
    return (last - first) * SECONDS_PER_ORBIT;
  }

  @Test
  void theSameSeedGivesTheSameRows() {
    assertThat(rows(RUN, 7, 20_000), equalTo(rows.subList(0, 20_000)));
  }

  @Test
  void anotherSeedGivesOtherRows() {
    assertThat(rows(RUN, 8, 1000), not(equalTo(rows.subList(0, 1000))));
  }

  @Test
  void theSameRowsComeInBatchesOfAnySize() {
    Simulator simulator = new Simulator(RUN, 7);
    RowBatch batch = Course.batch(12);
    simulator.read(batch);
    simulator.read(batch);
    assertThat(batch.row(8), equalTo(rows.get(8)));
  }

  @Test
  void hitsShareTheChambersAsInTheRealRun() {
    long[] cells = hitsPerCell();
    double[] expected = {17, 37, 24, 22};
    for (int chamber = 0; chamber < CHAMBERS; chamber++) {
      long sum = 0;
      for (int cell = 0; cell < CELLS; cell++) {
        sum += cells[chamber * CELLS + cell];
      }
      assertThat("chamber " + chamber, 100.0 * sum / hits.size(), closeTo(expected[chamber], 1));
    }
  }

  @Test
  void hitsComeAtTheDetectorsRate() {
    assertThat((hits.size() - 1000) / seconds(), closeTo(2475, 0.05 * 2475));
  }

  @Test
  void theScintillatorFiresAboutThreeTimesInTwoSeconds() {
    assertThat(hitsPerCell()[MAP.scintillator()] / seconds(), closeTo(1.55, 0.3));
  }

  @Test
  void theInternalTriggerIsTheOnlyOtherChannel() {
    Set<String> others =
        hits.stream()
            .filter(hit -> cell(hit) == MAP.other())
            .map(hit -> hit.board() + "/" + hit.channel())
            .collect(Collectors.toSet());
    assertThat(others, equalTo(Set.of("1/138")));
    assertThat(100.0 * hitsPerCell()[MAP.other()] / hits.size(), closeTo(0.4, 0.15));
  }

  @Test
  void deadCellsAreSilentAndHotOnesLoud() {
    long[] cells = hitsPerCell();
    for (int chamber = 0; chamber < CHAMBERS; chamber++) {
      Chamber c = RUN.chambers().get(chamber);
      List<Long> good = new ArrayList<>();
      for (int cell = 0; cell < CELLS; cell++) {
        if (!c.deadCells().contains(cell)
            && !c.weakCells().contains(cell)
            && !c.hotCells().contains(cell)) {
          good.add(cells[chamber * CELLS + cell]);
        }
      }
      double median = good.stream().sorted().toList().get(good.size() / 2);
      for (int cell : c.deadCells()) {
        assertThat(cells[chamber * CELLS + cell], is(0L));
      }
      for (int cell : c.weakCells()) {
        assertThat(
            (double) cells[chamber * CELLS + cell],
            allOf(greaterThan(0.0), lessThan(0.1 * median)));
      }
      for (int cell : c.hotCells()) {
        assertThat((double) cells[chamber * CELLS + cell], greaterThan(1.5 * median));
      }
    }
  }

  @Test
  void activeChannelsPerOrbitPeakAtOneAndAgainAtFour() {
    long[][] orbits = new long[CHAMBERS][CELLS + 1];
    hitsPerOrbit()
        .values()
        .forEach(
            orbit -> {
              for (int chamber = 0; chamber < CHAMBERS; chamber++) {
                int wanted = chamber;
                long active =
                    orbit.stream()
                        .map(SimulatorTest::cell)
                        .filter(cell -> cell / CELLS == wanted)
                        .distinct()
                        .count();
                orbits[chamber][(int) active]++;
              }
            });
    for (long[] chamber : orbits) {
      assertThat(chamber[1], greaterThan(chamber[4]));
      assertThat(chamber[4], greaterThan(chamber[3]));
      assertThat(chamber[4], greaterThan(chamber[2]));
      assertThat(chamber[4], greaterThan(chamber[5]));
    }
  }

  @Test
  void driftTimesFillTheBox() {
    List<Double> drifts = new ArrayList<>();
    hitsPerOrbit()
        .values()
        .forEach(
            orbit ->
                orbit.stream()
                    .filter(hit -> cell(hit) == MAP.scintillator())
                    .mapToInt(SimulatorTest::ticks)
                    .min()
                    .ifPresent(
                        scintillator ->
                            orbit.stream()
                                .filter(hit -> cell(hit) < MAP.scintillator())
                                .forEach(hit -> drifts.add(driftNs(hit, scintillator)))));
    assertThat(drifts, hasSize(greaterThan(5000)));
    assertThat(share(drifts, -20, 410), greaterThan(0.97));
    double level = share(drifts, 40, 340) / 3;
    // Flat between the edges: every 100 ns hold the same.
    assertThat(share(drifts, 40, 140), closeTo(level, 0.15 * level));
    assertThat(share(drifts, 240, 340), closeTo(level, 0.15 * level));
    // Edges at 0 and 390 ns, not washed out.
    assertThat(share(drifts, 10, 20), greaterThan(0.7 * level / 10));
    assertThat(share(drifts, 370, 380), greaterThan(0.7 * level / 10));
    assertThat(share(drifts, -30, -10), lessThan(0.1 * level));
    assertThat(share(drifts, 405, 425), lessThan(0.1 * level));
  }

  private static int ticks(DaqRecord hit) {
    return hit.crossing() * 30 + (int) hit.tick();
  }

  private static double driftNs(DaqRecord hit, int scintillator) {
    int chamber = cell(hit) / CELLS;
    return (ticks(hit) - scintillator) * 25 / 30.0
        + RUN.chambers().get(chamber).driftOffsetNs().doubleValue();
  }

  private static double share(List<Double> values, double from, double to) {
    return values.stream().filter(v -> v >= from && v < to).count() / (double) values.size();
  }

  @Test
  void hitsStayWithinWhatTheBoardsCanCount() {
    for (DaqRecord hit : hits) {
      assertThat(hit.crossing(), allOf(greaterThanOrEqualTo(0), lessThan(3564)));
      assertThat(hit.tick(), allOf(greaterThanOrEqualTo(1.0), lessThanOrEqualTo(30.0)));
    }
  }

  @Test
  void theCounterIsSetBackOnceWithinTheFirstRows() {
    assertThat(hits.get(0).orbit(), greaterThan(3_387_000_000L));
    List<Integer> falls = new ArrayList<>();
    for (int i = 1; i < 5000; i++) {
      if (Course.isHit(rows.get(i)) && rows.get(i).orbit() < 1_000_000) {
        falls.add(i);
        break;
      }
    }
    assertThat(falls, everyItem(allOf(greaterThan(200), lessThan(500))));
    assertThat(falls, hasSize(1));
    long high = rows.stream().skip(600).filter(row -> row.orbit() > 3_000_000_000L).count();
    assertThat(high, is(0L));
  }

  @Test
  void eachBoardAloneIsInOrderOfOrbits() {
    for (int board = 0; board < 2; board++) {
      long last = 0;
      for (DaqRecord hit : hits.subList(1000, hits.size())) {
        if (hit.board() == board) {
          assertThat(hit.orbit(), greaterThanOrEqualTo(last));
          last = hit.orbit();
        }
      }
    }
  }

  @Test
  void rowsComeInBlocksOfFourOfOneBoardAndKind() {
    for (int i = 0; i < ROWS; i += 4) {
      DaqRecord first = rows.get(i);
      for (int k = 1; k < 4; k++) {
        assertThat(rows.get(i + k).board(), is(first.board()));
        assertThat(Course.isHit(rows.get(i + k)), is(Course.isHit(first)));
      }
    }
  }

  @Test
  void hitsOfOneOrbitLieSomeHundredRowsApartAtMost() {
    Map<Long, Integer> firstRow = new HashMap<>();
    int farthest = 0;
    for (int i = 2000; i < ROWS; i++) {
      if (Course.isHit(rows.get(i))) {
        Integer first = firstRow.putIfAbsent(rows.get(i).orbit(), i);
        farthest = first == null ? farthest : Math.max(farthest, i - first);
      }
    }
    assertThat(farthest, allOf(greaterThan(80), lessThan(400)));
  }

  @Test
  void hitsRunSomeHundredOrbitsBehindTheLargestAtMost() {
    long largest = 0;
    long behind = 0;
    for (DaqRecord hit : hits.subList(2000, hits.size())) {
      largest = Math.max(largest, hit.orbit());
      behind = Math.max(behind, largest - hit.orbit());
    }
    assertThat(behind, allOf(greaterThan(100L), lessThan(1500L)));
  }

  /** The real sample's first rows hold 499 hits in 280 orbits, most of them single noise hits. */
  @Test
  void mostOrbitsHoldOneHitAndAMuonManyMore() {
    Map<Long, List<DaqRecord>> orbits = hitsPerOrbit();
    double mean = orbits.values().stream().mapToInt(List::size).average().orElse(0);
    double single =
        orbits.values().stream().filter(orbit -> orbit.size() == 1).count()
            / (double) orbits.size();
    assertThat(mean, closeTo(1.78, 0.2));
    assertThat(single, closeTo(0.757, 0.1));
  }

  /** Orbits with a single hit show the noise alone: hardly any muon leaves just one. */
  @Test
  void aCellOfEachChamberFlickersWithTenTimesTheMeanNoise() {
    int[][] perSpell = new int[MAP.scintillator()][60];
    long start = hits.get(1000).orbit();
    long spell = 10 * 11_223L;
    for (List<DaqRecord> orbit : hitsPerOrbit().values()) {
      DaqRecord hit = orbit.get(0);
      long number = (hit.orbit() - start) / spell;
      if (orbit.size() == 1 && cell(hit) < MAP.scintillator() && number >= 0 && number < 50) {
        perSpell[cell(hit)][(int) number]++;
      }
    }
    for (int chamber = 0; chamber < CHAMBERS; chamber++) {
      int first = chamber * CELLS;
      Chamber c = RUN.chambers().get(chamber);
      double mean =
          Arrays.stream(CellResponse.goodCells(c))
              .map(cell -> median(perSpell[first + cell]))
              .average()
              .orElseThrow();
      List<Integer> flickering = new ArrayList<>();
      for (int cell = 0; cell < CELLS; cell++) {
        int[] sorted = sorted(perSpell[first + cell]);
        if (sorted[48] > 4 * median(sorted)) {
          flickering.add(sorted[48]);
        }
      }
      assertThat("chamber " + chamber, flickering, hasSize(1));
      assertThat("chamber " + chamber, flickering.get(0) / mean, closeTo(10, 1.5));
    }
  }

  private static int[] sorted(int[] spells) {
    int[] sorted = Arrays.copyOf(spells, 50);
    Arrays.sort(sorted);
    return sorted;
  }

  private static int median(int[] spells) {
    return sorted(spells)[25];
  }

  @Test
  void theDetectorIsQuietFor210SecondsWithinTheFirstHour() {
    Simulator simulator = new Simulator(RUN, 7);
    RowBatch batch = Course.batch(4000);
    long last = 0;
    long seen = 0;
    List<Double> leaps = new ArrayList<>();
    while (seen < 3600 * 2475L) {
      batch.clear();
      simulator.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        if (batch.isHit(i)) {
          long orbit = Course.orbit(batch.word(i));
          if (seen++ > 1000 && orbit - last > 11_223) {
            leaps.add((orbit - last) * SECONDS_PER_ORBIT);
          }
          last = Math.max(orbit, seen > 1000 ? last : 0);
        }
      }
    }
    assertThat(leaps, hasSize(1));
    assertThat(leaps.get(0), closeTo(210, 1));
  }

  @Test
  void halfTheRowsAreTriggerWordsAtFirstAndATenthLater() {
    assertThat(shareOfHits(0, 992), closeTo(0.5, 0.01));
    assertThat(shareOfHits(2000, ROWS), closeTo(0.9, 0.005));
  }

  private static double shareOfHits(int from, int to) {
    return rows.subList(from, to).stream().filter(Course::isHit).count() / (double) (to - from);
  }

  @Test
  void triggerWordsHaveTheContentOfTheRealOnes() {
    List<DaqRecord> words = rows.stream().filter(row -> !Course.isHit(row)).toList();
    assertThat(
        words.stream().map(DaqRecord::head).collect(Collectors.toCollection(TreeSet::new)),
        equalTo(Set.of(0, 1, 3, 4, 5)));
    for (DaqRecord word : words) {
      switch (word.head()) {
        case 0 -> {
          assertThat(word.crossing(), lessThan(3564));
          assertThat(word.channel(), lessThanOrEqualTo(31));
        }
        case 1 -> assertThat(word.tick(), lessThanOrEqualTo(170.0));
        case 3 -> assertThat(word.crossing(), lessThanOrEqualTo(34952));
        case 4 -> assertThat(word.tick(), closeTo(0, 2));
        default ->
            assertThat(word.tick(), allOf(greaterThanOrEqualTo(-67.3), lessThanOrEqualTo(86.6)));
      }
    }
    long fractions = words.stream().filter(word -> word.tick() != Math.rint(word.tick())).count();
    assertThat(fractions, greaterThan(words.size() / 3L));
  }

  @Test
  void orbitsOfTriggerWordsRunFarAheadOfTheHits() {
    long hitOrbit = 0;
    long farthest = 0;
    for (DaqRecord row : rows.subList(1000, ROWS)) {
      if (Course.isHit(row)) {
        hitOrbit = row.orbit();
      } else if (hitOrbit > 0) {
        farthest = Math.max(farthest, row.orbit() - hitOrbit);
      }
    }
    assertThat(farthest, allOf(greaterThan(100_000L), lessThan(160_000L)));
  }

  @Test
  void theMappingOfTheRunIsFollowed(@TempDir Path folder) throws IOException {
    DetectorDescription swapped =
        Descriptions.changed(
            folder,
            "course",
            text ->
                text.replaceFirst(
                    "(?s)\"board\": 0, *\"firstChannel\": 0",
                    "\"board\": 5, \"firstChannel\": 256"));
    assertThat(swapped.chambers().get(0).channels().get(0).board(), is(5));
    ChannelMap map = new ChannelMap(swapped);
    List<DaqRecord> moved = rows(swapped, 1, 50_000).stream().filter(Course::isHit).toList();
    assertThat(
        moved.stream().map(DaqRecord::board).collect(Collectors.toSet()), equalTo(Set.of(0, 1, 5)));
    long inChamber0 = moved.stream().filter(hit -> map.cell(Course.word(hit)) < 64).count();
    assertThat(100.0 * inChamber0 / moved.size(), closeTo(17, 2));
    assertThat(
        moved.stream()
            .filter(hit -> hit.board() == 5)
            .map(hit -> hit.channel() - 256)
            .collect(Collectors.toSet()),
        everyItem(not(in(swapped.chambers().get(0).deadCells()))));
  }

  @Test
  void everyRowOfAHitIsAWordOfTheDaq() {
    RowBatch batch = Course.batch(4000);
    new Simulator(RUN, 3).read(batch);
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isHit(i)) {
        assertThat(batch.isWide(i), is(false));
        assertThat(batch.row(i).head(), is(Course.HIT));
      }
    }
  }
}
