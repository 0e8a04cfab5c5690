package org.driftwatch.pipelines.clock;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The named cases; {@link StreamClockSimulationTest} draws the others. */
class StreamClockTest {
  private static final long TODAY = 1_800_000_000_000L;
  private static final long OLD = 1_600_000_000_000L;
  private static final long DELAY = 1_000;

  private final ManualClocks clocks = new ManualClocks();
  private final StreamClock clock = new StreamClock(StreamClock.NOT_STARTED, DELAY, clocks);
  private final List<Log> logs = new ArrayList<>();

  private static final class ManualClocks implements Clocks {
    private long passed;
    private long wrongBy;

    @Override
    public long wallMillis() {
      return TODAY + passed + wrongBy;
    }

    @Override
    public long monotonicMillis() {
      return 500_000 + passed;
    }
  }

  /** A partition with what was appended to it and read of it. */
  private final class Log {
    private final PartitionTime time = clock.reads(logs.size());
    private long end;
    private long read;
    private long position;
    private boolean isAway;

    Log() {
      time.startsAt(0);
      logs.add(this);
    }

    void appendAndRead(long timestamp) {
      end++;
      time.read(read++, timestamp);
      position = read;
      time.polled(read, position);
    }

    void backlog(long records) {
      end += records;
    }

    /** Offsets that hold no record: markers of transactions, or what compaction left. */
    void marker() {
      end++;
      position = end;
      time.polled(read, position);
    }
  }

  /** Time passes; once a second every broker that is there tells its ends. */
  private void pass(long millis) {
    for (long end = clocks.passed + millis; clocks.passed < end; ) {
      clocks.passed += Math.min(100, end - clocks.passed);
      if (clocks.passed % 1_000 == 0) {
        for (Log log : logs) {
          if (!log.isAway) {
            log.time.end(log.end, clocks.monotonicMillis());
          }
        }
      }
      logs.forEach(log -> log.time.time());
    }
  }

  /** Records of right producers, ten a second, the last one stamped now. */
  private void run(long millis, Log... to) {
    for (long t = 0; t < millis; t += 100) {
      pass(100);
      for (Log log : to) {
        log.appendAndRead(TODAY + clocks.passed);
      }
    }
    pass(100);
  }

  private long now() {
    return TODAY + clocks.passed;
  }

  private long time() {
    long least = Long.MAX_VALUE;
    for (Log log : logs) {
      least = Math.min(least, log.time.time());
    }
    return least;
  }

  private static org.hamcrest.Matcher<Long> upTo(long time, long less) {
    return is(allOf(lessThanOrEqualTo(time), greaterThanOrEqualTo(time - less)));
  }

  @Test
  void nothingReadIsNoTime() {
    new Log();
    pass(10_000);
    assertThat(time(), is(StreamClock.NOT_STARTED));
  }

  @Test
  void itFollowsTheLargestTimestampOfRightClocks() {
    Log log = new Log();
    run(5_000, log);
    assertThat(time(), is(upTo(now(), 200)));
    log.appendAndRead(now() - 700);
    assertThat(time(), is(upTo(now(), 200)));
  }

  @Test
  void aSingleRecordAMinuteAheadMovesNothing() {
    Log log = new Log();
    run(5_000, log);
    log.appendAndRead(now() + 59_000);
    run(1_000, log);
    assertThat(time(), is(upTo(now(), 200)));
  }

  @Test
  void aFirstRecordOf1970DoesNotKeepTheTimeThere() {
    Log log = new Log();
    pass(1_000);
    log.appendAndRead(0);
    run(3_000, log);
    assertThat(time(), is(upTo(now(), 200)));
  }

  @Test
  void whereAllAreAheadTheWallClockLeadsAndWhenTheyAreRightAgainTheyAreInTime() {
    Log log = new Log();
    run(5_000, log);
    for (int i = 0; i < 150; i++) {
      pass(100);
      log.appendAndRead(now() + 3_000_000);
      assertThat(time(), is(lessThanOrEqualTo(now())));
    }
    run(5_000, log);
    assertThat(time(), is(upTo(now(), 200)));
  }

