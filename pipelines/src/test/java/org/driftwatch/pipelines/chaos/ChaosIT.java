package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults at moments drawn from a seed, then every window on {@code results} held against a
 * recomputation from {@code stream}. {@code -Ddriftwatch.faults=100} for a long run.
 */
class ChaosIT {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int RATE = 400;
  private static final int FAULTS = Integer.getInteger("driftwatch.faults", 4);
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** What came of the faults of one kind. */
  private static final class Tally {
    private int times;
    private int windows;
    private int differences;
    private double longest;
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "spark-local"})
  void whateverFailsTheResultsAreThoseOfAnUndisturbedRun(String config) throws Exception {
    Random random = Seed.random("chaos");
    NavigableMap<Long, Fault> schedule = new TreeMap<>();
    Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
    List<Fault> lots = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      tallies.put(fault, new Tally());
      for (int i = 0; i < fault.weight(); i++) {
        lots.add(fault);
      }
    }
    try (Parts parts = new Parts(folder, config, RATE)) {
      for (int i = 0; i < FAULTS; i++) {
        // Half of the faults strike before the monitor has recovered from the one before.
        moment(random.nextInt(3000));
        Fault fault = lots.get(random.nextInt(lots.size()));
        schedule.put(System.currentTimeMillis(), fault);
        Tally tally = tallies.get(fault);
        tally.times++;
        strike(parts, fault);
        if (random.nextBoolean()) {
          tally.longest = Math.max(tally.longest, awaitNewResult(parts));
        }
      }
      awaitNewResult(parts);
      parts.stopEmulator();
      compare(parts, schedule, tallies);
    }
    print(config, tallies);
    assertThat(
        "windows that differ", tallies.values().stream().mapToInt(t -> t.differences).sum(), is(0));
    assertThat(
        "windows", tallies.values().stream().mapToInt(t -> t.windows).sum(), is(greaterThan(0)));
  }

  private static void strike(Parts parts, Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case MONITOR_KILLED -> {
        parts.killMonitor();
        parts.startMonitor();
      }
      case MONITOR_PAUSED -> {
        parts.signalMonitor("STOP");
        moment(3000);
        parts.signalMonitor("CONT");
      }
      case EMULATOR_KILLED -> {
        parts.killEmulator();
        parts.startEmulator();
      }
      case BROKER_KILLED -> {
        parts.killBroker();
        moment(2000);
        parts.startBroker();
      }
      case MONITOR_AND_BROKER_KILLED -> {
        parts.killMonitor();
        parts.killBroker();
        parts.startBroker();
        parts.startMonitor();
      }
    }
  }

  /** The moment of a fault is drawn: no condition could tell it, so time passes. */
  private static void moment(long millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  /** Waits for a window that ends from now on; gives the seconds that took. */
  private static double awaitNewResult(Parts parts) {
    Instant from = Instant.now();
    try (TopicTail results = new TopicTail(parts.kafka(), "results")) {
      await()
          .atMost(RECOVERY)
          .ignoreExceptionsInstanceOf(org.apache.kafka.common.KafkaException.class)
          .until(
              () -> {
                parts.keepRunning();
                return results.read().stream()
                    .anyMatch(m -> !Instant.parse(new String(m.key(), UTF_8)).isBefore(from));
              });
    }
    return Duration.between(from, Instant.now()).toMillis() / 1000.0;
  }

  /** Holds every window against the reference, once all are there or time is out. */
  private static void compare(
      Parts parts, NavigableMap<Long, Fault> schedule, Map<Fault, Tally> tallies) {
    SortedMap<String, JsonNode> expected =
        ReferenceMonitor.summaries(stream(parts.kafka()), WINDOW, RunConfiguration.course());
    SortedMap<String, byte[]> last = new TreeMap<>();
    try (TopicTail results = new TopicTail(parts.kafka(), "results")) {
      Instant deadline = Instant.now().plus(RECOVERY);
      do {
        results.read().forEach(m -> last.put(new String(m.key(), UTF_8), m.value()));
      } while (Instant.now().isBefore(deadline)
          && !expected.entrySet().stream().allMatch(e -> same(e.getValue(), last.get(e.getKey()))));
    }
    last.keySet().stream()
        .filter(key -> !expected.containsKey(key))
        .forEach(key -> expected.put(key, com.fasterxml.jackson.databind.node.NullNode.instance));
    expected.forEach(
        (key, summary) -> {
          Map.Entry<Long, Fault> before = schedule.floorEntry(Instant.parse(key).toEpochMilli());
          Tally tally = tallies.get((before == null ? schedule.firstEntry() : before).getValue());
          tally.windows++;
          if (!same(summary, last.get(key))) {
            tally.differences++;
            System.err.println(
                key
                    + " "
                    + (last.get(key) == null
                        ? "not published"
                        : ReferenceMonitor.differences(summary, last.get(key))));
          }
        });
  }

  private static boolean same(JsonNode expected, byte[] message) {
    return message != null && ReferenceMonitor.differences(expected, message).isEmpty();
  }

  private static List<StreamRecord> stream(String kafka) {
    List<StreamRecord> records = new ArrayList<>();
    try (TopicTail stream = new TopicTail(kafka, "stream")) {
      for (ConsumerRecord<byte[], byte[]> record : stream.readToEnd()) {
        records.add(new StreamRecord(record.value(), false, record.timestamp()));
      }
    }
    return records;
  }

  private static void print(String config, Map<Fault, Tally> tallies) {
    System.out.printf(
        "%n%-34s %6s %8s %12s %18s%n",
        config + ": fault", "tried", "windows", "differences", "recovery at most");
    tallies.forEach(
        (fault, t) ->
            System.out.printf(
                "%-34s %6d %8d %12d %16.1f s%n",
                fault.words(), t.times, t.windows, t.differences, t.longest));
  }
}
