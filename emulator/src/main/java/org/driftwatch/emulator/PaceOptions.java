package org.driftwatch.emulator;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.driftwatch.emulator.pace.DetectorPace;
import org.driftwatch.emulator.pace.PaceChoice;
import org.driftwatch.emulator.pace.RateProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that set when rows are sent, and how many. */
@Command(optionListHeading = "%nPace and length:%n")
final class PaceOptions {
  /** The port at which the front door serves and looks for the rate of a running emulator. */
  static final String CONTROL_PORT = "19088";

  private static final double USUAL_RATE = 1000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "rows of the readout per second (in a replay: Kafka records), 0 for as fast as"
              + " possible (default: 1000)")
  Double rate;

  @Option(
      names = "--pace",
      paramLabel = "rate|detector[xK]|recorded[xK]",
      description =
          "rate: as set by --rate; detector: by the orbit counter, K times as fast as the"
              + " real detector (K may be below 1), with its pauses; recorded: in a replay, by"
              + " its timestamps (default: rate; in a replay recorded, unless --rate is given)")
  String pace;

  @Option(
      names = "--max-pause",
      paramLabel = "SECONDS",
      description =
          "cut pauses of --pace detector or recorded to this (default: pauses stay as they are)")
  private Double maxPause;

  @Option(
      names = "--profile",
      paramLabel = "STEP[,STEP...]",
      description =
          "vary the rate, then end: 1000:30s holds a rate, 1000-20000:10s is a ramp, 0:5s"
              + " is silence, burst:50000 sends that many rows at once; times in ms, s, m, h")
  private String profile;

  @Option(
      names = "--profile-times",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "how often to play the profile, 0 to repeat it for ever (default: ${DEFAULT-VALUE})")
  int profileTimes;

  @Option(
      names = "--control",
      paramLabel = "PORT",
      description =
          "serve the rate at http://127.0.0.1:PORT/rate, to be read and changed from this"
              + " machine while the emulator runs, 0 for any free port (default: no port; make rate"
              + " asks at "
              + CONTROL_PORT
              + ")")
  private Integer control;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description =
          "end after this time, with --to of the detector's own (default: when the source ends, or"
              + " when stopped)")
  private Double duration;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "end after this many rows (default: no limit)")
  private Long limit;

  /** What is wrong with the options' values; empty if nothing is. */
  Optional<String> fault() {
    if (rate != null && !(rate >= 0 && rate <= 1e9)) {
      return Optional.of("--rate " + rate + ": expected 0 (as fast as possible) to 1e9");
    }
    if (duration != null && !(duration > 0 && duration <= 1e9)) {
      return Optional.of("--duration " + duration + ": expected seconds, above 0");
    }
    if (maxPause != null && !(maxPause >= 0 && maxPause <= 1e9)) {
      return Optional.of("--max-pause " + maxPause + ": expected seconds, 0 or more");
    }
    if (profileTimes < 0) {
      return Optional.of("--profile-times " + profileTimes + ": expected 0 or more");
    }
    if (profile != null && (rate != null || pace != null)) {
      return Optional.of("--profile sets the rate: expected neither --rate nor --pace with it");
    }
    if (rate != null && pace != null && !pace.equals("rate")) {
      return Optional.of("--pace " + pace + " sets when records are due: expected no --rate");
    }
    return Checks.port("--control", control)
        .or(() -> Checks.parses("--profile", () -> profile == null ? "" : profile()))
        .or(() -> Checks.parses("--pace", this::pace))
        .or(() -> Checks.atLeastOne("--limit", limit));
  }

  /** The pace at the start; empty for a profile. */
  Optional<PaceChoice> pace() {
    if (profile != null) {
      return Optional.empty();
    }
    return Optional.of(
        pace == null || pace.equals("rate")
            ? new PaceChoice(PaceChoice.Kind.RATE, rate == null ? USUAL_RATE : rate)
            : PaceChoice.parse(pace));
  }

  /** The profile that the rate follows, if {@link #pace} is empty. */
  RateProfile profile() {
    return RateProfile.parse(profile);
  }

  /** The length to which pauses are cut, ns. */
  long longestPauseNs() {
    return maxPause == null ? DetectorPace.NO_LIMIT : (long) (maxPause * 1e9);
  }

  /** Port to serve the rate at; empty for none. */
  OptionalInt control() {
    return control == null ? OptionalInt.empty() : OptionalInt.of(control);
  }

  /** True if no option ends the rows. */
  boolean areEndless() {
    return limit == null && duration == null && (profile == null || profileTimes == 0);
  }

  /** Rows after which to end. */
  long limit() {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /** Time after which to end, ns. */
  long durationNs() {
    long asked = duration == null ? Long.MAX_VALUE / 2 : (long) (duration * 1e9);
    if (profile == null || profileTimes == 0) {
      return asked;
    }
    // A burst at the very end belongs to it.
    return Math.min(asked, (long) (profile().seconds() * profileTimes * 1e9) + 1);
  }

  /** The number of rows, if it is known, at this pace or by the profile. */
  OptionalLong expectedRows(Optional<PaceChoice> choice) {
    if (limit != null) {
      return OptionalLong.of(limit);
    }
    if (profile != null && profileTimes > 0 && duration == null) {
      return OptionalLong.of((long) (profile().records() * profileTimes));
    }
    return duration == null
            || choice.isEmpty()
            || choice.get().kind() != PaceChoice.Kind.RATE
            || choice.get().number() == 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) (choice.get().number() * duration));
  }

  /** This pace, or the profile, and the length in a few words. */
  String describe(Optional<PaceChoice> choice) {
    return choice.map(PaceChoice::toString).orElse("profile " + profile)
        + (duration == null ? "" : ", for " + PaceChoice.plain(duration) + " s")
        + (limit == null ? "" : ", up to " + limit + " records");
  }
}