  @Test
  void aClockBehindItsProducersIsFollowedAndTold() {
    Log log = new Log();
    clocks.wrongBy = -30_000;
    run(10_000, log);
    assertThat(time(), is(upTo(now() - 30_000, DELAY + 200)));
    assertThat(clock.behindProducersMillis(), is(upTo(30_000, 200)));

    clocks.wrongBy = 0;
    run(4_000, log);
    assertThat(time(), is(upTo(now(), 200)));
    assertThat(clock.behindProducersMillis(), is(0L));
  }

  @Test
  void aWallClockThatIsSetBackDelaysNothingAsLongAsProducersGoOn() {
    Log log = new Log();
    run(5_000, log);
    clocks.wrongBy = -3_600_000;
    run(5_000, log);
    assertThat(time(), is(upTo(now(), 200)));
    pass(3_000);
    assertThat("silence runs on", time(), is(upTo(now(), 2_000)));
  }

  @Test
  void whereTheClocksOfAllWereAheadAndAreSetBackOnlyANewStartCanFollow() {
    Log log = new Log();
    clocks.wrongBy = 3_000_000;
    for (int i = 0; i < 100; i++) {
      pass(100);
      log.appendAndRead(now() + 3_000_000);
    }
    assertThat(clock.setBackMillis(), is(0L));

    clocks.wrongBy = 0;
    run(4_000, log);
    assertThat("not at once", clock.setBackMillis(), is(0L));
    run(6_000, log);
    assertThat(clock.setBackMillis(), is(greaterThan(2_900_000L)));
  }

