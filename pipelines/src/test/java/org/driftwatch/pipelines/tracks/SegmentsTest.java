package org.driftwatch.pipelines.tracks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

/** Segments against the truth of the muons that left them. */
class SegmentsTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int CHAMBER = 2;
  private static final int MUONS = 20_000;

  /** Noise of a chamber as in the course's data, hits per orbit. */
  private static final double NOISE = 0.05;

  private final ChamberTables tables = ChamberTables.of(COURSE)[CHAMBER];
  private final double umPerUnit = COURSE.cellWidthMm() * 500 / tables.halfCell;
  private final double nsPerUnit = COURSE.clock().tickNs() / ChamberTables.UNITS_PER_TICK;

  /** What of a segment is compared, in mm, tangents and ns. */
  private record Found(
      List<Long> hits, String pattern, boolean isAmbiguous, double x, double slope, double t0Ns) {}

  private final List<Found> found = new ArrayList<>();
  private int busy;
  private final long[] tested = new long[64];
  private final long[] answered = new long[64];
  private final SegmentFinder finder = new SegmentFinder(tables, new Collecting());

  private final class Collecting implements SegmentFinder.Sink {
    @Override
    public void segment(Segment s) {
      StringBuilder pattern = new StringBuilder();
      int hit = 0;
      for (int layer = 0; layer < tables.layers; layer++) {
        boolean isThere = (s.layerSet & 1 << layer) != 0;
        pattern.append(!isThere ? '_' : (s.fit.sides & 1 << hit) != 0 ? 'R' : 'L');
        hit += isThere ? 1 : 0;
      }
      int cell = finder.crossedCell(s);
      if (cell >= 0) {
        tested[cell]++;
        answered[cell] += finder.hasHit(s, cell) ? 1 : 0;
      }
      List<Long> hits = new ArrayList<>();
      for (int i = 0; i < s.hits; i++) {
        hits.add(SegmentFinder.hit((int) (s.time[i] / ChamberTables.UNITS_PER_TICK), s.cell[i]));
      }
      double heightUm = COURSE.cellHeightMm() * 500;
      found.add(
          new Found(
              hits,
              pattern.toString(),
              s.isAmbiguous,
              s.x * umPerUnit / 1000,
              s.slope * umPerUnit / heightUm,
              s.t0 * nsPerUnit));
    }

    @Override
    public void busy() {
      busy++;
    }
  }

  private List<Found> find(List<Long> hits, long scintillator) {
    found.clear();
    long[] array = hits.stream().mapToLong(hit -> hit).toArray();
    finder.find(array, array.length, scintillator);
    return found;
  }

  private static boolean isOf(Found segment, Muons.Muon muon) {
    long shared = segment.hits.stream().filter(muon.hits()::contains).count();
    return shared > 0.7 * segment.hits.size();
  }

  @Test
  void nearlyEveryMuonIsFoundAndHardlyAnythingElse() {
    Random random = Seed.random("muons found");
    Muons muons = new Muons(COURSE, CHAMBER, random);
    int findable = 0;
    int right = 0;
    int segments = 0;
    int ghosts = 0;
    int clear = 0;
    int wrong = 0;
    for (int i = 0; i < MUONS; i++) {
      Muons.Muon muon = muons.next();
      List<Long> hits = new ArrayList<>(muon.hits());
      while (random.nextDouble() < NOISE / (1 + NOISE)) {
        hits.add(muons.noise());
      }
      boolean isFound = false;
      for (Found segment : find(hits, muon.scintillator())) {
        segments++;
        isFound |= isOf(segment, muon);
        ghosts += isOf(segment, muon) ? 0 : 1;
        if (!segment.isAmbiguous) {
          clear++;
          wrong +=
              Math.abs(segment.x - muon.x()) > 2
                      || Math.abs(segment.slope - muon.slope()) > 0.2
                      || Math.abs(segment.t0Ns - muon.t0Ns()) > 40
                  ? 1
                  : 0;
        }
      }
      if (muon.layers() >= ChamberTables.FEWEST_LAYERS) {
        findable++;
        right += isFound ? 1 : 0;
      }
    }
    assertThat((double) right / findable, is(greaterThan(0.98)));
    assertThat((double) ghosts / segments, is(lessThan(0.01)));
    assertThat((double) wrong / clear, is(lessThan(0.01)));
    assertThat((double) clear / segments, is(greaterThan(0.7)));
  }

  /** What the normal equations give, in errors of a hit: place, tangent per mm, time of passage. */
  private static final Map<String, double[]> WIDTHS =
      Map.of(
          "RLRL", new double[] {0.500, 0.0385, 0.559},
          "LRLR", new double[] {0.500, 0.0385, 0.559},
          "RLLR", new double[] {0.500, 0.0344, 0.500},
          "RRLR", new double[] {0.58, 0.0356, 0.598},
          "RLRR", new double[] {0.58, 0.0356, 0.598},
          "LLRL", new double[] {0.58, 0.0356, 0.598});

  @Test
  void errorsAreThoseOfTheNormalEquations() {
    Muons muons = new Muons(COURSE, CHAMBER, Seed.random("errors of segments"));
    Map<String, double[]> squares = new TreeMap<>();
    for (int i = 0; i < 3 * MUONS; i++) {
      Muons.Muon muon = muons.next();
      for (Found s : find(muon.hits(), muon.scintillator())) {
        if (!s.isAmbiguous && s.pattern.equals(muon.pattern())) {
          double[] sums = squares.computeIfAbsent(s.pattern, p -> new double[4]);
          sums[0]++;
          sums[1] += Math.pow((s.x - muon.x()) * 1000 / Muons.SIGMA_UM, 2);
          sums[2] += Math.pow((s.slope - muon.slope()) * 1000 / Muons.SIGMA_UM, 2);
          double drifted = (s.t0Ns - muon.t0Ns()) * COURSE.driftVelocityUmPerNs();
          sums[3] += Math.pow(drifted / Muons.SIGMA_UM, 2);
        }
      }
    }
    WIDTHS.forEach(
        (pattern, expected) -> {
          double[] sums = squares.get(pattern);
          assertThat(pattern, sums[0], is(greaterThan(1500.0)));
          for (int i = 0; i < expected.length; i++) {
            double width = Math.sqrt(sums[i + 1] / sums[0]);
            assertThat(pattern + " " + i, width / expected[i], is(closeTo(1, 0.07)));
          }
        });
    double[] typical = squares.get("RLRL");
    double sigma = Muons.SIGMA_UM;
    assertThat("um", sigma * Math.sqrt(typical[1] / typical[0]), is(lessThanOrEqualTo(135.0)));
    assertThat("mrad", sigma * Math.sqrt(typical[2] / typical[0]), is(lessThanOrEqualTo(10.5)));
    double ns = sigma / COURSE.driftVelocityUmPerNs() * Math.sqrt(typical[3] / typical[0]);
    assertThat("ns", ns, is(lessThanOrEqualTo(3.0)));
  }

  @Test
  void theEfficiencyOfEachCellIsItsOwnAndNotWhatItsSegmentsHave() {
    Muons muons = new Muons(COURSE, CHAMBER, Seed.random("efficiency of cells"));
    double[] truths = {0.5, 0.9, 0.98};
    for (int cell = 0; cell < 64; cell++) {
      muons.efficiencyOf[cell] = truths[cell / 4 % 3];
    }
    long[] with = new long[3];
    long[] all = new long[3];
    for (int i = 0; i < 8 * MUONS; i++) {
      for (Found segment : find(muons.next().hits(), SegmentFinder.NEVER)) {
        biased(segment, with, all);
      }
    }
    int outside = 0;
    for (int cell = 0; cell < 64; cell++) {
      double truth = truths[cell / 4 % 3];
      double error = Math.sqrt(truth * (1 - truth) / tested[cell]);
      double pull = ((double) answered[cell] / tested[cell] - truth) / error;
      outside += Math.abs(pull) > 3 ? 1 : 0;
      assertThat("tests of cell " + cell, tested[cell], is(greaterThan(5L)));
    }
    // One in 370 is beyond three errors by chance; and delta rays beside cells that are half dead
    // take 0.005 off others.
    assertThat("cells beyond three errors", outside, is(lessThanOrEqualTo(8)));
    assertThat("what segments have of 0.5", (double) with[0] / all[0], is(greaterThan(0.6)));
  }

  /** Hits that segments have, and could have: what counts too much. */
  private void biased(Found segment, long[] with, long[] all) {
    int kind = (int) (segment.hits.get(0) & 1023) / 4 % 3;
    for (char side : segment.pattern.toCharArray()) {
      with[kind] += side == '_' ? 0 : 1;
      all[kind]++;
    }
  }

  @Test
  void theOrderOfTheHitsMakesNoDifference() {
    Random random = Seed.random("order of hits");
    Muons muons = new Muons(COURSE, CHAMBER, random);
    for (int i = 0; i < 2000; i++) {
      List<Long> hits = new ArrayList<>(muons.next().hits());
      hits.addAll(muons.next().hits());
      List<String> segments = find(hits, SegmentFinder.NEVER).stream().map(this::text).toList();
      Collections.shuffle(hits, random);
      assertThat(find(hits, SegmentFinder.NEVER).stream().map(this::text).toList(), is(segments));
    }
  }

  private String text(Found f) {
    return f.hits + f.pattern + f.isAmbiguous + f.x + f.slope + f.t0Ns;
  }

  @Test
  void aMuonInAChamberThatIsShiftedByAWireIsShiftedByAWire() {
    Muons muons = new Muons(COURSE, CHAMBER, Seed.random("shifted muons"));
    for (int i = 0; i < 2000; i++) {
      Muons.Muon muon = muons.next();
      if (muon.hits().stream().anyMatch(hit -> (hit & 1023) >= 60)) {
        continue;
      }
      List<Found> here = List.copyOf(find(muon.hits(), SegmentFinder.NEVER));
      List<Found> beside =
          List.copyOf(find(muon.hits().stream().map(hit -> hit + 4).toList(), SegmentFinder.NEVER));
      assertThat(beside.size(), is(here.size()));
      for (int k = 0; k < here.size(); k++) {
        assertThat(beside.get(k).x, is(closeTo(here.get(k).x + COURSE.cellWidthMm(), 1e-3)));
        assertThat(beside.get(k).pattern, is(here.get(k).pattern));
        assertThat(beside.get(k).t0Ns, is(here.get(k).t0Ns));
      }
    }
  }

  @Test
  void xGrowsWithTheWireAndTheSlopeIsPositiveWhereXGrowsUpwards() {
    Muons muons = new Muons(COURSE, CHAMBER, Seed.random("an inclined muon"));
    muons.efficiency = 1;
    muons.deltaRays = 0;
    Muons.Muon muon = muons.next(150, 0.4);
    Found segment = find(muon.hits(), SegmentFinder.NEVER).get(0);
    assertThat(segment.x, is(closeTo(150, 2)));
    assertThat(segment.slope, is(closeTo(0.4, 0.08)));
  }

  @Test
  void aThousandHitsOfOneOrbitAreBusyAndNothingElse() {
    long[] close =
        LongStream.range(0, 1000).map(i -> SegmentFinder.hit(5000, (int) i % 64)).toArray();
    finder.find(close, close.length, SegmentFinder.NEVER);
    assertThat(found.size(), is(0));
    assertThat(busy, is(1));
    long[] same = LongStream.range(0, 1000).map(i -> SegmentFinder.hit((int) i * 50, 17)).toArray();
    finder.find(same, same.length, SegmentFinder.NEVER);
    assertThat(found.size(), is(0));
    assertThat(busy, is(2));
    long[] often =
        LongStream.range(0, 24).map(i -> SegmentFinder.hit(700, 20 + (int) i % 4)).toArray();
    finder.find(often, often.length, SegmentFinder.NEVER);
    assertThat("sets of such a cluster are too many to try", busy, is(3));
  }

  @Test
  void aLayerOrACellAloneIsNoSegment() {
    for (int layer = 0; layer < 4; layer++) {
      int of = layer;
      find(
          LongStream.range(0, 16)
              .map(i -> SegmentFinder.hit(700, (int) i * 4 + of))
              .boxed()
              .toList(),
          SegmentFinder.NEVER);
      assertThat(found.size(), is(0));
    }
    find(List.of(SegmentFinder.hit(5, 3), SegmentFinder.hit(9, 3), SegmentFinder.hit(30, 3)), 0);
    assertThat(found.size(), is(0));
    assertThat(busy, is(0));
  }
}
