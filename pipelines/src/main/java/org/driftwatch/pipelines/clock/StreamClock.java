package org.driftwatch.pipelines.clock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * The event time of a stream: how far it has got by the timestamps of its records, where some of
 * its producers' clocks are wrong. A record may change the window that it is stamped in, and no
 * other: whatever a minority is stamped with, the time is that of the majority.
 *
 * <ul>
 *   <li>Of partitions that are live, the time is the largest timestamp that is not ahead of the
 *       clock of the majority ({@link MajorityOffset}) by more than a tolerance.
 *   <li>It is never ahead of the wall clock by more than the delay: the watermark, which is the
 *       delay behind, is never ahead of it. Where most producers are ahead of this machine's clock,
 *       results come later by as much, and nothing is lost.
 *   <li>In proven silence it runs on at the pace of the monotonic clock: a stream that ends still
 *       closes its last window.
 *   <li>A partition that is not live holds the stream back at its own time: what is unread of it
 *       may be of any moment since. One that is live holds it back only as long as it is at most a
 *       second behind; further behind its clock is wrong, or it is idle.
 * </ul>
 *
 * <p>One per stream and process. Safe for use by several threads; each partition is read by one.
 * Event times are ms since the epoch.
 */
public final class StreamClock {
  /** The time of a stream of which too little was read. */
  public static final long NOT_STARTED = Long.MIN_VALUE;

  /** A partition read up to a moment at most this long ago is live, ms. */
  static final long LIVE_MILLIS = 5_000;

  /** A live partition holds the others back by this at most, ms. */
  static final long HOLD_MILLIS = 1_000;

  /** Event time that partitions may be ahead of one that is not live, ms. */
  static final long AHEAD_MILLIS = 30_000;

  /** Most tolerance of the majority's clock, ms, where the delay is shorter. */
  private static final long MOST_TOLERANCE_MILLIS = 1_000;

  /** Part of it that is for the time that reading takes, ms. */
  private static final long READING_MILLIS = 50;

  /** A stream that is behind its own time by more than this has had its clocks set back, ms. */
  private static final long SET_BACK_MILLIS = 10_000;

  /** For how long it must have been so, ms. */
  private static final long SET_BACK_FOR_MILLIS = 5_000;

  private final Clocks clocks;
  private final long start;
  private final long delay;
  private final long mostTolerance;
  private final MajorityOffset majority = new MajorityOffset();
  private final Map<Integer, PartitionTime> partitions = new ConcurrentHashMap<>();

  private long time = NOT_STARTED;
  private long wallOffset = Long.MIN_VALUE;
  private long activeAt = Long.MIN_VALUE;
  private long timeWhenActive;
  private long lastAwayEnd = Long.MIN_VALUE;
  private long setBackSince = Long.MIN_VALUE;

  // As of the last look at all partitions.
  private long lookedAt = Long.MIN_VALUE;
  private long allReadUpTo = Long.MIN_VALUE;
  private long allQuietFor;
  private boolean silent;
  private long endInSilence;
  private long earliestOwnTime = NOT_STARTED;
  private @Nullable PartitionTime slowest;
  private boolean anyUnsettled;
  private long origin = Long.MAX_VALUE;
  private volatile long slowestFront = Long.MAX_VALUE;

  /**
   * A clock that has not started.
   *
   * @param startMillis time that a backlog is read from on, ms since the epoch; {@link
   *     #NOT_STARTED} where only its records tell
   * @param delayMillis how far out of order records may be without being late
   */
  public StreamClock(long startMillis, long delayMillis, Clocks clocks) {
    this.clocks = clocks;
    start = startMillis;
    delay = delayMillis;
    mostTolerance = Math.max(delayMillis, MOST_TOLERANCE_MILLIS);
  }

  /** A partition that a new reader reads from now on, in place of one before. */
  public PartitionTime reads(int partition) {
    PartitionTime time = new PartitionTime(this, partition);
    partitions.put(partition, time);
    return time;
  }

  /**
   * As {@link #reads(int)}, from a time known from before.
   *
   * @param known event time that the partition had got to
   */
  public synchronized PartitionTime resumes(int partition, long known) {
    PartitionTime resumed = reads(partition);
    resumed.startAt(known);
    return resumed;
  }

  /** The partition as it is read now; empty where nobody has read it. */
  public Optional<PartitionTime> partition(int number) {
    return Optional.ofNullable(partitions.get(number));
  }

