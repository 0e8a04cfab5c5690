package org.driftwatch.pipelines.read;

/**
 * The event time of one partition: how far the stream has got by what was read of it.
 *
 * <ul>
 *   <li>It follows the largest timestamp seen.
 *   <li>In real silence it runs on at the pace of the wall clock, from the last record: a stream
 *       that ends still closes its last window, and a replay of an old recording that pauses is not
 *       thrown to today. Silence is real for as long as the broker was seen to hold nothing unread,
 *       not for as long as nobody looked or could look: while it is away, its producers keep what
 *       they have.
 *   <li>It does not follow a leap, a timestamp more than {@link #LEAP_MILLIS} ahead, until the
 *       stream has left the old time for good: nothing else for {@link #LEAP_CONFIRM_MILLIS} or
 *       {@link #LEAP_CONFIRM_RECORDS} records. A single record from the far future closes no
 *       window, nor does one producer of several whose clock is ahead.
 *   <li>Nor does it start at a time so far ahead of the wall clock before that long.
 * </ul>
 *
 * <p>Times are ms since the epoch. Not safe for use by several threads.
 */
final class PartitionClock {
  /** How far ahead of the clock a timestamp must be to count as a leap. */
  static final long LEAP_MILLIS = 60_000;

  /** Wall time without a record of the old time after which a leap is followed. */
  static final long LEAP_CONFIRM_MILLIS = 10_000;

  /** Records without one of the old time among them after which a leap is followed. */
  static final int LEAP_CONFIRM_RECORDS = 100_000;

  /**
   * Longest wall time between two looks at the broker that is silence if they see nothing unread.
   */
  static final long LOOK_MILLIS = 5_000;

  /** Silence after which a partition is idle. */
  static final long IDLE_MILLIS = 2_000;

  /** As {@link #IDLE_MILLIS} when the broker may have been away: its producers come back first. */
  static final long IDLE_AFTER_AWAY_MILLIS = 10_000;

  /** Wall time for which the first records are looked at before the clock starts. */
  static final long START_CONFIRM_MILLIS = 500;

  /** As {@link #START_CONFIRM_MILLIS}, in records. */
  static final int START_CONFIRM_RECORDS = 10_000;

  /** What {@link #time} gives before the clock starts. */
  static final long NOT_STARTED = Long.MIN_VALUE;

  private boolean seen;
  private boolean started;
  private long time;
  private long newest;
  private long lastLook;
  private long silentFor;
  private long idleFor;
  private boolean wasAway;

  private boolean leaping;
  private long leapTo;
  private long confirmingSince;
  private int confirmingRecords;

  /** Starts the clock at a time known from before. */
  void startAt(long knownTime, long now) {
    seen = true;
    started = true;
    time = knownTime;
    newest = knownTime;
    lastLook = now;
  }

  /** For how long, ms, the partition is known to be silent. */
  long silentFor() {
    return silentFor;
  }

  /** True of a partition without records, or silent so long that it need not hold back others. */
  boolean isIdle() {
    return !seen || idleFor >= (wasAway ? IDLE_AFTER_AWAY_MILLIS : IDLE_MILLIS);
  }

  /** Takes the timestamp of a record just read at wall time {@code now}. */
  void record(long timestamp, long now) {
    if (!started) {
      starting(timestamp, now);
    } else if (timestamp > time + LEAP_MILLIS) {
      leap(timestamp, now);
    } else {
      leaping = false;
      newest = Math.max(newest, timestamp);
      time = Math.max(time, timestamp);
    }
    lastLook = now;
    silentFor = 0;
    idleFor = 0;
    wasAway = false;
  }

  private void starting(long timestamp, long now) {
    if (!seen) {
      seen = true;
      confirmingSince = now;
      newest = timestamp;
    } else if (timestamp < newest - LEAP_MILLIS) {
      // Those before were ahead: the older time is the stream's.
      newest = timestamp;
    } else if (timestamp <= newest + LEAP_MILLIS) {
      newest = Math.max(newest, timestamp);
    }
    confirmingRecords++;
    startWhenConfirmed(now);
  }

  private void startWhenConfirmed(long now) {
    boolean ahead = isAhead(newest, now);
    if (confirmingRecords >= (ahead ? LEAP_CONFIRM_RECORDS : START_CONFIRM_RECORDS)
        || now - confirmingSince >= (ahead ? LEAP_CONFIRM_MILLIS : START_CONFIRM_MILLIS)) {
      started = true;
      time = newest;
    }
  }

  private void leap(long timestamp, long now) {
    if (!leaping || timestamp < leapTo - LEAP_MILLIS) {
      leaping = true;
      confirmingSince = now;
      confirmingRecords = 0;
      leapTo = timestamp;
    } else if (timestamp <= leapTo + LEAP_MILLIS) {
      leapTo = Math.max(leapTo, timestamp);
    }
    confirmingRecords++;
    if (confirmingRecords >= LEAP_CONFIRM_RECORDS || now - confirmingSince >= LEAP_CONFIRM_MILLIS) {
      leaping = false;
      newest = leapTo;
      time = leapTo;
    }
  }

  /**
   * Takes the news that at wall time {@code now} a record was read that is of the stream's old
   * time, and does not move the clock itself.
   */
  void oldRecord(long now) {
    leaping = false;
    if (!started && isAhead(newest, now)) {
      confirmingSince = now;
      confirmingRecords = 0;
    }
  }

  /** True of a time that a right clock cannot show yet at wall time {@code now}. */
  static boolean isAhead(long time, long now) {
    return time > now + LEAP_MILLIS;
  }

  /**
   * Takes the news that at wall time {@code checked} the broker held no unread record of the
   * partition.
   */
  void nothingUnread(long checked) {
    if (!seen || checked <= lastLook) {
      return;
    }
    if (!started) {
      startWhenConfirmed(checked);
    }
    look(checked - lastLook);
    lastLook = checked;
    if (started) {
      time = Math.max(time, newest + silentFor);
    }
  }

  /** Takes the wall time between two looks that saw nothing unread. */
  private void look(long since) {
    long silence = Math.min(since, LOOK_MILLIS);
    silentFor += silence;
    boolean away = since > LOOK_MILLIS;
    // One that is not idle yet keeps what it has: where looks are always far apart it gets there.
    idleFor = away && isIdle() ? 0 : idleFor + silence;
    wasAway |= away;
  }

  /** The event time reached, or {@link #NOT_STARTED}; it never goes back. */
  long time() {
    return started ? time : NOT_STARTED;
  }
}
