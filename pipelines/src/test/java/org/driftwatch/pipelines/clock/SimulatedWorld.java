package org.driftwatch.pipelines.clock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Producers, partitions, a broker and a reader in simulated time, and the truth about all of it: it
 * knows which records are right, when each was read, and what the clock said then. Nothing in it
 * knows how the clock comes to what it says.
 */
final class SimulatedWorld implements Clocks {
  static final long WINDOW = 1_000;
  static final long LATENESS = 60_000;

  /** How a wrong producer stamps. */
  enum Wrong {
    NOTHING,
    AHEAD,
    BEHIND,
    YEAR_1970,
    DRIFTS_AHEAD,
    DRIFTS_BEHIND,
    JUMPS,
    A_MINUTE_AHEAD_NOW_AND_THEN
  }

  /** What happens beside. */
  enum Event {
    NOTHING,
    RESTART,
    LEADER_AWAY,
    READER_STOPS,
    ALL_AHEAD_AND_HEALED,
    ALL_AHEAD_HEALED_AND_RESTART,
    ALL_BEHIND_AND_HEALED,
    OWN_CLOCK_SET_BACK,
    OWN_CLOCK_SET_FORWARD
  }

  /** Where the records that are there at the first start come from. */
  enum Backlog {
    NONE,
    OF_TODAY,
    OLD
  }

  /**
   * A case.
   *
   * @param share of the records that are of wrong producers
   * @param ownPartition true where these have a partition of their own, the last one
   * @param readEach how often the runner reads, ms
   * @param speed of reading after a restart, as a multiple of the rate at which records come
   * @param ownClock by how much the reader's clock is ahead, ms
   */
  record Case(
      int partitions,
      int rate,
      double share,
      Wrong wrong,
      boolean ownPartition,
      Backlog backlog,
      Event event,
      int readEach,
      int speed,
      long delay,
      long ownClock,
      long seed) {

    static Case drawn(long seed) {
      Random random = new Random(seed);
      int partitions = 1 + random.nextInt(4);
      double[] shares = {0.001, 0.01, 0.05, 0.1, 0.3};
      Wrong wrong = anyOf(Wrong.values(), random);
      Backlog backlog = anyOf(Backlog.values(), random);
      Event event = anyOf(Event.values(), random);
      if (backlog == Backlog.OLD
          && (event == Event.ALL_AHEAD_AND_HEALED || event == Event.ALL_AHEAD_HEALED_AND_RESTART)) {
        // Nobody can tell that from a stream that goes on 50 minutes later.
        event = Event.NOTHING;
      }
      int rate = 40 + random.nextInt(random.nextInt(10) > 0 ? 100 : 1_000);
      double share = shares[random.nextInt(shares.length)];
      boolean ownPartition = partitions > 2 && random.nextBoolean();
      if (ownPartition && event == Event.LEADER_AWAY) {
        // More than a third of what can be read would be wrong.
        share = Math.min(share, 0.1);
      }
      return new Case(
          partitions,
          rate,
          share,
          wrong,
          ownPartition,
          backlog,
          event,
          random.nextBoolean() ? 25 : 500,
          random.nextBoolean() ? 1_000 : 4,
          random.nextBoolean() ? 1_000 : 100,
          random.nextInt(4) == 0 ? 5_000 - random.nextInt(15_000) : 0,
          seed);
    }

    private static <T> T anyOf(T[] values, Random random) {
      return values[random.nextInt(values.length)];
    }

    boolean isOld() {
      return backlog == Backlog.OLD;
    }
  }

  /** A record, and what became of it. */
  static final class Sent {
    final long stamp;
    final long appended;
    final boolean right;
    boolean read;
    boolean late;
    boolean dropped;

    Sent(long stamp, long appended, boolean right) {
      this.stamp = stamp;
      this.appended = appended;
      this.right = right;
    }
  }

  private static final long TODAY = 1_800_000_000_000L;
  private static final long OLD = 1_600_000_000_000L;
  private static final int MOST_PER_READ = 20_000;

  final Case of;
  final List<List<Sent>> logs = new ArrayList<>();

  /** When the watermark had passed the end of each window, by the window's number from 0. */
  final long[] closed;

