package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.emulator.pace.FakeClock;
import org.driftwatch.emulator.pace.FullSpeed;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;

/** When rows are sent, on a clock of the test's own. */
class EmulationTest {
  private static final long SECOND = 1_000_000_000;
  private static final long FOREVER = Long.MAX_VALUE / 2;

  /** A row as it was sent: when, and with which due time in ms. */
  private record Row(long orbit, long sentNanos, long dueMillis) {}

  private final FakeClock clock = new FakeClock();
  private final List<Row> sent = new ArrayList<>();
  private boolean flushed;

  private final RowEncoder encoder =
      new RowEncoder() {
        @Override
        public void row(RowBatch batch, int i, long due) {
          sent.add(new Row(Course.orbit(batch.word(i)), clock.now(), due));
        }

        @Override
        public void skip(RowBatch batch, int i, long due) {}

        @Override
        public void beside(RowBatch batch, int i, long due) {
          row(batch, i, due);
        }

        @Override
        public long deadline() {
          return NO_DEADLINE;
        }

        @Override
        public void release(long now) {}

        @Override
        public void flush() {
          flushed = true;
        }
      };

  /** Rows with the orbits 0, 1, 2, ... */
  private static RecordSource rows(long count) {
    return new RecordSource() {
      private long next;

      @Override
      public boolean read(RowBatch batch) {
        if (next == count) {
          return false;
        }
        while (batch.room() > 0 && next < count) {
          batch.add(Course.hit(0, 0, next++, 0, 0), 0);
        }
        return true;
      }

      @Override
      public void close() {}
    };
  }

  private Emulation emulation(RecordSource source, Pace pace, long limit, long durationNs) {
    return new Emulation(
        new RowFeed(Course.DETECTOR, source, pace, encoder), clock, limit, durationNs);
  }

  private void assertOrbitsInOrder() {
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i).orbit(), is((long) i));
    }
  }

  @Test
  void everyRowIsSentOnceAndInOrder() throws IOException {
    emulation(rows(10_000), new SteadyPace(1000), Long.MAX_VALUE, FOREVER).run();
    assertThat(sent, hasSize(10_000));
    assertOrbitsInOrder();
    assertThat(flushed, is(true));
  }

  @Test
  void noRowIsSentBeforeItIsDueNorMoreThanAMillisecondAfter() throws IOException {
    emulation(rows(100_000), new SteadyPace(7300), Long.MAX_VALUE, FOREVER).run();
    for (int i = 0; i < sent.size(); i++) {
      long due = (long) (i * 1e9 / 7300);
      assertThat(
          sent.get(i).sentNanos() - due,
          allOf(greaterThanOrEqualTo(0L), lessThanOrEqualTo(1_000_000L)));
      assertThat(sent.get(i).dueMillis(), is(due / 1_000_000));
    }
  }

  @Test
  void aStallIsCaughtUpAtOnceAndTheDueTimesStay() throws IOException {
    clock.onWait(
        () -> {
          if (sent.size() == 500) {
            clock.pass(2 * SECOND);
          }
        });
    emulation(rows(5000), new SteadyPace(1000), Long.MAX_VALUE, FOREVER).run();
    for (int i = 0; i < sent.size(); i++) {
      assertThat(sent.get(i).dueMillis(), is((long) i));
    }
    assertThat(sent.get(2400).sentNanos(), lessThan(3 * SECOND));
    assertThat(sent.get(4999).sentNanos(), is(4999 * 1_000_000L));
  }

  @Test
  void highRatesDoNotWakeForEveryRow() throws IOException {
    emulation(rows(1_000_000), new SteadyPace(1_000_000), Long.MAX_VALUE, FOREVER).run();
    assertThat(sent, hasSize(1_000_000));
    assertThat(clock.waits(), lessThan(1100));
  }

  @Test
  void theDurationHoldsExactlyTheRowsDueWithinIt() throws IOException {
    emulation(rows(FOREVER), new SteadyPace(1000), Long.MAX_VALUE, 60 * SECOND).run();
    assertThat(sent, hasSize(60_000));
    assertThat(clock.now(), greaterThanOrEqualTo(60 * SECOND));
  }

  @Test
  void theDurationIsWaitedForWhereRowsAreRare() throws IOException {
    emulation(rows(FOREVER), new SteadyPace(0.1), Long.MAX_VALUE, 15 * SECOND).run();
    assertThat(sent.stream().map(Row::dueMillis).toList(), contains(0L, 10_000L));
    assertThat(clock.now(), is(15 * SECOND));
  }

  @Test
  void aRateOutOfReachEndsSoonAfterTheDuration() throws IOException {
    Pace slow =
        new Pace() {
          private final Pace wanted = new SteadyPace(1e6);

          @Override
          public long due(RowBatch batch, int i) {
            return wanted.due(batch, i);
          }

          @Override
          public void sent() {
            wanted.sent();
            clock.pass(100_000);
          }
        };
    emulation(rows(FOREVER), slow, Long.MAX_VALUE, 2 * SECOND).run();
    assertThat(clock.now(), lessThan(3_200_000_000L));
  }

  @Test
  void theLimitEndsTheStream() throws IOException {
    emulation(rows(FOREVER), new SteadyPace(1000), 5001, FOREVER).run();
    assertThat(sent, hasSize(5001));
  }

  @Test
  void fullSpeedNeverWaits() throws IOException {
    emulation(rows(100_000), new FullSpeed(clock), Long.MAX_VALUE, FOREVER).run();
    assertThat(sent, hasSize(100_000));
    assertThat(clock.waits(), is(0));
  }

  @Test
  void aStopEndsTheStreamAfterTheRowInHand() throws Exception {
    Emulation emulation = emulation(rows(FOREVER), new SteadyPace(1000), Long.MAX_VALUE, FOREVER);
    clock.onWait(
        () -> {
          if (clock.now() >= SECOND) {
            emulation.stop();
          }
        });
    emulation.run();
    assertThat(sent.size(), allOf(greaterThanOrEqualTo(1000), lessThan(1010)));
    assertThat(flushed, is(true));
    assertThat(emulation.awaitEnd(Duration.ofSeconds(10)), is(true));
  }

  @Test
  void whatASourceGaveBeforeItFailedIsSent() {
    RecordSource failing =
        new RecordSource() {
          private boolean given;

          @Override
          public boolean read(RowBatch batch) throws IOException {
            if (given) {
              throw new IOException("run.csv has disappeared");
            }
            given = true;
            batch.add(Course.hit(0, 0, 0, 0, 0), 0);
            return true;
          }

          @Override
          public void close() {}
        };
    Emulation emulation = emulation(failing, new SteadyPace(1000), Long.MAX_VALUE, FOREVER);
    assertThrows(IOException.class, emulation::run);
    assertThat(sent, hasSize(1));
    assertThat(flushed, is(true));
  }
}
