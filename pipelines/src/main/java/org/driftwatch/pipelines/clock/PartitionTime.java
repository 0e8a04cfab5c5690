package org.driftwatch.pipelines.clock;

/**
 * What is known of the event time of one partition, as one reader reads it.
 *
 * <p>A partition is <i>live</i> while all that its broker held a few seconds ago is read, and
 * <i>behind</i> otherwise: there is a backlog, or its leader does not answer, or a transaction is
 * open. One that is behind tells its own time, since what is still to be read of it may be of any
 * moment since; {@link StreamClock} tells the time of those that are live.
 *
 * <p>{@link #read} is called by one thread, {@link #polled} and {@link #end} by two others, and
 * {@link #time} by any. Event times are ms since the epoch.
 */
public final class PartitionTime {
  /** Records before a partition with a backlog has a time: fewer may be of one wrong clock. */
  static final int START_RECORDS = 8_192;

  /** The same as time that has passed, ms. */
  static final long START_MILLIS = 500;

  /** Event time of more than this between one record and the next is a leap, ms. */
  static final long LEAP_MILLIS = 60_000;

  /** Records of a backlog before a leap is followed: a batch of one producer may hold thousands. */
  static final int LEAP_RECORDS = 100_000;

  /** Silence after which the newest records of a partition are believed, however few, ms. */
  static final long QUIET_MILLIS = 500;

  /** Silence after which a partition is idle and holds nothing back, ms. */
  static final long IDLE_MILLIS = 2_000;

  /** The same when its leader was away, ms: its producers come back first. */
  static final long IDLE_AFTER_AWAY_MILLIS = 10_000;

  /** Of one look; as many tell the majority where a third is wrong. */
  private static final int SAMPLES = 128;

  private final StreamClock stream;
  private final int number;
  private final ReadProgress progress = new ReadProgress();
  private final RecentStamps stamps = new RecentStamps();
  private final Dice dice = new Dice();
  private final long[] samples = new long[SAMPLES];

  // What was read since the clock was last asked; of the reading thread.
  private long next = -1;
  private int news;
  private int sampled;
  private int untilSample = 1;
  private int stride = 1;

  private long time = StreamClock.NOT_STARTED;
  private long votes;
  private long firstReadAt = Long.MIN_VALUE;
  private long lastReadAt = Long.MIN_VALUE;
  private long readWhenLeaping = -1;
  private long liveSince = Long.MIN_VALUE;
  private boolean settled;
  private boolean wasAway;
  private long awayEndedAt = Long.MIN_VALUE;
  private boolean catchesUp;
  private long catchUpBy;
  private long catchUpLag;

  /** Known to other threads: where the newest records stand. */
  private volatile long front = StreamClock.NOT_STARTED;

  private volatile boolean live;

  PartitionTime(StreamClock stream, int number) {
    this.stream = stream;
    this.number = number;
  }

  /** The partition's number. */
  public int number() {
    return number;
  }

  /** Reading begins at this offset. */
  public void startsAt(long offset) {
    progress.startsAt(offset);
  }

  /** A record was read that belongs to some window. */
  public void read(long offset, long timestamp) {
    next = offset + 1;
    stamps.add(timestamp);
    news++;
    if (--untilSample == 0) {
      sample(timestamp);
    }
  }

  /** Keeps one of so many records, whatever their number: full, every second one is let go. */
  private void sample(long timestamp) {
    if (sampled == SAMPLES) {
      for (int i = 0; i < SAMPLES / 2; i++) {
        samples[i] = samples[2 * i + dice.below(2)];
      }
      sampled = SAMPLES / 2;
      stride *= 2;
    }
    samples[sampled++] = timestamp;
    untilSample = 1 + dice.below(2 * stride - 1);
  }

  /** A record was read whose timestamp is of no window. */
  public void passed(long offset) {
    next = offset + 1;
  }

  /**
   * A poll of the consumer has ended.
   *
   * @param returned the offset behind the last record that polls have returned
   * @param position the next offset that will be fetched
   */
  public void polled(long returned, long position) {
    progress.polled(returned, position);
  }

  /**
   * Where the partition ended, open transactions included.
   *
   * @param askedAt when the question was asked, ms of the monotonic clock
   */
  public void end(long offset, long askedAt) {
    progress.end(offset, askedAt);
  }

  /**
   * How far the stream has got, as far as this partition tells or holds it back; {@link
   * StreamClock#NOT_STARTED} if it has not begun.
   */
  public long time() {
    return stream.time(this);
  }

  /** True where reading on would only fill the memory: others hold the results back far behind. */
  public boolean isTooFarAhead() {
    return stream.isTooFarAhead(front);
  }

  /** True of a timestamp far ahead of the newest records, or of the wall clock. */
  public boolean isFarAhead(long timestamp, long wall) {
    long known = front;
    return timestamp > wall + LEAP_MILLIS
        || (known != StreamClock.NOT_STARTED && timestamp > known + LEAP_MILLIS);
  }

  long front() {
    return front;
  }

  /** Where its newest records end, ms since the epoch; {@link RecentStamps#NONE} if none came. */
  long newestEnd() {
    return stamps.newestEnd();
  }

  /** Records that the majority has been sampled from. */
  long votes() {
    return votes;
  }

  boolean isLive() {
    return live;
  }

  /** True where its records come as fast as they are written. */
  boolean isSettled() {
    return settled;
  }

  long ownTime() {
    return time;
  }

  long readUpTo() {
    return progress.readUpTo();
  }

  long unread() {
    return progress.unread();
  }

  /** Where it starts, known from before. */
  void startAt(long known) {
    time = Math.max(time, known);
  }

