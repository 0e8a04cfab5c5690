package org.driftwatch.pipelines.read;

import java.util.ArrayDeque;
import java.util.Deque;
import org.driftwatch.pipelines.block.RecordBlock;

/**
 * How much was read in this process and is not parsed yet. The SparkRunner reads a micro-batch when
 * it is due, whether or not those before it are done; from a backlog that fills the memory without
 * bound. A reader that asks here stops at a limit instead.
 *
 * <p>What another process parses is never reported here; it is forgotten after a while, so that a
 * reader can be slowed down by that but not stopped. Safe for use by several threads.
 */
public final class ReadAhead {
  private static final long LEAST_LIMIT = 32 << 20;
  private static final long FORGET_NANOS = 5_000_000_000L;

  /**
   * The process's own. Of the heap's size, because a batch of a cluster costs seconds while its
   * programs warm up, however little it holds: where many wait, each has to hold much.
   */
  static final ReadAhead PROCESS =
      new ReadAhead(Math.max(LEAST_LIMIT, Runtime.getRuntime().maxMemory() / 16));

  private record Read(long nanoTime, long bytes) {}

  private final Deque<Read> reads = new ArrayDeque<>();
  private final long limit;
  private long outstanding;

  /**
   * Nothing read yet.
   *
   * @param limit most bytes that are read and not parsed
   */
  ReadAhead(long limit) {
    this.limit = limit;
  }

  /** True where the limit is not reached. */
  synchronized boolean hasRoom(long nanoTime) {
    while (!reads.isEmpty() && nanoTime - reads.peekFirst().nanoTime() > FORGET_NANOS) {
      outstanding -= reads.pollFirst().bytes();
    }
    return outstanding < limit;
  }

  /** Tells that a block was read. */
  synchronized void read(RecordBlock block, long nanoTime) {
    reads.addLast(new Read(nanoTime, block.bytes()));
    outstanding += block.bytes();
  }

  /** Tells that so many bytes were parsed, the oldest first. */
  synchronized void parsed(long bytes) {
    long rest = bytes;
    while (rest > 0 && !reads.isEmpty()) {
      Read first = reads.pollFirst();
      long done = Math.min(rest, first.bytes());
      outstanding -= done;
      rest -= done;
      if (done < first.bytes()) {
        reads.addFirst(new Read(first.nanoTime(), first.bytes() - done));
      }
    }
  }

  /** Tells that a block was parsed, in whatever process. */
  public static void parsed(RecordBlock block) {
    PROCESS.parsed(block.bytes());
  }
}
