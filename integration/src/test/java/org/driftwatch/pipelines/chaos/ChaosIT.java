package org.driftwatch.pipelines.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

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
import java.util.TreeSet;
import org.driftwatch.detector.testing.Seed;
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
 * <p>A committed record counts in the window that it is stamped in, with two exceptions: a record
 * that a clock far behind has stamped counts nowhere, and a window that is ahead of the readout is
 * not expected before its time. A window whose records were deleted unread is whole, or marked as
 * incomplete.
 */
class ChaosIT {
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int RATE = 400;
  private static final int FAULTS = Integer.getInteger("driftwatch.faults", 2);
  private static final String SHORT = "DIRECT,SPARK_LOCAL,ONE_REPLICA";
  private static final int QUARTERS = 4;
  private static final int LONG_ONES = 20;
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
    String asked = System.getProperty("driftwatch.settings");
    return Arrays.stream((asked == null ? usual : asked).split(",", -1))
        .map(Setting::valueOf)
        .filter(setting -> asked != null || kinds().isEmpty() || canBeTried(setting))
        .toList();
  }

  private static boolean canBeTried(Setting setting) {
    return !Collections.disjoint(Fault.in(setting), kinds());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whateverFailsTheResultsAreThoseOfAnUndisturbedRun(Setting setting) throws Exception {
    Random random = Seed.random("chaos");
    NavigableMap<Long, Fault> schedule = new TreeMap<>();
    Map<Fault, Tally> tallies = new EnumMap<>(Fault.class);
    int[] moments = new int[QUARTERS];
    List<Fault> faults = drawn(setting, random);
    try (Parts parts = Parts.start(folder.resolve(setting.name()), setting, RATE, WINDOW)) {
      // What is too late is known once there is a result.
      awaitNewResult(parts);
      for (Fault fault : faults) {
        // Half of the faults strike before the monitor has recovered from the one before.
        Fault.pass(Duration.ofMillis(random.nextInt(3000)));
        if (fault == Fault.TOPICS_CREATED_ANEW) {
          // What they hold is not there later.
          awaitNewResult(parts);
          parts.stopEmulator();
          compare(parts, schedule, tallies);
          parts.startEmulator();
          Fault.pass(WINDOW.multipliedBy(2));
        }
        long now = System.currentTimeMillis();
        schedule.put(now, fault);
        moments[(int) (now % WINDOW.toMillis() * QUARTERS / WINDOW.toMillis())]++;
        System.out.printf(
            "chaos, %s: %d of %d, %s%n",
            setting.words(), schedule.size(), faults.size(), fault.words());
        Tally tally = tallies.computeIfAbsent(fault, f -> new Tally());
        tally.times++;
        fault.strike(parts);
        if (random.nextBoolean() || fault == Fault.TOPICS_CREATED_ANEW) {
          tally.longest = Math.max(tally.longest, awaitNewResult(parts));
        }
      }
      awaitNewResult(parts);
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
    Set<Fault> kinds = kinds();
    List<Fault> lots = new ArrayList<>();
    for (Fault fault : Fault.in(setting)) {
      if (!kinds.isEmpty() && !kinds.contains(fault)) {
        continue;
      }
      if (fault.weight() + kinds.size() > 0 && fault.isPossible()) {
        lots.addAll(Collections.nCopies(kinds.isEmpty() ? fault.weight() : 1, fault));
      }
    }
    assertThat("faults that can be tried on " + setting.words(), lots, is(not(empty())));
    int wanted = setting == Setting.ONE_REPLICA ? Math.max(1, FAULTS / LONG_ONES) : FAULTS;
    List<Fault> drawn = new ArrayList<>();
    while (drawn.size() < wanted) {
      Collections.shuffle(lots, random);
      drawn.addAll(lots);
    }
    drawn.subList(wanted, drawn.size()).clear();
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

  /** Waits for a window that begins from now on; gives the seconds that took. */
  private static double awaitNewResult(Parts parts) {
    return parts.awaitResult(Instant.now().plus(WINDOW));
  }

  /** Holds every window against the reference, once all are there or time is out. */
  private static void compare(
      Parts parts, NavigableMap<Long, Fault> schedule, Map<Fault, Tally> tallies)
      throws IOException {
    parts.archive().take(parts.kafka());
    Archive.Windows windows = parts.archive().windows();
    SortedMap<String, byte[]> last = new TreeMap<>();
    windows.due().forEach(key -> last.put(key, new byte[0]));
    try (TopicTail results = new TopicTail(parts.kafka(), "results")) {
      results.readToEnd().forEach(m -> last.put(new String(m.key(), UTF_8), m.value()));
      Set<String> open = new TreeSet<>(windows.due());
      Instant deadline = Instant.now().plus(RECOVERY);
      while (true) {
        open.removeIf(key -> windows.faults(key, last.get(key)).isEmpty());
        if (open.isEmpty() || Instant.now().isAfter(deadline)) {
          break;
        }
        parts.keepMonitorRunning();
        results.more().forEach(m -> last.put(new String(m.key(), UTF_8), m.value()));
      }
    }
    last.keySet().removeIf(windows::isOfFormerTopics);
    last.forEach(
        (key, message) -> {
          Map.Entry<Long, Fault> before = schedule.floorEntry(Instant.parse(key).toEpochMilli());
          Fault fault =
              before != null
                  ? before.getValue()
                  : schedule.isEmpty()
                      ? Fault.TOPICS_CREATED_ANEW
                      : schedule.firstEntry().getValue();
          Tally tally = tallies.computeIfAbsent(fault, f -> new Tally());
          tally.windows++;
          List<String> faults = windows.faults(key, message);
          if (!faults.isEmpty()) {
            tally.differences++;
            System.err.println(key + " " + faults);
          }
        });
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
