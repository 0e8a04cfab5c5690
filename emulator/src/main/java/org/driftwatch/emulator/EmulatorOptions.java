package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.faults.FaultInjection;
import org.driftwatch.emulator.faults.Injection;
import org.driftwatch.emulator.pace.DetectorPace;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.pace.PaceChoice;
import org.driftwatch.emulator.pace.ProfilePace;
import org.driftwatch.emulator.pace.RateProfile;
import org.driftwatch.emulator.send.BlockEncoder;
import org.driftwatch.emulator.send.KafkaConnection;
import org.driftwatch.emulator.send.KeyRule;
import org.driftwatch.emulator.send.KeyedBlocks;
import org.driftwatch.emulator.send.Partitioning;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.TargetTopic;
import org.driftwatch.emulator.send.TextEncoder;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.UnreadableRows;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The emulator's options, and the parts that they choose. */
final class EmulatorOptions {
  private enum Format {
    JSON,
    CSV,
    WORDS
  }

  private enum Key {
    NONE,
    BOARD,
    CHAMBER,
    ORBIT
  }

  /** Where the front door serves and looks for the rate of a running emulator. */
  static final String CONTROL_PORT = "19088";

  private static final double USUAL_RATE = 1000;
  private static final int MOST_WORDS = 1 << 20;

