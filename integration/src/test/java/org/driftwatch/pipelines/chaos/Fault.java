package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;

/** What is done to the running parts. */
enum Fault {
  MONITOR_KILLED(
      "monitor killed",
      12,
      parts -> {
        parts.killMonitor();
        parts.startMonitor();
      }),
  MONITOR_PAUSED(
      "monitor stopped for 3 s",
      1,
      parts -> {
        parts.signalMonitor("STOP");
        pass(Duration.ofSeconds(3));
        parts.signalMonitor("CONT");
      }),
  EMULATOR_KILLED(
      "emulator killed",
      2,
      parts -> {
        parts.killEmulator();
        parts.startEmulator();
      }),
  BROKER_KILLED(
      "broker killed, back after 2 s",
      2,
      parts -> {
        parts.brokers().kill();
        pass(Duration.ofSeconds(2));
        parts.brokers().start();
      }),
  BROKER_AWAY(
      "broker down for " + outage().toSeconds() + " s",
      1,
      parts -> {
        parts.brokers().stop();
        pass(outage());
        parts.brokers().start();
      }),
  BROKER_RESTARTED(
      "broker stopped and started",
      1,
      parts -> {
        parts.brokers().stop();
        parts.brokers().start();
      }),
  BROKER_DISK_FULL(
      "disk of the broker full for 5 s",
      1,
      EnumSet.complementOf(EnumSet.of(Setting.THREE_BROKERS, Setting.ONE_REPLICA)),
      parts -> {
        parts.oneBroker().fillDisk();
        pass(Duration.ofSeconds(5));
        parts.oneBroker().freeDisk();
      }),
  MONITOR_AND_BROKER_KILLED(
      "monitor and broker killed",
      1,
      parts -> {
        parts.killMonitor();
        parts.brokers().kill();
        parts.brokers().start();
        parts.startMonitor();
      }),
  PARTITIONS_ADDED(
      "stream given one partition more",
      1,
      parts -> {
        parts.addPartition();
        // A producer learns of it by itself within minutes; a new one at once.
        parts.killEmulator();
        parts.startEmulator("--partitioning", "round-robin");
      }),
  PARTITION_SILENT(
      "all partitions but one fall silent",
      1,
      parts -> {
        parts.killEmulator();
        parts.startEmulator("--partitioning", "0");
      }),
  RECORDS_TWICE(
      "records twice, late and malformed",
      1,
      parts -> {
        parts.killEmulator();
        parts.startEmulator("--inject", "duplicate=0.02,late=0.002@20s,malformed=0.005");
      }),
  CLOCK_BEHIND(
      "a producer's clock an hour behind", 1, parts -> parts.sendShifted(Duration.ofHours(-1))),
  CLOCK_AHEAD(
      "a producer's clock an hour ahead", 1, parts -> parts.sendShifted(Duration.ofHours(1))),
  FAR_FUTURE("timestamps a century ahead", 1, parts -> parts.sendShifted(Duration.ofDays(36_525))),
  ALL_CLOCKS_AHEAD(
      "all clocks 50 min ahead for 15 s",
      2,
      parts -> parts.sendInstead(Duration.ofSeconds(15), shifted(Duration.ofMinutes(50)))),
  SOME_AHEAD(
      "one record in 20 ahead by 50 min",
      1,
      parts -> parts.sendBeside(shifted(Duration.ofMinutes(50)))),
  SOME_BEHIND(
      "one record in 20 behind by 10 min",
      1,
      parts -> parts.sendBeside(shifted(Duration.ofMinutes(-10)))),
  SOME_WITHOUT_A_CLOCK("one record in 20 of 1970", 1, parts -> parts.sendBeside(now -> 1)),
  SOME_DRIFT_AHEAD("one record in 20 drifts ahead by 30 s", 1, parts -> parts.sendBeside(drift(3))),
  SOME_DRIFT_BEHIND(
      "one record in 20 drifts behind by 30 s", 1, parts -> parts.sendBeside(drift(-3))),
  PARTITION_BEHIND(
      "a partition with nothing but old records",
      1,
      parts -> {
        parts.killEmulator();
        parts.startEmulator("--partitioning", "0");
        parts.sendToLastPartition(shifted(Duration.ofMinutes(-10)));
        parts.killEmulator();
        parts.startEmulator();
      }),
  ONE_RECORD_AHEAD("one record 59 s ahead, then late ones", 1, Parts::sendOneAheadThenLateOnes),
  TRANSACTIONS("transactions, half of them aborted", 1, Parts::sendTransactions),
  TOPICS_CREATED_ANEW(
      "topics deleted and created again",
      1,
      EnumSet.complementOf(EnumSet.of(Setting.THREE_BROKERS, Setting.ONE_REPLICA)),
      Parts::createTopicsAnew),
  DELETED_UNREAD(
      "records deleted before they are read",
      1,
      parts -> parts.deleteUnread(Duration.ofSeconds(4))),
  MONITOR_CLOCK_SET(
      "the monitor's clock set back and forward",
      1,
      // On a cluster the clocks that count are those of its machines.
      EnumSet.of(Setting.DIRECT, Setting.SPARK_LOCAL, Setting.FLINK_LOCAL, Setting.THREE_BROKERS),
      parts -> {
        FakeClock clock = parts.giveMonitorItsOwnClock();
        parts.awaitMonitor();
        for (Duration ahead :
            List.of(Duration.ofHours(-1), Duration.ZERO, Duration.ofMinutes(30))) {
          clock.set(ahead);
          pass(Duration.ofSeconds(8));
        }
        clock.set(Duration.ZERO);
        pass(Duration.ofSeconds(2));
        parts.restartMonitor(Map.of());
      }),
  PROPERTIES(
      "client properties against exactness",
      1,
      parts -> {
        parts.giveMonitorProperties(
            "auto.offset.reset=latest",
            "isolation.level=read_uncommitted",
            "enable.auto.commit=true",
            "group.id=chaos",
            "acks=0",
            "enable.idempotence=false",
            "transactional.id=chaos-monitor",
            "retries=0",
            "interceptor.classes=no.such.Interceptor");
        parts.awaitMonitor();
        parts.sendTransactions();
        parts.restartMonitor(Map.of());
      }),
  LEADER_AWAY(
      "a partition's only broker down for " + leaderAway().toSeconds() + " s",
      1,
      EnumSet.of(Setting.ONE_REPLICA),
      parts -> {
        parts.killEmulator();
        parts.startEmulator(20_000, "--format", "words", "--partitioning", "1");
        parts.brokers().kill();
        pass(leaderAway());
        parts.brokers().start();
        parts.killEmulator();
        parts.startEmulator();
      }),
  EXECUTOR_KILLED(
      "Spark executor killed",
      4,
      EnumSet.of(Setting.SPARK_CLUSTER),
      parts -> parts.workers().killExecutor()),
  WORKER_KILLED(
      "worker of the cluster killed",
      4,
      EnumSet.of(Setting.SPARK_CLUSTER, Setting.FLINK_CLUSTER),
      parts -> parts.workers().killWorker()),
  MASTER_KILLED(
      "JobManager killed and started again",
      4,
      EnumSet.of(Setting.FLINK_CLUSTER),
      parts -> parts.workers().killMaster()),
  LEADERS_MOVED(
      "leaders of all partitions moved",
      4,
      EnumSet.of(Setting.THREE_BROKERS),
      parts -> parts.threeBrokers().moveLeaders()),
  BROKER_LOST(
      "one of three brokers lost for good",
      0,
      EnumSet.of(Setting.THREE_BROKERS),
      parts -> parts.threeBrokers().lose());