  final long begin;
  final long shift;
  private final Random random;
  private final List<List<Sent>> kept = new ArrayList<>();
  private final int[] next;
  private final PartitionTime[] times;
  private final long streamEnd;
  private StreamClock clock;
  private long now;
  private long watermark = Long.MIN_VALUE;
  private long lastEnds;
  private int open;
  private double due;
  private double driftSince;
  private long firstWindow = Long.MIN_VALUE;
  long furthestAheadOfWall = Long.MIN_VALUE;
  long mostPausedAhead;

  private static final long LIVE_MILLIS = 60_000;
  private static final long BACKLOG_MILLIS = 90_000;
  private static final long EVENT_AT = 20_000;
  private static final long EVENT_MILLIS = 15_000;

  SimulatedWorld(Case of) {
    this.of = of;
    random = new Random(of.seed());
    next = new int[of.partitions()];
    times = new PartitionTime[of.partitions()];
    for (int i = 0; i < of.partitions(); i++) {
      logs.add(new ArrayList<>());
      kept.add(new ArrayList<>());
    }
    begin = TODAY;
    shift = of.isOld() ? OLD - TODAY : 0;
    streamEnd = TODAY + LIVE_MILLIS;
    closed = new long[(int) ((LIVE_MILLIS + BACKLOG_MILLIS) / WINDOW) + 1];
    Arrays.fill(closed, Long.MAX_VALUE);
    now = TODAY - (of.backlog() == Backlog.NONE ? 0 : BACKLOG_MILLIS);
    driftSince = now;
  }

  @Override
  public long wallMillis() {
    long wrong = eventIsOn(Event.OWN_CLOCK_SET_BACK) ? -3_600_000 : 0;
    wrong += eventIsOn(Event.OWN_CLOCK_SET_FORWARD) ? 3_600_000 : 0;
    return now + of.ownClock() + wrong;
  }

  @Override
  public long monotonicMillis() {
    return now - TODAY + 1_000_000;
  }

  /** Number of the window that a right stamp lies in; windows of the backlog come first. */
  int window(long stamp) {
    return (int) ((stamp - shift - (TODAY - BACKLOG_MILLIS)) / WINDOW);
  }

  long endOf(int window) {
    return TODAY - BACKLOG_MILLIS + (window + 1) * WINDOW;
  }

  boolean eventIsOn(Event event) {
    return of.event() == event && now >= begin + EVENT_AT && now < begin + EVENT_AT + EVENT_MILLIS;
  }

  static long eventEnd() {
    return EVENT_AT + EVENT_MILLIS;
  }

  void run() {
    while (now < TODAY) {
      produce(25);
    }
    start(Long.MIN_VALUE);
    boolean restarted = false;
    while (now < streamEnd + (isRestart() ? 75_000 : 15_000)) {
      for (int step = 0; step < of.readEach(); step += 25) {
        produce(25);
      }
      if (isRestart() && !restarted && now >= begin + restartAt()) {
        restarted = true;
        restart();
      }
      if (!eventIsOn(Event.READER_STOPS)) {
        read();
      }
    }
  }

  boolean isRestart() {
    return of.event() == Event.RESTART || of.event() == Event.ALL_AHEAD_HEALED_AND_RESTART;
  }

  private long restartAt() {
    return of.event() == Event.RESTART ? EVENT_AT : eventEnd() + 4_000;
  }

  private void produce(int millis) {
    now += millis;
    if (now < streamEnd) {
      due += of.rate() * millis / 1000.0;
    }
    while (due >= 1) {
      due--;
      boolean wrong = of.wrong() != Wrong.NOTHING && random.nextDouble() < of.share();
      long at = now - random.nextInt(millis);
      // Right producers may be out of order by a good part of the delay.
      long stamp = at - random.nextInt((int) (of.delay() / 4));
      if (wrong) {
        stamp = wrongly(stamp);
      }
      boolean right = !wrong;
      if (eventIsOn(Event.ALL_AHEAD_AND_HEALED) || eventIsOn(Event.ALL_AHEAD_HEALED_AND_RESTART)) {
        stamp += 3_000_000;
        right = false;
      } else if (eventIsOn(Event.ALL_BEHIND_AND_HEALED)) {
        stamp -= 3_000_000;
        right = false;
      }
      send(new Sent(stamp + shift, now, right), wrong);
    }
    if (!eventIsOn(Event.LEADER_AWAY)) {
      for (int i = 0; i < of.partitions(); i++) {
        logs.get(i).addAll(kept.get(i));
        kept.get(i).clear();
      }
    }
  }

