package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.TopicTail;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults at moments drawn from a seed, then every window on {@code results} held against a
 * recomputation from {@code stream}. {@code -Ddriftwatch.faults=100} for a long run, in every
 * setting; {@code -Ddriftwatch.settings=DIRECT} and {@code -Ddriftwatch.kinds=BROKER_AWAY} for some
 * settings and some kinds of faults only, several with commas.
 *
 * <p>A record counts in its window. Two kinds do not, and no window may have them: those that a
 * clock far behind has stamped, too late for any window; and those stamped later than all of the
 * readout, whose windows have not come yet.
 */
class ChaosIT {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int RATE = 400;
  private static final int FAULTS = Integer.getInteger("driftwatch.faults", 4);
  private static final String SHORT = "DIRECT,SPARK_LOCAL";
  private static final int QUARTERS = 4;
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  /** What came of the faults of one kind. */
  private static final class Tally {
    private int times;
    private int windows;
    private int differences;
    private double longest;
  }

  /**
   * Where faults are tried: on the runners as they are without a cluster, in a long run anywhere.
   */
  static List<Setting> settings() {
    String all = Arrays.stream(Setting.values()).map(Enum::name).collect(joining(","));
    String usual = System.getProperty("driftwatch.faults") == null ? SHORT : all;
    return Arrays.stream(System.getProperty("driftwatch.settings", usual).split(",", -1))
        .map(Setting::valueOf)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whateverFailsTheResultsAreThoseOfAnUndisturbedRun(Setting setting) throws Exception {
    Random random = Seed.random("chaos");
    NavigableMap<Long, Fault> schedule = new TreeMap<>();
    Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
    int[] moments = new int[QUARTERS];
    List<Fault> faults = drawn(setting, random);
    try (Parts parts = new Parts(folder.resolve(setting.name()), setting, RATE)) {
      for (Fault fault : faults) {
        // Half of the faults strike before the monitor has recovered from the one before.
        Fault.pass(Duration.ofMillis(random.nextInt(3000)));
        long now = System.currentTimeMillis();
        schedule.put(now, fault);
        moments[(int) (now % WINDOW.toMillis() * QUARTERS / WINDOW.toMillis())]++;
        System.out.printf(
            "chaos, %s: %d of %d, %s%n",
            setting.words(), schedule.size(), faults.size(), fault.words());
        Tally tally = tallies.computeIfAbsent(fault, f -> new Tally());
        tally.times++;
        fault.strike(parts);
        if (random.nextBoolean()) {
          tally.longest = Math.max(tally.longest, awaitNewResult(parts, schedule));
        }
      }
      awaitNewResult(parts, schedule);
      parts.stopEmulator();
      compare(parts, schedule, tallies);
    }
    print(setting, tallies, moments);
    assertThat(
        "windows that differ", tallies.values().stream().mapToInt(t -> t.differences).sum(), is(0));
    assertThat(
        "windows", tallies.values().stream().mapToInt(t -> t.windows).sum(), is(greaterThan(0)));
  }

  /** Drawn without putting back, by their weights, and all again: none is forgotten for long. */
  private static List<Fault> drawn(Setting setting, Random random)
      throws IOException, InterruptedException {
    boolean diskCanBeFull = SmallDisk.isPossible();
    if (!diskCanBeFull) {
      System.out.println("chaos: a full disk is not tried, this user may not mount one");
    }
    Set<Fault> kinds = kinds();
    List<Fault> lots = new ArrayList<>();
    for (Fault fault : Fault.in(setting)) {
      if (fault == Fault.BROKER_DISK_FULL && !diskCanBeFull) {
        continue;
      }
      if (kinds.isEmpty()) {
        lots.addAll(Collections.nCopies(fault.weight(), fault));
      } else if (kinds.contains(fault)) {
        lots.add(fault);
      }
    }
    assertThat("faults that can be tried on " + setting.words(), lots, is(not(empty())));
    List<Fault> drawn = new ArrayList<>();
    while (drawn.size() < FAULTS) {
      Collections.shuffle(lots, random);
      drawn.addAll(lots);
    }
    drawn.subList(FAULTS, drawn.size()).clear();
    if (setting == Setting.THREE_BROKERS) {
      drawn.add(FAULTS / 2, Fault.BROKER_LOST);
    }
    return drawn;
  }

  /** The kinds that are asked for; none for all. */
  private static Set<Fault> kinds() {
    String names = System.getProperty("driftwatch.kinds", "");
    try {
      return names.isEmpty()
          ? Set.of()
          : Arrays.stream(names.split(",", -1)).map(Fault::valueOf).collect(toSet());
    } catch (IllegalArgumentException e) {
      throw new AssertionError(
          "-Ddriftwatch.kinds=" + names + ", expected some of " + Arrays.toString(Fault.values()),
          e);
    }
  }

  /** Waits for a window that ends from now on; gives the seconds that took. */
  private static double awaitNewResult(Parts parts, NavigableMap<Long, Fault> schedule) {
    Instant from = Instant.now();
    try (TopicTail results = TopicTail.fromNow(parts.kafka(), "results")) {
      await("a window that ends from now on, after " + schedule.values())
          .atMost(RECOVERY)
          .ignoreExceptionsInstanceOf(org.apache.kafka.common.KafkaException.class)
          .until(
              () -> {
                parts.emulatorRuns();
                parts.keepMonitorRunning();
                return results.more().stream()
                    .anyMatch(m -> !Instant.parse(new String(m.key(), UTF_8)).isBefore(from));
              });
    }
    return Duration.between(from, Instant.now()).toMillis() / 1000.0;
  }

  /** Holds every window against the reference, once all are there or time is out. */
  private static void compare(
      Parts parts, NavigableMap<Long, Fault> schedule, Map<Fault, Tally> tallies)
      throws IOException {
    SortedMap<String, JsonNode> expected = expected(parts.kafka());
    SortedMap<String, byte[]> last = new TreeMap<>();
    try (TopicTail results = new TopicTail(parts.kafka(), "results")) {
      SortedMap<String, JsonNode> open = new TreeMap<>(expected);
      results.readToEnd().forEach(m -> last.put(new String(m.key(), UTF_8), m.value()));
      Instant deadline = Instant.now().plus(RECOVERY);
      while (true) {
        open.entrySet().removeIf(e -> same(e.getValue(), last.get(e.getKey())));
        if (open.isEmpty() || Instant.now().isAfter(deadline)) {
          break;
        }
        parts.keepMonitorRunning();
        results.more().forEach(m -> last.put(new String(m.key(), UTF_8), m.value()));
      }
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

  private static SortedMap<String, JsonNode> expected(String kafka) {
    List<StreamRecord> records = new ArrayList<>();
    long end = 0;
    try (TopicTail stream = new TopicTail(kafka, "stream")) {
      for (ConsumerRecord<byte[], byte[]> record : stream.readToEnd()) {
        boolean words = record.headers().lastHeader("format") != null;
        if (record.headers().lastHeader(Parts.TOO_LATE) == null) {
          records.add(new StreamRecord(record.value(), words, record.timestamp()));
        }
        if (record.timestamp() <= System.currentTimeMillis()) {
          end = Math.max(end, record.timestamp());
        }
      }
    }
    return new TreeMap<>(
        ReferenceMonitor.summaries(records, WINDOW, RunConfiguration.course())
            .headMap(ReferenceMonitor.iso(end + 1)));
  }

  private static void print(Setting setting, Map<Fault, Tally> tallies, int[] moments) {
    System.out.printf(
        "%n%-36s %6s %8s %12s %18s%n",
        setting.words() + ": fault", "tried", "windows", "differences", "recovery at most");
    tallies.forEach(
        (fault, t) ->
            System.out.printf(
                "%-36s %6d %8d %12d %16.1f s%n",
                fault.words(), t.times, t.windows, t.differences, t.longest));
    System.out.printf(
        "struck in the four quarters of a window: %s times%n",
        Arrays.stream(moments).mapToObj(Integer::toString).collect(joining(", ")));
  }
}