  private final String words;
  private final int weight;

  @SuppressWarnings("ImmutableEnumChecker") // A copy that nobody can change.
  private final Set<Setting> settings;

  @SuppressWarnings("ImmutableEnumChecker") // It captures nothing.
  private final Strike strike;

  /** The deed itself. */
  private interface Strike {
    void on(Parts parts) throws Exception;
  }

  Fault(String words, int weight, Strike strike) {
    this(words, weight, EnumSet.complementOf(EnumSet.of(Setting.ONE_REPLICA)), strike);
  }

  Fault(String words, int weight, Set<Setting> settings, Strike strike) {
    this.words = words;
    this.weight = weight;
    this.settings = Set.copyOf(settings);
    this.strike = strike;
  }

  /** All that can be done to parts that run so. */
  static List<Fault> in(Setting setting) {
    return Arrays.stream(values()).filter(fault -> fault.settings.contains(setting)).toList();
  }

  /** What to call it in a table. */
  String words() {
    return words;
  }

  /** How often it is drawn, beside the others; 0 where it is not. */
  int weight() {
    return weight;
  }

  /** Does it; what has been taken away is there again at the return, if it comes back at all. */
  void strike(Parts parts) throws Exception {
    strike.on(parts);
  }

  /** True where this machine can do it; else a line says why not. */
  boolean isPossible() throws IOException, InterruptedException {
    if (this == BROKER_DISK_FULL && !SmallDisk.isPossible()) {
      System.out.println("chaos: a full disk is not tried, this user may not mount one");
      return false;
    }
    if (this == MONITOR_CLOCK_SET && !FakeClock.isPossible()) {
      System.out.println("chaos: no clock is set, libfaketime is not installed (package faketime)");
      return false;
    }
    return true;
  }

  private static LongUnaryOperator shifted(Duration by) {
    return now -> now + by.toMillis();
  }

  /** So many seconds off for each second since it was first asked. */
  private static LongUnaryOperator drift(int drift) {
    return new LongUnaryOperator() {
      private long start;

      @Override
      public long applyAsLong(long now) {
        start = start == 0 ? now : start;
        return now + drift * (now - start);
      }
    };
  }

  private static Duration outage() {
    return Duration.ofSeconds(Integer.getInteger("driftwatch.outage", 20));
  }

  private static Duration leaderAway() {
    return Duration.ofSeconds(Integer.getInteger("driftwatch.leaderAway", 25));
  }

  /** When a fault strikes and how long it lasts is drawn, no condition tells it: time passes. */
  static void pass(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