  /** Looks at what was read since the last call. */
  void look(long now, long wallLimit, MajorityOffset majority) {
    progress.readTo(next);
    long readUpTo = progress.readUpTo();
    boolean isLive = readUpTo != Long.MIN_VALUE && now - readUpTo <= StreamClock.LIVE_MILLIS;
    lookWhetherAway(now);
    if (news > 0) {
      firstReadAt = firstReadAt == Long.MIN_VALUE ? now : firstReadAt;
      lastReadAt = now;
      front = stamps.newestMedian();
      if (isLive && settled && !stream.isAnyUnsettled()) {
        votes += news;
        for (int i = 0; i < sampled; i++) {
          majority.add(samples[i] - now, (double) news / sampled, now);
        }
      }
    }
    lookWhetherSettled(isLive, now);
    live = isLive;
    if (!isLive) {
      followBacklog(now, wallLimit);
    }
  }

  /** The rest of a backlog is read faster than it was written: it would outvote the others. */
  private void lookWhetherSettled(boolean isLive, long now) {
    if (!isLive) {
      liveSince = Long.MIN_VALUE;
      settled = false;
      return;
    }
    if (liveSince == Long.MIN_VALUE) {
      liveSince = now;
    }
    settled |= progress.unread() == 0 || now - liveSince >= StreamClock.LIVE_MILLIS;
  }

  private void lookWhetherAway(long now) {
    long answered = progress.answeredAt();
    boolean away = answered != Long.MIN_VALUE && now - answered > StreamClock.LIVE_MILLIS;
    if (wasAway && !away) {
      awayEndedAt = now;
      catchesUp = true;
      catchUpBy = now + IDLE_AFTER_AWAY_MILLIS;
      catchUpLag = Long.MAX_VALUE;
    } else if (away && !wasAway && time != StreamClock.NOT_STARTED) {
      // While it was idle it followed the others: what its producers keep from now on is later.
      time = Math.max(time, stream.current());
    }
    wasAway = away;
  }

  /**
   * Most of what was read, with the lag of half a sample: in a backlog nobody waits for it. What
   * the wall clock has yet to reach tells nothing: where all clocks were ahead for a while, right
   * ones follow.
   */
  private void followBacklog(long now, long wallLimit) {
    long median = stamps.median();
    if (firstReadAt == Long.MIN_VALUE || median > wallLimit) {
      return;
    }
    boolean enough = stamps.read() >= START_RECORDS || now - firstReadAt >= START_MILLIS;
    if (!enough) {
      return;
    }
    long from = Math.max(time, stream.start());
    if (from == StreamClock.NOT_STARTED) {
      time = median;
    } else if (median <= from + LEAP_MILLIS) {
      readWhenLeaping = -1;
      time = Math.max(from, median);
    } else if (readWhenLeaping < 0) {
      readWhenLeaping = stamps.read();
    } else if (stamps.read() - readWhenLeaping >= LEAP_RECORDS) {
      readWhenLeaping = -1;
      time = median;
    }
  }

  /**
   * Follows the largest timestamp of what was read since the last call, up to a bound.
   *
   * @return it; {@link RecentStamps#NONE} where there is none
   */
  long follow(long bound) {
    long largest = stamps.largest(news, bound);
    time = Math.max(time, largest);
    return largest;
  }

  /** In silence the newest records are believed, however few they are. */
  void followNewest(long tolerance, long bound) {
    long end = stamps.newestEnd();
    if (end != RecentStamps.NONE) {
      time = Math.max(time, stamps.largest(Long.MAX_VALUE, Math.min(end + tolerance, bound)));
    }
  }

  /** Ends a look: what was read is old. */
  void looked() {
    news = 0;
    sampled = 0;
    untilSample = 1;
    stride = 1;
  }

  /** For how long it is known that nothing has come, ms; below 0 where that is not known. */
  long quietFor() {
    long readUpTo = progress.readUpTo();
    long since = Math.max(lastReadAt, awayEndedAt);
    return readUpTo == Long.MIN_VALUE
        ? -1
        : since == Long.MIN_VALUE ? Long.MAX_VALUE : readUpTo - since;
  }

  boolean isIdle() {
    return quietFor() >= IDLE_MILLIS;
  }

  long awayEndedAt() {
    return awayEndedAt;
  }

  boolean hasNews() {
    return news > 0;
  }

  /** True of a live partition that holds the stream back at its own time. */
  boolean holds(long streamTime, long now) {
    if (catchesUp) {
      catchesUp = !hasCaughtUp(streamTime, now);
    }
    if (catchesUp) {
      return true;
    }
    return !isIdle()
        && time != StreamClock.NOT_STARTED
        && time >= streamTime - StreamClock.HOLD_MILLIS;
  }

  /**
   * After its leader was away its producers send what they have kept. It is waited for as long as
   * that goes on: until it is quiet, or has caught up, or gains no more.
   */
  private boolean hasCaughtUp(long streamTime, long now) {
    if (quietFor() >= IDLE_AFTER_AWAY_MILLIS) {
      return true;
    }
    if (time == StreamClock.NOT_STARTED || streamTime == StreamClock.NOT_STARTED) {
      return now >= catchUpBy;
    }
    long lag = streamTime - time;
    if (lag <= StreamClock.HOLD_MILLIS && lastReadAt > awayEndedAt) {
      return true;
    }
    if (lag < catchUpLag - catchUpLag / 10) {
      catchUpLag = lag;
      catchUpBy = now + IDLE_AFTER_AWAY_MILLIS;
    }
    return now >= catchUpBy;
  }
}