  @Test
  void anOldRecordingIsNotThrownToToday() {
    Log log = new Log();
    for (int i = 0; i < 50; i++) {
      pass(100);
      log.appendAndRead(OLD + clocks.passed);
    }
    assertThat(time(), is(upTo(OLD + clocks.passed, 200)));
    pass(5_000);
    assertThat(time(), is(upTo(OLD + clocks.passed, 2_000)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 50, 500})
  void anOldRecordingThatIsPlayedFasterIsFollowedToItsEndWhenItIsSilent(int pace) {
    Log one = new Log();
    Log other = new Log();
    Log wrong = new Log();
    long stamp = OLD;
    for (int i = 0; i < 100; i++) {
      pass(100);
      for (int j = 0; j < 20; j++) {
        stamp += 5L * pace;
        (j % 3 == 0 ? one : other).appendAndRead(j % 5 == 1 ? OLD + 3_600_000 : stamp);
      }
      wrong.appendAndRead(TODAY);
    }
    pass(10_000);
    assertThat(time(), is(upTo(stamp + 10_000, 3_000)));
  }

  @Test
  void whatIsSentOfAnOldRecordingAllAtOnceIsFollowedToItsEndWhenItIsSilent() {
    Log one = new Log();
    Log other = new Log();
    pass(3_000);
    for (int i = 0; i < 2_400; i++) {
      (i % 3 == 0 ? one : other).appendAndRead(OLD + i * 50L);
    }
    pass(10_000);
    assertThat(time(), is(upTo(OLD + 2_399 * 50L + 10_000, 3_000)));
  }

  @Test
  void aWrongClockWithALongBacklogBehindItIsNotTheMajorityInSilenceEither() {
    Log right = new Log();
    Log wrong = new Log();
    for (int i = 0; i < 20_000; i++) {
      wrong.appendAndRead(OLD + 600_000);
    }
    right.appendAndRead(OLD);
    for (long t = 0; t < 10_000; t += 100) {
      pass(100);
      for (int i = 0; i < 4; i++) {
        right.appendAndRead(OLD + t);
      }
      wrong.appendAndRead(OLD + 600_000 + t);
    }
    pass(4_000);
    assertThat(time(), is(upTo(OLD + 14_000, 4_100)));
  }

  @Test
  void aStreamThatEndsWhileAWrongClockGoesOnClosesItsWindowsToo() {
    Log log = new Log();
    run(5_000, log);
    long last = now();
    for (int i = 0; i < 5; i++) {
      pass(1_000);
      log.appendAndRead(1);
    }
    assertThat(time(), is(greaterThan(last + 2_000)));
  }

  @Test
  void anEmptyPartitionHoldsNothingBack() {
    Log busy = new Log();
    new Log();
    run(5_000, busy);
    assertThat(time(), is(upTo(now(), 200)));
  }

  @Test
  void aPartitionThatFallsSilentHoldsNothingBackAfterASecond() {
    Log busy = new Log();
    Log silent = new Log();
    run(5_000, busy, silent);
    run(3_000, busy);
    assertThat(time(), is(upTo(now(), 200)));
  }

  @Test
  void aPartitionOfAWrongClockAloneHoldsNothingBack() {
    Log right = new Log();
    Log wrong = new Log();
    for (int i = 0; i < 50; i++) {
      run(300, right);
      wrong.appendAndRead(now() - 600_000);
    }
    assertThat(time(), is(upTo(now(), 300)));
  }

  @Test
  void aPartitionWithABacklogHoldsTheOthersBack() {
    Log live = new Log();
    Log backlog = new Log();
    run(5_000, live, backlog);
    long reached = now();
    backlog.backlog(1_000);
    run(20_000, live);

    assertThat(time(), is(upTo(reached + 6_000, 6_200)));
    Optional<StreamClock.HeldBack> held = clock.heldBack();
    assertThat(held.map(StreamClock.HeldBack::partition), is(Optional.of(1)));
    assertThat(held.orElseThrow().unread(), is(1_000L));
    assertThat(held.orElseThrow().millis(), is(greaterThan(10_000L)));
  }

  @Test
  void whatIsTooFarAheadOfAPartitionThatDoesNotComeOnIsLeftInKafka() {
    Log live = new Log();
    Log stuck = new Log();
    run(2_000, live, stuck);
    stuck.isAway = true;
    run(20_000, live);
    assertThat(live.time.isTooFarAhead(), is(false));
    run(20_000, live);
    assertThat(live.time.isTooFarAhead(), is(true));
    assertThat("nor is the slow one paused", stuck.time.isTooFarAhead(), is(false));
  }

  @Test
  void whileALeaderIsAwayItsProducersAreWaitedForAndAfterItUntilTheyHaveCaughtUp() {
    Log live = new Log();
    Log away = new Log();
    run(5_000, live, away);
    long since = now();
    away.isAway = true;
    run(60_000, live);
    assertThat(time(), is(lessThan(since + 7_000)));

    away.isAway = false;
    for (long kept = since; kept < now() - 1_000; kept += 200) {
      // They send twice as fast as time passes.
      pass(100);
      live.appendAndRead(now());
      away.appendAndRead(kept);
      assertThat(
          "nothing of what they kept is late by more than was noticed too late",
          time() - kept,
          is(lessThan(7_000L)));
    }
    run(2_000, live, away);
    assertThat(time(), is(upTo(now(), 300)));
  }

  @Test
  void afterAnOutageOneThatStaysSilentIsWaitedForTenSeconds() {
    Log live = new Log();
    Log away = new Log();
    run(5_000, live, away);
    long since = now();
    away.isAway = true;
    run(30_000, live);
    away.isAway = false;
    run(8_000, live);
    assertThat(time(), is(lessThan(since + 7_000)));
    run(5_000, live);
    assertThat(time(), is(upTo(now(), 300)));
  }

  @Test
  void markersOfTransactionsAreNoUnreadRecords() {
    Log log = new Log();
    run(5_000, log);
    log.marker();
    long last = now();
    pass(5_000);
    assertThat(time(), is(greaterThan(last + 2_000)));
  }

  @Test
  void anOpenTransactionIsWaitedFor() {
    Log log = new Log();
    run(5_000, log);
    long last = now();
    log.backlog(50);
    pass(30_000);
    assertThat(time(), is(lessThan(last + 2_000)));
  }

  @Test
  void aBacklogIsFollowedWithoutAWordFromAMinority() {
    Log log = new Log();
    log.backlog(1_000_000);
    for (int i = 0; i < 40_000; i++) {
      log.time.read(i, i % 10 < 3 ? OLD + 3_000_000 : OLD + i);
      if (i % 1_000 == 0) {
        pass(10);
      }
    }
    assertThat(time(), is(allOf(greaterThan(OLD + 10_000), lessThan(OLD + 40_000))));
  }

  @Test
  void whatTheWallClockHasYetToReachMovesNoBacklog() {
    Log log = new Log();
    log.backlog(1_000_000);
    long old = TODAY - 30_000;
    for (int i = 0; i < 40_000; i++) {
      log.time.read(i, i < 5_000 || i > 39_000 ? old + i : TODAY + 3_000_000);
      if (i % 1_000 == 0) {
        pass(600);
      }
    }
    assertThat(time(), is(lessThan(old + 5_000)));
  }

  @Test
  void aRestartGoesOnFromTheWindowsThatWerePublishedHoweverFewRecordsAreReadAtFirst() {
    StreamClock restarted = new StreamClock(OLD, DELAY, clocks);
    PartitionTime partition = restarted.reads(0);
    partition.startsAt(0);
    partition.end(1_000_000, clocks.monotonicMillis());
    for (int i = 0; i < 2_000; i++) {
      partition.read(i, i < 500 ? OLD + i : OLD + 3_000_000);
    }
    partition.time();
    pass(600);
    assertThat(partition.time(), is(StreamClock.NOT_STARTED));
    for (int i = 2_000; i < 5_000; i++) {
      partition.read(i, OLD + i);
    }
    pass(600);
    assertThat(partition.time(), is(allOf(greaterThan(OLD), lessThan(OLD + 5_000))));
  }

  @Test
  void aPartitionThatIsLiveFirstIsNotTheMajority() {
    Log early = new Log();
    Log behind = new Log();
    behind.backlog(1_000_000);
    for (int i = 0; i < 300; i++) {
      early.appendAndRead(now() + 1_800_000);
      pass(20);
    }
    assertThat(clock.behindProducersMillis(), is(0L));
    assertThat(behind.time.time(), is(StreamClock.NOT_STARTED));
  }

  @Test
  void aLeapInABacklogIsFollowedAfterAHundredThousandRecords() {
    Log log = new Log();
    log.backlog(1_000_000);
    for (int i = 0; i < 20_000; i++) {
      log.time.read(i, OLD);
    }
    pass(1_000);
    for (int i = 0; i < 60_000; i++) {
      log.time.read(20_000 + i, OLD + 3_600_000);
      if (i % 1_000 == 0) {
        pass(10);
      }
    }
    assertThat(time(), is(OLD));
    for (int i = 0; i < 100_000; i++) {
      log.time.read(80_000 + i, OLD + 3_600_000);
      if (i % 1_000 == 0) {
        pass(10);
      }
    }
    assertThat(time(), is(OLD + 3_600_000));
  }

  @Test
  void partitionsOfOldRecordingsFarApartAreAllFollowedInTheEnd() {
    Log early = new Log();
    Log late = new Log();
    for (int i = 0; i < 1_000; i++) {
      early.appendAndRead(OLD + i);
      late.appendAndRead(OLD + 1_800_000 + i);
    }
    pass(6_000);
    assertThat(time(), is(greaterThanOrEqualTo(OLD + 1_800_999)));
  }

  @Test
  void aResumedPartitionGoesOnFromItsTime() {
    PartitionTime resumed = clock.resumes(0, OLD);
    assertThat(resumed.time(), is(OLD));
  }
}