  synchronized long time(PartitionTime partition) {
    long now = clocks.monotonicMillis();
    long wall = wall(now);
    long wallLimit = wall + delay;
    partition.look(now, wallLimit, majority);
    boolean isLive = partition.isLive();
    if (isLive) {
      follow(partition, now, wallLimit);
    }
    partition.looked();
    if (now != lookedAt) {
      lookAtAll(now);
    }
    runOn(now, wallLimit);
    lookWhetherSetBack(now, wall);
    if (!isLive) {
      return partition.ownTime();
    }
    if (partition.holds(time, now)) {
      return Math.min(partition.ownTime(), time);
    }
    if (slowest == null) {
      return time;
    }
    // One that is behind and yet ahead: only those that are idle leave it to that one.
    return partition.isIdle() ? slowest.ownTime() : Math.min(slowest.ownTime(), time);
  }

  /**
   * The wall clock, as far as it can be believed: where it is set back and most producers go on as
   * before, it was set wrong, and time goes on as before here, too.
   */
  private long wall(long now) {
    long offset = clocks.wallMillis() - now;
    boolean setBack = offset < wallOffset;
    if (!setBack
        || !majority.isKnown()
        || Math.abs(majority.millis(now) - wallOffset) > mostTolerance) {
      wallOffset = offset;
    }
    return now + wallOffset;
  }

  /** The wall clock as the stream's clock goes by it, ms since the epoch. */
  public synchronized long wallMillis() {
    return wall(clocks.monotonicMillis());
  }

  /**
   * Largest timestamp that the clock of the majority has reached; the wall's where unknown. A
   * recording that came faster than its own pace has left that clock behind: in silence it is where
   * the newest records of most partitions ended, and has run on since.
   */
  private long bound(long now, long wallLimit) {
    if (!majority.isKnown()) {
      return wallLimit;
    }
    long reached = now + majority.millis(now) + tolerance(now);
    return Math.min(
        silent ? Math.max(reached, endInSilence + allQuietFor + mostTolerance) : reached,
        wallLimit);
  }

  /** How far ahead of the majority's clock a timestamp may be and still be right, ms. */
  private long tolerance(long now) {
    return Math.max(delay, Math.min(mostTolerance, READING_MILLIS + majority.spreadMillis(now)));
  }

  private void follow(PartitionTime partition, long now, long wallLimit) {
    long bound = bound(now, wallLimit);
    if (partition.quietFor() >= PartitionTime.QUIET_MILLIS) {
      partition.followNewest(mostTolerance, bound);
    }
    if (!majority.isKnown()) {
      followUnknown(partition, now, wallLimit);
      return;
    }
    long largest = partition.follow(bound);
    if (now + majority.millis(now) > wallLimit) {
      // Most records are of moments that this machine's clock has yet to reach.
      partition.startAt(wallLimit - delay);
    }
    // Of one that a wrong clock has led beyond the bound, only what it reads now tells anything.
    long reached = partition.ownTime() <= bound ? partition.ownTime() : largest;
    if (largest == RecentStamps.NONE && partition.hasNews()) {
      // All that is known of the newest is beyond the bound. The majority's clock is safe.
      reached = Math.max(reached, Math.min(now + majority.millis(now), wallLimit - delay));
    }
    if (reached > time || time == NOT_STARTED || largest >= time - HOLD_MILLIS) {
      active(Math.max(time, reached), now);
    }
  }

  /**
   * Where a backlog has just been read and few records have come since. What partitions tell then
   * may be far apart, and nobody can say who is right: the earliest is safe as long as records
   * come, and the latest when all is read and nothing comes.
   */
  private void followUnknown(PartitionTime partition, long now, long wallLimit) {
    long told = allQuietFor >= PartitionTime.IDLE_MILLIS ? partition.ownTime() : earliestOwnTime;
    long reached = Math.min(told, wallLimit);
    if (reached > time || (partition.hasNews() && reached == time)) {
      active(Math.max(time, reached), now);
    }
  }

  /**
   * Where the newest records of partitions stand: the median of these by the records that each gave
   * to the majority. It costs a sort of all partitions, once in a silence.
   */
  private long newestOfMost() {
    List<PartitionTime> byNewest = new ArrayList<>(partitions.values());
    byNewest.sort(Comparator.comparingLong(PartitionTime::newestEnd));
    long left = byNewest.stream().mapToLong(PartitionTime::votes).sum() / 2;
    long newest = NOT_STARTED;
    for (PartitionTime partition : byNewest) {
      newest = partition.newestEnd();
      left -= partition.votes();
      if (left < 0) {
        break;
      }
    }
    return newest;
  }

  private void active(long reached, long now) {
    if (reached == NOT_STARTED) {
      return;
    }
    time = Math.max(time, reached);
    timeWhenActive = time;
    activeAt = now;
  }

