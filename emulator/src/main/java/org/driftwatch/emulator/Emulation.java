package org.driftwatch.emulator;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.pace.StreamClock;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.RowBatch;

/**
 * The way of a row: source, pace, encoder. Runs in one thread; stopped from any.
 *
 * <p>Rows that are due are sent in one go, without a look at the clock between them; where none is
 * due it waits, at least a millisecond, so that high rates do not wake the thread for every row.
 */
final class Emulation {
  private static final int BATCH_ROWS = 4096;
  private static final int ROWS_PER_LOOK = 256;
  private static final long SHORTEST_WAIT_NS = 1_000_000;

  /** A stream that cannot hold its rate ends this much after its time, ns. */
  private static final long OVERTIME_NS = 1_000_000_000;

  private final RecordSource source;
  private final Pace pace;
  private final StreamClock clock;
  private final RowEncoder encoder;
  private final long limit;
  private final long durationNs;

  private final RowBatch batch = new RowBatch(BATCH_ROWS);
  private int next;
  private long now;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopped;
  private volatile long behindNs;

  /**
   * A stream yet to be run.
   *
   * @param limit rows after which it ends
   * @param durationNs time after which it ends: rows due from then on are not sent
   */
  Emulation(
      RecordSource source,
      Pace pace,
      StreamClock clock,
      RowEncoder encoder,
      long limit,
      long durationNs) {
    this.source = source;
    this.pace = pace;
    this.clock = clock;
    this.encoder = encoder;
    this.limit = limit;
    this.durationNs = durationNs;
  }

  /**
   * Sends rows until the source ends, the limit or the duration is reached, or {@link #stop}.
   *
   * @throws IOException where the source fails; what was read before has been sent
   */
  void run() throws IOException {
    try {
      for (long sent = 0; sent < limit && !stopped; ) {
        if (next == batch.size() && !refill()) {
          return;
        }
        if (sent % ROWS_PER_LOOK == 0) {
          now = clock.now();
          encoder.release(clock.epochMillis(now));
        }
        long due = pace.due(batch, next);
        if (due >= durationNs || now >= durationNs + OVERTIME_NS) {
          awaitDuration();
          return;
        }
        if (due > now) {
          now = clock.now();
          if (due > now) {
            await(due);
            continue;
          }
        }
        behindNs = now - due;
        encoder.row(batch, next++, clock.epochMillis(due));
        pace.sent();
        sent++;
      }
    } finally {
      try {
        encoder.flush();
      } finally {
        ended.countDown();
      }
    }
  }

  private boolean refill() throws IOException {
    batch.clear();
    next = 0;
    return source.read(batch);
  }

  private void awaitDuration() {
    while (!stopped && now < durationNs) {
      await(durationNs);
    }
  }

  private void await(long nanos) {
    encoder.release(clock.epochMillis(now));
    long deadline = encoder.deadline();
    long wanted = nanos;
    if (deadline != RowEncoder.NO_DEADLINE) {
      wanted = Math.min(wanted, now + (deadline - clock.epochMillis(now)) * 1_000_000);
    }
    clock.waitUntil(Math.max(wanted, now + SHORTEST_WAIT_NS));
    now = clock.now();
  }

  /** Ends the stream soon; from any thread. */
  void stop() {
    stopped = true;
    clock.wake();
  }

  /** Waits until nothing more is sent; false where that takes longer than the limit. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** By how much the rows are sent after their due time, ns. */
  long behindNs() {
    return behindNs;
  }
}