  @Mixin private KafkaOptions kafka;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = StreamTopic.STREAM,
      description = "topic to send to, made where missing (default: ${DEFAULT-VALUE})")
  private String topic;

  @Mixin private SourceOptions sources;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "seed of the simulator and of --inject: the same seed, the same rows"
              + " (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "rows of the readout per second (of a replay: Kafka records), 0 for as fast as possible"
              + " (default: 1000)")
  private Double rate;

  @Option(
      names = "--pace",
      paramLabel = "rate|detector[xK]|recorded[xK]",
      description =
          "rate: as --rate says; detector: by the orbit counter, K times as fast as the real"
              + " detector, K from a fraction up, with its pauses; recorded: of a replay, by its"
              + " timestamps (default: rate; of a replay: recorded, unless there is a --rate)")
  private String pace;

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
          "let the rate go up and down, then end: 1000:30s holds a rate, 1000-20000:10s is a ramp,"
              + " 0:5s is silence, burst:50000 sends that many rows at once; times in ms, s, m, h")
  private String profile;

  @Option(
      names = "--profile-times",
      paramLabel = "N",
      defaultValue = "1",
      description = "play the profile so often, 0 for again and again (default: ${DEFAULT-VALUE})")
  private int profileTimes;

  @Option(
      names = "--control",
      paramLabel = "PORT",
      description =
          "let programs of this machine read and change the rate while it runs, over HTTP at"
              + " http://127.0.0.1:PORT/rate, 0 for any free port (default: no port; make rate asks"
              + " at "
              + CONTROL_PORT
              + ")")
  private Integer control;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "show metrics to Prometheus at http://127.0.0.1:PORT/metrics, 0 for any free port"
              + " (default: no port, JMX only)")
  private Integer metricsPort;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "end after this time (default: when the source ends, or when stopped)")
  private Double duration;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "end after this many rows (default: no limit)")
  private Long limit;

  @Option(
      names = "--format",
      paramLabel = "json|csv|words",
      defaultValue = "json",
      description =
          "json and csv: a row a record; words: blocks of 64-bit words (default: ${DEFAULT-VALUE})")
  private Format format;

  @Option(
      names = "--block",
      paramLabel = "N",
      defaultValue = "128",
      description = "words of a full block (default: ${DEFAULT-VALUE})")
  private int block;

  @Option(
      names = "--key",
      paramLabel = "none|board|chamber|orbit",
      defaultValue = "none",
      description =
          "key of each record, a number as text; words: a block holds rows of one key, and orbit is"
              + " not possible (default: ${DEFAULT-VALUE})")
  private Key key;

  @Option(
      names = "--partitioning",
      paramLabel = "auto|round-robin|N",
      defaultValue = "auto",
      description =
          "auto: by the hash of the key, without a key a batch here, a batch there, of a replay as"
              + " recorded; round-robin: a record each in turn; N: all to partition N"
              + " (default: ${DEFAULT-VALUE})")
  private String partitioning;

  @Option(
      names = "--inject",
      paramLabel = "KIND=AMOUNT[@SIZE][,...]",
      description =
          "inject faults: a given number (whole, anywhere in the stream) or with a probability"
              + " per row (with a decimal point). Kinds: malformed (any of the ways) or"
              + " malformed-WAY, duplicate, late@30s, clock-step@-5s (for 10 s), silence@10s,"
              + " burst@1000 (rows at once), epoch-reset, orbit-flood@10000 (hits, each of an orbit"
              + " of its own); sizes as given here where none is. Ways: empty, blank, fields,"
              + " missing, fraction, range, no-number, json-number, trailing, truncated,"
              + " open-string, control, escape, unicode, nesting, token, word. May come again")
  private List<String> injections = new ArrayList<>();

  @Option(
      names = "--inject-log",
      paramLabel = "FILE",
      description =
          "write a line of JSON for each: kind, row of the source, timestamp, partition and offset")
  private Path injectionLog;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description =
          "write all that is sent and acknowledged to a new file, for --replay; gzipped where the"
              + " name ends in .gz")
  private Path recording;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "send a recording again, bit for bit, with its timestamps, instead of a source")
  private Path replay;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "partitions to make a missing topic with (default: 1)")
  private Integer partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "replicas to make a missing topic with (default: 1)")
  private Short replication;

  @Option(
      names = "--run-config",
      paramLabel = "FILE",
      description = "run configuration the simulator follows (default: the course's)")
  private Path runConfig;

  @Option(names = "--quiet", description = "print failures and the summary only")
  private boolean quiet;

  /** What is wrong with the options' values; empty where nothing is. */
  Optional<String> fault() {
    if (rate != null && !(rate >= 0 && rate <= 1e9)) {
      return Optional.of("--rate " + rate + ": expected 0 (as fast as possible) to 1e9");
    }
    if (duration != null && !(duration > 0 && duration <= 1e9)) {
      return Optional.of("--duration " + duration + ": expected seconds, above 0");
    }
    if (block < 1 || block > MOST_WORDS) {
      return Optional.of("--block " + block + ": expected 1 to " + MOST_WORDS);
    }
    if (key == Key.ORBIT && format == Format.WORDS) {
      return Optional.of(
          "--key orbit: a block of words holds many orbits; expected board, chamber");
    }
    return sources
        .fault()
        .or(this::paceFault)
        .or(this::replayFault)
        .or(this::injectionMistake)
        .or(() -> understood("--partitioning", () -> Partitioning.parse(partitioning)))
        .or(() -> belowOne("--limit", limit))
        .or(() -> belowOne("--partitions", partitions))
        .or(() -> belowOne("--replication", replication));
  }

  private Optional<String> paceFault() {
    if (maxPause != null && !(maxPause >= 0 && maxPause <= 1e9)) {
      return Optional.of("--max-pause " + maxPause + ": expected seconds, 0 or more");
    }
    if (control != null && (control < 0 || control > 65535)) {
      return Optional.of("--control " + control + ": expected a port, 0 to 65535");
    }
    if (metricsPort != null && (metricsPort < 0 || metricsPort > 65535)) {
      return Optional.of("--metrics-port " + metricsPort + ": expected a port, 0 to 65535");
    }
    if (profileTimes < 0) {
      return Optional.of("--profile-times " + profileTimes + ": expected 0 or more");
    }
    if (profile != null && (rate != null || pace != null)) {
      return Optional.of("--profile sets the rate: expected neither --rate nor --pace beside it");
    }
    if (rate != null && pace != null && !pace.equals("rate")) {
      return Optional.of("--pace " + pace + " sets when records are due: expected no --rate");
    }
    return understood("--profile", () -> profile == null ? "" : RateProfile.parse(profile))
        .or(() -> understood("--pace", () -> choice(pace == null ? "rate" : pace)));
  }

  private Optional<String> replayFault() {
    if (replay == null) {
      return pace != null && pace.startsWith("recorded")
          ? Optional.of("--pace " + pace + ": only a recording has it (--replay FILE)")
          : Optional.empty();
    }
    if (sources.areGiven() || !injections.isEmpty()) {
      return Optional.of("--replay sends a recording as it is: expected no --source or --inject");
    }
    return pace != null && pace.startsWith("detector")
        ? Optional.of("--pace " + pace + ": a recording has its own; expected recorded[xK]")
        : Optional.empty();
  }

  private Optional<String> injectionMistake() {
    for (String text : injections) {
      Optional<String> fault = understood("--inject", () -> Injection.parse(text));
      if (fault.isPresent()) {
        return fault;
      }
    }
    if (isAsFastAsPossible() && injections.stream().anyMatch(EmulatorOptions::hasBurst)) {
      return Optional.of(
          "--inject burst: with --rate 0 all rows come at once by themselves; expected a --rate"
              + " above 0, --pace detector or --profile");
    }
    return injectionLog != null && injections.isEmpty()
        ? Optional.of("--inject-log " + injectionLog + " needs --inject: there is nothing to log")
        : Optional.empty();
  }

  private boolean isAsFastAsPossible() {
    return pace().map(PaceChoice::isAsFastAsPossible).orElse(false);
  }

  private static boolean hasBurst(String text) {
    return Injection.parse(text).stream().anyMatch(one -> one.kind() == Injection.Kind.BURST);
  }

  /** What is wrong with an option's text, said by what reads it. */
  private static Optional<String> understood(String option, Supplier<Object> reader) {
    try {
      Object unused = reader.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(option + " " + e.getMessage());
    }
  }

  private static Optional<String> belowOne(String option, Number value) {
    return value != null && value.longValue() < 1
        ? Optional.of(option + " " + value + ": expected 1 or more")
        : Optional.empty();
  }

  /** How to reach Kafka. */
  KafkaConnection connection() throws IOException {
    return kafka.connection();
  }

  /** Name of the topic to send to. */
  String topic() {
    return topic;
  }

  /** The topic to send to. */
  TargetTopic target() {
    return new TargetTopic(
        topic, Optional.ofNullable(partitions), Optional.ofNullable(replication));
  }

  /** Where the rows come from. */
  RecordSource source(UnreadableRows unreadable, Consumer<String> lines) throws IOException {
    if (sources.areGiven()) {
      return sources.open(unreadable, lines);
    }
    return new Simulator(run(), seed);
  }

  /** The pace at the start; empty for a profile. */
  Optional<PaceChoice> pace() {
    return profile == null ? Optional.of(choice(paceText())) : Optional.empty();
  }

  private String paceText() {
    boolean recorded = replay != null && rate == null && pace == null;
    return recorded ? "recorded" : pace == null ? "rate" : pace;
  }

  private PaceChoice choice(String text) {
    return text.equals("rate")
        ? new PaceChoice(PaceChoice.Kind.RATE, rate == null ? USUAL_RATE : rate)
        : PaceChoice.parse(text);
  }

  /** The profile that the rate follows at the start. */
  Pace profile() {
    return new ProfilePace(RateProfile.parse(profile), profileTimes);
  }

  /** What pauses are cut to, ns. */
  long longestPauseNs() {
    return maxPause == null ? DetectorPace.NO_LIMIT : (long) (maxPause * 1e9);
  }

  /** Port to serve the rate at; empty for none. */
  OptionalInt control() {
    return control == null ? OptionalInt.empty() : OptionalInt.of(control);
  }

  /** Port to show the metrics at; empty for none. */
  OptionalInt metricsPort() {
    return metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
  }

  /** How records are spread over partitions. */
  Partitioning partitioning() {
    return Partitioning.parse(partitioning);
  }

  /** What is to be done to the stream; empty for nothing. */
  Optional<FaultInjection> faults() throws IOException {
    if (injections.isEmpty()) {
      return Optional.empty();
    }
    List<Injection> all = new ArrayList<>();
    injections.forEach(text -> all.addAll(Injection.parse(text)));
    return Optional.of(new FaultInjection(all, seed, expectedRows().orElse(0), injectionLog));
  }

  /** Where what is sent is recorded; empty for nowhere. */
  Optional<Path> recording() {
    return Optional.ofNullable(recording);
  }

  /** The recording to send again; empty for none. */
  Optional<Path> replay() {
    return Optional.ofNullable(replay);
  }

  /** What records the rows become. */
  RowEncoder encoder(RecordSender sender) throws IOException {
    KeyRule keys =
        switch (key) {
          case NONE -> KeyRule.none();
          case BOARD -> KeyRule.board();
          case CHAMBER -> KeyRule.chamber(run());
          case ORBIT -> KeyRule.orbit();
        };
    return switch (format) {
      case JSON -> TextEncoder.json(sender, keys);
      case CSV -> TextEncoder.csv(sender, keys);
      case WORDS ->
          key == Key.NONE ? new BlockEncoder(sender, block) : new KeyedBlocks(sender, keys, block);
    };
  }

  private RunConfiguration run() throws IOException {
    return runConfig == null ? RunConfiguration.course() : RunConfiguration.load(runConfig);
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
    return Math.min(asked, (long) (RateProfile.parse(profile).seconds() * profileTimes * 1e9) + 1);
  }

  /** How many rows there will be, where that can be told. */
  OptionalLong expectedRows() {
    if (limit != null) {
      return OptionalLong.of(limit);
    }
    if (profile != null && profileTimes > 0 && duration == null) {
      return OptionalLong.of((long) (RateProfile.parse(profile).records() * profileTimes));
    }
    PaceChoice choice = pace().orElse(null);
    return duration == null
            || choice == null
            || choice.kind() != PaceChoice.Kind.RATE
            || choice.number() == 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) (choice.number() * duration));
  }

  /** True where progress is not to be shown. */
  boolean quiet() {
    return quiet;
  }

  /** The settings in effect, in one line. */
  String describe(KafkaConnection connection) {
    String played =
        replay != null
            ? "recording " + replay
            : sources.areGiven() ? sources.describe() : "simulator with seed " + seed;
    String paced =
        profile != null ? "profile " + profile : pace().map(PaceChoice::toString).orElse("");
    String made =
        replay != null
            ? "as recorded"
            : format.name().toLowerCase(Locale.ROOT)
                + (format == Format.WORDS ? " in blocks of " + block : "")
                + (key == Key.NONE ? "" : " with key " + key.name().toLowerCase(Locale.ROOT));
    return played
        + " -> topic "
        + topic
        + " at "
        + connection.servers()
        + ", "
        + made
        + ", "
        + paced
        + (duration == null ? "" : ", for " + PaceChoice.plain(duration) + " s")
        + (limit == null ? "" : ", up to " + limit + " records")
        + (injections.isEmpty() ? "" : ", with " + String.join(",", injections))
        + (recording == null ? "" : ", recorded to " + recording);
  }
}
