package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.benchmarks.process.Contestant;

/**
 * The highest rate at which the results do not fall behind, and the latency at the rate that is
 * asked for: the emulator sends at one rate after the other, the monitor runs all the while.
 */
final class LiveSection {
  /** Quantities, as the tables name them. */
  static final String HELD = "highest rate held, records/s";

  private static final String BEYOND_EMULATOR = "rate that the emulator did not reach, records/s";

  /** How long each rate is tried while the highest is looked for. */
  private static final Duration TRIAL = Duration.ofSeconds(8);

  private static final int FINEST_STEPS = 2;
  private static final double STEP_DOWN = 1.2;
  private static final double MOST = 20_000_000;

  private LiveSection() {}

  /**
   * A way of sending, with the rate that it has to hold.
   *
   * @param format as the emulator calls it
   * @param rate records per second at which latency is measured
   */
  private record Load(String format, double rate) {}

  static final double JSON_RATE = 10_000;
  private static final Load JSON = new Load("json", JSON_RATE);
  private static final Load WORDS = new Load("words", 300_000);

  /** What a table calls the latency of all windows at this rate. */
  static String latencyAt(double rate) {
    return String.format(Locale.ROOT, "window's end to result at %,.0f records/s, s", rate);
  }

  /** What a table calls a contestant under a load. */
  static String subject(Contestant contestant, boolean words) {
    return contestant.title() + (words ? ", word blocks" : ", JSON");
  }

  static void run(Bench bench) throws IOException, InterruptedException {
    for (Contestant contestant : bench.wanted(WordsSection.OURS)) {
      for (Load load : List.of(JSON, WORDS)) {
        try (LiveRun run = LiveRun.start(bench, contestant, load.format())) {
          measure(bench, run, subject(contestant, load.equals(WORDS)), load.rate());
        }
      }
    }
  }

  private static void measure(Bench bench, LiveRun run, String subject, double target)
      throws IOException, InterruptedException {
    String section = Section.LIVE.title();
    run.hold(target, TRIAL);
    LiveRun.Stretch asked = run.hold(target, stretch(bench));
    say(bench, subject, target, asked);
    asked.latencies().forEach(s -> bench.out().add(section, subject, latencyAt(target), s));
    bench.out().add(section, subject, latencyAt(target) + ", 99 %", asked.latency(0.99));
    Optional<Double> highest = highest(bench, run, subject, target, asked.isHeld());
    if (highest.isPresent()) {
      held(bench, run, subject, highest.get())
          .ifPresent(held -> bench.out().add(section, subject, HELD, held));
    }
  }

  private static Duration stretch(Bench bench) {
    return Duration.ofSeconds(bench.scale().stretch());
  }

  /** The highest rate, from that of the trials down, that is held for as long as is asked for. */
  private static Optional<Double> held(Bench bench, LiveRun run, String subject, double highest)
      throws IOException, InterruptedException {
    for (double rate = highest; rate >= highest / 2; rate /= STEP_DOWN) {
      run.awaitRest();
      LiveRun.Stretch tried = run.hold(rate, stretch(bench));
      say(bench, subject, rate, tried);
      if (tried.isHeld()) {
        return Optional.of(rate);
      }
    }
    return Optional.empty();
  }

  /** Doubles or halves until the answer changes, then looks closer in between. */
  private static Optional<Double> highest(
      Bench bench, LiveRun run, String subject, double target, boolean targetHeld)
      throws IOException, InterruptedException {
    double held = targetHeld ? target : 0;
    double missed = targetHeld ? Double.POSITIVE_INFINITY : target;
    int closer = 0;
    while (closer < FINEST_STEPS) {
      double rate;
      if (missed == Double.POSITIVE_INFINITY) {
        rate = held * 2;
      } else if (held == 0) {
        rate = missed / 2;
      } else {
        rate = Math.sqrt(held * missed);
        closer++;
      }
      if (rate > MOST || rate < 100) {
        break;
      }
      LiveRun.Stretch tried = run.hold(rate, TRIAL);
      say(bench, subject, rate, tried);
      if (tried.isHeld()) {
        held = rate;
      } else {
        missed = rate;
        if (tried.emulatorFellBehind()) {
          bench.say("the emulator did not hold this rate: the monitor may hold more");
          bench.out().add(Section.LIVE.title(), subject, BEYOND_EMULATOR, rate);
          break;
        }
        run.awaitRest();
      }
    }
    return held == 0 ? Optional.empty() : Optional.of(held);
  }

  private static void say(Bench bench, String subject, double rate, LiveRun.Stretch stretch) {
    bench.say(
        String.format(
            Locale.ROOT,
            "%-45s %,12.0f records/s %s for %d s, latency %.2f s, 99 %% %.2f s",
            subject,
            rate,
            stretch.isHeld() ? "held" : "not held",
            stretch.latencies().size() + stretch.missing(),
            stretch.latency(0.5),
            stretch.latency(0.99)));
  }
}
