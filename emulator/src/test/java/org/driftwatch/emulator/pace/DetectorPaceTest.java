package org.driftwatch.emulator.pace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.Descriptions;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.files.LocalFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorPaceTest {
  private static final long ORBIT_NS = 89_100;
  private static final long ORBITS_PER_SECOND = 11_223;
  private static final long SECOND = 1_000_000_000;

  @TempDir Path folder;

  private final RowBatch batch = Course.batch(1 << 16);

  private void hits(long... orbits) {
    for (long orbit : orbits) {
      batch.add(Course.hit(0, 5, orbit & Course.LAST_ORBIT, 0, 1), 0);
    }
  }

  /** Hits of one orbit after the other. */
  private void run(long from, long to) {
    for (long orbit = from; orbit < to; orbit++) {
      hits(orbit);
    }
  }

  private List<Long> dues(Pace pace) {
    List<Long> dues = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      long due = pace.due(batch, i);
      assertThat("asked again", pace.due(batch, i), is(due));
      dues.add(due);
      pace.sent();
    }
    return dues;
  }

  private List<Long> dues() {
    return dues(new DetectorPace(Course.DETECTOR.clock(), 1, DetectorPace.NO_LIMIT));
  }

  private long last(Pace pace) {
    List<Long> dues = dues(pace);
    return dues.get(dues.size() - 1);
  }

  private long last() {
    return last(new DetectorPace(Course.DETECTOR.clock(), 1, DetectorPace.NO_LIMIT));
  }

  @Test
  void anOrbitLasts89100Nanoseconds() {
    hits(7, 8, 8, 18);
    assertThat(dues(), is(List.of(0L, ORBIT_NS, ORBIT_NS, 11 * ORBIT_NS)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 2, 1000})
  void theSpeedDividesTheTime(double speed) {
    run(100, 20_100);
    assertThat(
        (double) last(new DetectorPace(Course.DETECTOR.clock(), speed, DetectorPace.NO_LIMIT)),
        closeTo(19_999 * ORBIT_NS / speed, 1));
  }

  @Test
  void hitsThatComeLateGoWithThoseAroundThem() {
    hits(1000, 1606, 1000, 1300, 1607);
    assertThat(
        dues(), is(List.of(0L, 606 * ORBIT_NS, 606 * ORBIT_NS, 606 * ORBIT_NS, 607 * ORBIT_NS)));
  }

  @Test
  void triggerWordsSayNothingOfTheTime() {
    batch.add(new DaqRecord(3, 0, 0, 900_000, 0, 0));
    hits(1000);
    batch.add(new DaqRecord(0, 0, 0, 146_000, 0, 0));
    batch.add(new DaqRecord(4, 0, 0, 3387339394L, 0, -0.5625));
    hits(1001);
    assertThat(dues(), is(List.of(0L, 0L, 0L, 0L, ORBIT_NS)));
  }

  @Test
  void aCounterThatIsSetBackGoesOnWithoutAPause() {
    run(3_387_200_947L, 3_387_201_047L);
    run(616_953, 617_053);
    List<Long> dues = dues();
    assertThat(dues.get(100), is(99 * ORBIT_NS));
    assertThat(dues.get(199), is((99 + 99) * ORBIT_NS));
  }

  @Test
  void boardsThatTakeTurnsAtTheEndOfAnEpochCostNoTime() {
    run(3_387_200_000L, 3_387_200_100L);
    for (int i = 0; i < 30; i++) {
      hits(616_953 + i, 616_953 + i, 3_387_200_060L + i, 3_387_200_061L + i);
    }
    run(616_983, 617_083);
    assertThat(last() / (double) ORBIT_NS, closeTo(99 + 129, 31));
  }

  @Test
  void theCounterOverflowsWithoutASeam() {
    run(Course.LAST_ORBIT - 49, Course.LAST_ORBIT + 51);
    assertThat(last(), is(99 * ORBIT_NS));
  }

  /** Hits of a counter of so many bits, which goes on over its turns. */
  private long lastOf(int bits, long from, long to, long step) throws IOException {
    DetectorDescription detector =
        bits == 19
            ? DetectorDescription.load("two-stations")
            : Descriptions.changed(
                folder, "two-stations", text -> text.replace("19", Integer.toString(bits)));
    HitLayout layout = new HitLayout(detector);
    RowBatch rows = new RowBatch(new RecordPacking(detector), (int) ((to - from) / step + 1));
    for (long orbit = from; orbit <= to; orbit += step) {
      long counted = orbit & detector.clock().lastOrbit();
      rows.add(layout.hit(0, counted, 0, 1), layout.orbitAbove(counted));
    }
    Pace pace = new DetectorPace(detector.clock(), 1, DetectorPace.NO_LIMIT);
    long due = 0;
    for (int i = 0; i < rows.size(); i++) {
      due = pace.due(rows, i);
      pace.sent();
    }
    return due;
  }

  @Test
  void timeGoesOnOverTheTurnsOfAShortCounter() throws IOException {
    double orbitNs = 24.95 * 3564;
    assertThat((double) lastOf(19, 524_000, 524_000 + 2_000_000, 10), closeTo(2e6 * orbitNs, 10));
    assertThat((double) lastOf(8, 250, 250 + 100_000, 1), closeTo(1e5 * orbitNs, 10));
    assertThat((double) lastOf(64, -1000, 100_000, 1), closeTo(101e3 * orbitNs, 10));
    assertThat((double) lastOf(40, (1L << 40) - 9, (1L << 40) + 9, 1), closeTo(18 * orbitNs, 10));
  }

  @Test
  void aPauseOfLessThanHalfATurnIsKept() throws IOException {
    double orbitNs = 24.95 * 3564;
    long pause = 20 * ORBITS_PER_SECOND;
    assertThat(
        (double) lastOf(19, 500_000, 500_000 + 3 * pause, pause), closeTo(3 * pause * orbitNs, 10));
  }

  @Test
  void aPauseOf210SecondsIsKept() {
    long pause = 210 * ORBITS_PER_SECOND;
    run(1000, 2000);
    run(2000 + pause, 3000 + pause);
    assertThat(last() / 1e9, closeTo(210 + 2000 * ORBIT_NS / 1e9, 0.02));
  }

  @Test
  void aPauseIsKeptOnceWhereABoardStillBringsHitsOfBefore() {
    long pause = 210 * ORBITS_PER_SECOND;
    run(1000, 2000);
    for (int i = 0; i < 30; i++) {
      hits(2000 + pause + i, 2000 + pause + i, 1900 + i, 1901 + i);
    }
    run(2030 + pause, 3000 + pause);
    assertThat(last() / 1e9, closeTo(210 + 2000 * ORBIT_NS / 1e9, 0.02));
  }

  @Test
  void pausesAreCutToTheLongestAllowed() {
    long pause = 210 * ORBITS_PER_SECOND;
    run(1000, 2000);
    run(2000 + pause, 3000 + pause);
    hits(3000 + pause + ORBITS_PER_SECOND / 2);
    double rest = (1998 + ORBITS_PER_SECOND / 2 + 1) * ORBIT_NS / 1e9;
    assertThat(
        last(new DetectorPace(Course.DETECTOR.clock(), 1, 5 * SECOND)) / 1e9,
        closeTo(5 + rest, 0.001));
    assertThat(
        last(new DetectorPace(Course.DETECTOR.clock(), 100, SECOND)) / 1e9,
        closeTo(1 + rest / 100, 0.001));
  }

  @Test
  void aLeapOfMoreThanAnHourIsACounterSetAnewAndNoPause() {
    run(616_953, 617_053);
    run(3_387_200_947L, 3_387_201_047L);
    assertThat(last(), is((99 + 99) * ORBIT_NS));
  }

  @Test
  void aSingleHitFarAwayMovesNothing() {
    for (long stray : new long[] {1000 + 300 * ORBITS_PER_SECOND, 4_000_000_000L, 3}) {
      batch.clear();
      run(500_000, 500_100);
      hits(stray + 500_000);
      run(500_100, 500_200);
      assertThat("stray " + stray, last(), is(199 * ORBIT_NS));
    }
  }

  @Test
  void hitsThatAreRareKeepTheirTimes() {
    for (int i = 0; i < 20; i++) {
      hits(5L * i * ORBITS_PER_SECOND);
    }
    assertThat(last() / 1e9, closeTo(95, 0.1));
  }

  @Test
  void timeNeverRunsBack() {
    java.util.Random random = new java.util.Random(3);
    for (int i = 0; i < 60_000; i++) {
      hits(random.nextInt(10) == 0 ? random.nextLong() : i * 40L + random.nextInt(700));
    }
    List<Long> dues = dues();
    for (int i = 1; i < dues.size(); i++) {
      assertThat(dues.get(i), greaterThanOrEqualTo(dues.get(i - 1)));
    }
    assertThat(dues, everyItem(allOf(greaterThanOrEqualTo(0L), lessThan(3600 * SECOND))));
  }

  @Test
  void aSpeedThatIsNoneIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new DetectorPace(Course.DETECTOR.clock(), 0, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DetectorPace(Course.DETECTOR.clock(), Double.NaN, 0));
  }

  /** The orbits' own time of a real file: what each epoch spans. */
  @Test
  void theRealFilesTakeTheTimeOfTheirOrbits() throws IOException {
    assertThat(replaySeconds("minidt-first-999.csv"), closeTo(0.196287, 0.00196));
    assertThat(replaySeconds("minidt-run591-head.dat"), closeTo(13.166129, 0.1316));
  }

  private static double replaySeconds(String name) throws IOException {
    Path file = Path.of(System.getProperty("driftwatch.samples", "none"), name);
    assumeTrue(Files.exists(file), "skipped: the real samples are not on this machine");
    Pace pace = new DetectorPace(Course.DETECTOR.clock(), 1, DetectorPace.NO_LIMIT);
    RowBatch rows = Course.batch(4096);
    long due = 0;
    try (FileSequence source =
        new FileSequence(
            Course.DETECTOR,
            List.of(LocalFile.anyVersion(file)),
            StartPoint.FIRST,
            false,
            new UnreadableRows(l -> {}),
            l -> {})) {
      while (source.read(rows)) {
        for (int i = 0; i < rows.size(); i++) {
          due = pace.due(rows, i);
          pace.sent();
        }
        rows.clear();
      }
    }
    return due / 1e9;
  }
}