  private void send(Sent record, boolean wrong) {
    int partition = of.partitions() - 1;
    if (of.ownPartition() ? !wrong : partition > 0) {
      partition = random.nextInt(of.ownPartition() ? partition : partition + 1);
    }
    boolean away = partition == 0 && eventIsOn(Event.LEADER_AWAY);
    (away ? kept : logs).get(partition).add(record);
  }

  private long wrongly(long stamp) {
    double seconds = (now - driftSince) / 1000.0;
    return switch (of.wrong()) {
      case NOTHING -> stamp;
      case AHEAD -> stamp + 3_000_000;
      case BEHIND -> stamp - 600_000;
      case YEAR_1970 -> 1 - shift;
      case DRIFTS_AHEAD -> stamp + (long) (100 * seconds);
      case DRIFTS_BEHIND -> stamp - (long) (100 * seconds);
      case JUMPS -> stamp + random.nextInt(7_200_000) - 3_600_000;
      case A_MINUTE_AHEAD_NOW_AND_THEN -> random.nextInt(50) == 0 ? stamp + 59_000 : stamp;
    };
  }

  private void start(long from) {
    clock =
        new StreamClock(from == Long.MIN_VALUE ? StreamClock.NOT_STARTED : from, of.delay(), this);
    watermark = Long.MIN_VALUE;
    firstWindow = from;
    for (int i = 0; i < of.partitions(); i++) {
      times[i] = clock.reads(i);
      next[i] = 0;
      while (next[i] < logs.get(i).size() && logs.get(i).get(next[i]).stamp < from) {
        next[i]++;
      }
      times[i].startsAt(next[i]);
    }
    lastEnds = Long.MIN_VALUE;
  }

  /** As the monitor does: back from the latest published window by lateness and delay. */
  private void restart() {
    long published = watermark - Math.floorMod(watermark, WINDOW);
    long from = published - LATENESS - of.delay();
    from -= Math.floorMod(from, WINDOW);
    for (List<Sent> log : logs) {
      for (Sent record : log) {
        if (record.stamp >= from) {
          record.read = false;
          record.late = false;
          record.dropped = false;
        }
      }
    }
    start(from);
  }

  private void read() {
    if (lastEnds == Long.MIN_VALUE || now - lastEnds >= 1_000) {
      lastEnds = now;
      for (int i = 0; i < of.partitions(); i++) {
        if (i > 0 || !eventIsOn(Event.LEADER_AWAY)) {
          times[i].end(logs.get(i).size(), monotonicMillis());
        }
      }
    }
    long before = watermark;
    int slow = 1 + of.speed() * of.rate() * of.readEach() / 1000;
    int room = firstWindow == Long.MIN_VALUE ? MOST_PER_READ : Math.min(MOST_PER_READ, slow);
    int[] ends = new int[of.partitions()];
    for (int i = 0; i < of.partitions(); i++) {
      boolean away = i == 0 && eventIsOn(Event.LEADER_AWAY);
      ends[i] = away || times[i].isTooFarAhead() ? next[i] : logs.get(i).size();
      if (times[i].isTooFarAhead()) {
        mostPausedAhead = Math.max(mostPausedAhead, logs.get(i).size() - next[i]);
      }
    }
    boolean more = true;
    while (more && room > 0) {
      more = false;
      for (int i = 0; i < of.partitions(); i++) {
        if (next[i] < ends[i]) {
          take(i, before);
          room--;
          more = true;
        }
      }
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < of.partitions(); i++) {
      times[i].polled(next[i], next[i]);
      long time = times[i].time();
      least = Math.min(least, time == StreamClock.NOT_STARTED ? Long.MIN_VALUE : time - of.delay());
    }
    watermark = Math.max(watermark, least);
    if (watermark != Long.MIN_VALUE) {
      furthestAheadOfWall = Math.max(furthestAheadOfWall, watermark - wallMillis());
      while (open < closed.length && watermark >= endOf(open) + shift) {
        closed[open++] = now;
      }
    }
  }

  private void take(int partition, long before) {
    Sent record = logs.get(partition).get(next[partition]);
    times[partition].read(next[partition]++, record.stamp);
    if (record.stamp < firstWindow) {
      return;
    }
    record.read = true;
    if (before != Long.MIN_VALUE) {
      long end = record.stamp - Math.floorMod(record.stamp, WINDOW) + WINDOW;
      record.late = end <= before;
      record.dropped = end <= before - LATENESS;
    }
  }
}
