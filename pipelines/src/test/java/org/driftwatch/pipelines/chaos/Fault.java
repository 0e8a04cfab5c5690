package org.driftwatch.pipelines.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
      EnumSet.complementOf(EnumSet.of(Setting.THREE_BROKERS)),
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
  EXECUTOR_KILLED(
      "Spark executor killed",
      4,
      EnumSet.of(Setting.SPARK_CLUSTER),
      parts -> parts.workers().killExecutor()),
  WORKER_KILLED(
      "Spark worker killed",
      4,
      EnumSet.of(Setting.SPARK_CLUSTER),
      parts -> parts.workers().killWorker()),
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
    this(words, weight, EnumSet.allOf(Setting.class), strike);
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

  private static Duration outage() {
    return Duration.ofSeconds(Integer.getInteger("driftwatch.outage", 20));
  }

  /** When a fault strikes and how long it lasts is drawn, no condition tells it: time passes. */
  static void pass(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis());
  }
}