  private void lookAtAll(long now) {
    lookedAt = now;
    allReadUpTo = Long.MAX_VALUE;
    allQuietFor = Long.MAX_VALUE;
    earliestOwnTime = Long.MAX_VALUE;
    slowest = null;
    anyUnsettled = false;
    boolean anyStarted = false;
    long front = Long.MAX_VALUE;
    long awayEnd = lastAwayEnd;
    for (PartitionTime partition : partitions.values()) {
      if (partition.front() != NOT_STARTED) {
        origin = Math.min(origin, partition.front());
      }
    }
    for (PartitionTime partition : partitions.values()) {
      allReadUpTo = Math.min(allReadUpTo, partition.readUpTo());
      allQuietFor = Math.min(allQuietFor, partition.quietFor());
      // Where the newest few stand is not enough to start with, but to hold others back.
      anyStarted |= partition.ownTime() != NOT_STARTED;
      long own = partition.ownTime() == NOT_STARTED ? partition.front() : partition.ownTime();
      if (own != NOT_STARTED) {
        earliestOwnTime = Math.min(earliestOwnTime, own);
      }
      awayEnd = Math.max(awayEnd, partition.awayEndedAt());
      anyUnsettled |= !partition.isSettled();
      if (!partition.isLive()) {
        if (slowest == null || partition.ownTime() < slowest.ownTime()) {
          slowest = partition;
        }
        // Of one that nothing was read of yet, at the most.
        front = Math.min(front, partition.front() == NOT_STARTED ? origin : partition.front());
      }
    }
    if (!anyStarted) {
      earliestOwnTime = NOT_STARTED;
    }
    slowestFront = front;
    boolean quiet = anyStarted && allQuietFor >= PartitionTime.IDLE_MILLIS;
    if (quiet && !silent) {
      endInSilence = newestOfMost();
    }
    silent = quiet;
    if (awayEnd > lastAwayEnd) {
      // An outage is no silence.
      lastAwayEnd = awayEnd;
      active(time, now);
    }
  }

  /** In silence time passes as it does everywhere. */
  private void runOn(long now, long wallLimit) {
    if (time == NOT_STARTED || allReadUpTo == Long.MIN_VALUE || allReadUpTo <= activeAt) {
      return;
    }
    long silence = allReadUpTo - activeAt;
    time = Math.max(time, Math.min(timeWhenActive + silence, bound(now, wallLimit)));
  }

  private void lookWhetherSetBack(long now, long wall) {
    boolean setBack =
        time != NOT_STARTED
            && time > wall + delay + SET_BACK_MILLIS
            && majority.isKnown()
            && now + majority.millis(now) + mostTolerance + SET_BACK_MILLIS < time;
    if (!setBack) {
      setBackSince = Long.MIN_VALUE;
    } else if (setBackSince == Long.MIN_VALUE) {
      setBackSince = now;
    }
  }

  /**
   * By how much this machine's clock and those of most producers were set back, ms; 0 where they
   * were not. The time of a stream cannot go back, only a new start can.
   */
  public synchronized long setBackMillis() {
    long now = clocks.monotonicMillis();
    return setBackSince == Long.MIN_VALUE || now - setBackSince < SET_BACK_FOR_MILLIS
        ? 0
        : time - wall(now);
  }

  /** By how much the clocks of most producers are ahead of this machine's, ms; 0 where not. */
  public synchronized long behindProducersMillis() {
    long now = clocks.monotonicMillis();
    if (!majority.isKnown()) {
      return 0;
    }
    long ahead = now + majority.millis(now) - wall(now);
    return ahead > delay ? ahead : 0;
  }

  /**
   * The partition that holds the others back.
   *
   * @param millis by how much, ms of event time
   * @param unread offsets from the next to read of it to its end, as far as that is known
   */
  public record HeldBack(int partition, long millis, long unread) {}

  /** Who holds the stream back; empty where nobody does. */
  public synchronized Optional<HeldBack> heldBack() {
    PartitionTime holds = slowest;
    if (holds == null || holds.ownTime() == NOT_STARTED || partitions.size() == 1) {
      return Optional.empty();
    }
    return time <= holds.ownTime()
        ? Optional.empty()
        : Optional.of(new HeldBack(holds.number(), time - holds.ownTime(), holds.unread()));
  }

  /** True where another partition that is not live is this far behind. */
  boolean isTooFarAhead(long front) {
    long slow = slowestFront;
    return slow != Long.MAX_VALUE && front != NOT_STARTED && front - AHEAD_MILLIS > slow;
  }

  /** True while some partition catches up: who is the majority of what is read says little. */
  boolean isAnyUnsettled() {
    return anyUnsettled;
  }

  long current() {
    return time;
  }

  long start() {
    return start;
  }
}
