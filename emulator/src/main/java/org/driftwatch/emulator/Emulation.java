package org.driftwatch.emulator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.driftwatch.emulator.pace.StreamClock;

/**
 * Sends what a feed has when it is due. Runs in one thread; stopped from any.
 *
 * <p>What is due is sent in one go, without a look at the clock in between; if nothing is due it
 * waits, at least a millisecond, so that high rates do not wake the thread for every row.
 */
final class Emulation {
  private static final int ROWS_PER_LOOK = 256;
  private static final long SHORTEST_WAIT_NS = 1_000_000;

  /** A stream that cannot hold its rate ends this much after its time, ns. */
  private static final long OVERTIME_NS = 1_000_000_000;

  private final Feed feed;
  private final StreamClock clock;
  private final long limit;
  private final long durationNs;

  private final Lateness lateness = new Lateness();
  private final CountDownLatch ended = new CountDownLatch(1);
  private long now;
  private volatile boolean stopped;
  private volatile long behindNs;

  /**
   * A stream yet to be run.
   *
   * @param limit rows after which it ends
   * @param durationNs time after which it ends: rows due from then on are not sent
   */
  Emulation(Feed feed, StreamClock clock, long limit, long durationNs) {
    this.feed = feed;
    this.clock = clock;
    this.limit = limit;
    this.durationNs = durationNs;
  }

  /**
   * Sends until the feed ends, the limit or the duration is reached, or {@link #stop}.
   *
   * @throws IOException if the source fails; what was read before has been sent
   */
  void run() throws IOException {
    try {
      for (long sent = 0; sent < limit && !stopped && hasNext(); ) {
        if (sent % ROWS_PER_LOOK == 0) {
          now = clock.now();
          feed.release(clock.epochMillis(now));
        }
        long due = feed.due();
        if (due >= durationNs || now >= durationNs + OVERTIME_NS) {
          if (now >= durationNs) {
            return;
          }
          // The rate may be changed meanwhile, and more fall due in time.
          await(durationNs);
          continue;
        }
        if (due > now) {
          now = clock.now();
          if (due > now) {
            await(due);
            continue;
          }
        }
        behindNs = now - due;
        lateness.add(now - due);
        feed.send(clock.epochMillis(due));
        sent++;
      }
    } finally {
      try {
        feed.flush();
      } finally {
        ended.countDown();
      }
    }
  }

  /** False at the end of the feed, and if it was waiting when the stream was stopped. */
  private boolean hasNext() throws IOException {
    try {
      return feed.next();
    } catch (InterruptedIOException e) {
      if (stopped) {
        return false;
      }
      throw e;
    }
  }

  private void await(long nanos) {
    feed.release(clock.epochMillis(now));
    long deadline = feed.deadline();
    long wanted = nanos;
    if (deadline != Long.MAX_VALUE) {
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

  /** Waits until nothing more is sent; false if that takes longer than the limit. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** By how much the rows are sent after their due time, ns. */
  long behindNs() {
    return behindNs;
  }

  /** By how much they were sent after their due time, all of them; once the stream has ended. */
  Lateness lateness() {
    return lateness;
  }
}
