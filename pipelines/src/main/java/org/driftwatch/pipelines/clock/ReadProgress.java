package org.driftwatch.pipelines.clock;

import java.util.ArrayDeque;

/**
 * How far a partition is read, against what its broker holds. Once everything that the broker held
 * at some moment is read, the partition is known to be read up to that moment: what is still to
 * come was appended later. Commit markers of transactions and gaps left by compaction are passed by
 * the consumer's position, so they do not count as unread; records of a transaction that is still
 * open do.
 *
 * <p>Times are ms of the monotonic clock. Used by three threads: the one that reads, the one that
 * polls, and the one that asks for ends.
 */
final class ReadProgress {
  /** Ends that were asked for and are not reached yet: of a reader some seconds behind. */
  private static final int MOST_ENDS = 16;

  private final ArrayDeque<End> ends = new ArrayDeque<>();
  private long next = -1;
  private long returned = -1;
  private long position = -1;
  private long readUpTo = Long.MIN_VALUE;
  private long answeredAt = Long.MIN_VALUE;

  private record End(long offset, long askedAt) {}

  /** Reading begins at this offset. */
  synchronized void startsAt(long offset) {
    next = offset;
    returned = offset;
    position = offset;
  }

  /** All records before this offset were read. */
  synchronized void readTo(long offset) {
    next = Math.max(next, offset);
  }

  /**
   * A poll has ended.
   *
   * @param returned the offset behind the last record that polls have returned
   * @param position the next offset that will be fetched
   */
  synchronized void polled(long returned, long position) {
    this.returned = returned;
    this.position = position;
  }

  /** Where the partition ended, open transactions included, when it was asked. */
  synchronized void end(long offset, long askedAt) {
    answeredAt = Math.max(answeredAt, askedAt);
    if (ends.size() == MOST_ENDS) {
      ends.pollFirst();
    }
    ends.addLast(new End(offset, askedAt));
  }

  /** The moment up to which all that was appended is read; {@code Long.MIN_VALUE} if unknown. */
  synchronized long readUpTo() {
    long through = next >= returned ? Math.max(position, next) : next;
    while (!ends.isEmpty() && ends.peekFirst().offset() <= through) {
      readUpTo = Math.max(readUpTo, ends.pollFirst().askedAt());
    }
    return readUpTo;
  }

  /** When the broker last answered a question for the end; {@code Long.MIN_VALUE} for never. */
  synchronized long answeredAt() {
    return answeredAt;
  }

  /** Offsets from the next to read to the last known end; 0 where nothing is unread. */
  synchronized long unread() {
    return ends.isEmpty() ? 0 : Math.max(0, ends.peekLast().offset() - Math.max(next, 0));
  }
}
