package org.driftwatch.emulator;

import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.send.Partitioning;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.TargetTopic;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say what Kafka records the rows become, and which topic takes them. */
@Command(optionListHeading = "%nTopic and records:%n")
final class SendOptions {
  /** How rows are written. */
  enum Format {
    JSON,
    CSV,
    WORDS
  }

  /** What the key of a record is taken from. */
  enum Key {
    NONE,
    BOARD,
    CHAMBER,
    ORBIT
  }

  private static final int MOST_WORDS = 1 << 20;
  private static final int USUAL_BLOCK = 128;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = StreamTopic.STREAM,
      description = "topic to send to, created if missing (default: ${DEFAULT-VALUE})")
  String topic;

  @Option(
      names = "--format",
      paramLabel = "json|csv|words",
      description =
          "json and csv: one row per record; words: blocks of 64-bit words (default: words where"
              + " the detector description says that values are words, else json)")
  private Format format;

  @Option(
      names = "--block",
      paramLabel = "N",
      description =
          "words of a full block (default: as the detector description says, else "
              + USUAL_BLOCK
              + ")")
  private Integer block;

  @Option(
      names = "--run",
      paramLabel = "N[,N@TIME...]",
      description =
          "number of the run, where the detector's records carry one and the source does not say"
              + " it; 591,592@30s: run 592 begins after 30 s (default: 1)")
  private String run;

  @Option(
      names = "--key",
      paramLabel = "none|board|chamber|orbit",
      defaultValue = "none",
      description =
          "key of each record, a number as text; words: a block holds rows of one key, and"
              + " orbit is not possible (default: ${DEFAULT-VALUE})")
  Key key;

  @Option(
      names = "--partitioning",
      paramLabel = "auto|round-robin|N",
      defaultValue = "auto",
      description =
          "auto: by the hash of the key; without a key, batch by batch to varying"
              + " partitions; in a replay, as recorded. round-robin: each record to the next"
              + " partition. N: all to partition N (default: ${DEFAULT-VALUE})")
  private String partitioning;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "partitions of the topic if it is created (default: 1)")
  private Integer partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "replicas of the topic if it is created (default: 1)")
  private Short replication;

  /** What is wrong with the options' values; empty if nothing is. */
  Optional<String> fault() {
    if (block != null && (block < 1 || block > MOST_WORDS)) {
      return Optional.of("--block " + block + ": expected 1 to " + MOST_WORDS);
    }
    return Checks.parses("--partitioning", this::partitioning)
        .or(() -> Checks.parses("--run", this::runs))
        .or(() -> Checks.atLeastOne("--partitions", partitions))
        .or(() -> Checks.atLeastOne("--replication", replication));
  }

  /** What does not go with a detector's records; empty if all does. */
  Optional<String> fault(DetectorDescription detector) {
    String name = "the detector description \"" + detector.name() + "\" ";
    Format chosen = format(detector);
    if (chosen == Format.WORDS && !detector.format().hasWords()) {
      return Optional.of(
          "--format words: " + name + "has no bit fields (lowestBit); expected json, csv");
    }
    if (chosen != Format.WORDS && detector.format().valuesAreWords()) {
      return Optional.of("--format " + named(chosen) + ": " + name + "says that values are words");
    }
    if (key == Key.ORBIT && chosen == Format.WORDS) {
      return Optional.of(
          "--key orbit: a block of words holds many orbits; expected board, chamber");
    }
    if (run == null) {
      return Optional.empty();
    }
    int bits = detector.format().runBits();
    if (bits == 0) {
      return Optional.of("--run " + run + ": " + name + "has no place for run numbers");
    }
    return runs().largest() >>> bits > 0
        ? Optional.of("--run " + run + ": " + name + "has " + bits + " bits for run numbers")
        : Optional.empty();
  }

  /** How rows are written. */
  Format format(DetectorDescription detector) {
    return format != null
        ? format
        : detector.format().valuesAreWords() ? Format.WORDS : Format.JSON;
  }

  /** Words of a full block. */
  int block(DetectorDescription detector) {
    int described = detector.format().blockWords();
    return block != null ? block : described > 0 ? described : USUAL_BLOCK;
  }

  /** The runs that records are of. */
  RunNumbers runs() {
    return RunNumbers.parse(run == null ? "1" : run);
  }

  /** The topic to send to. */
  TargetTopic target() {
    return new TargetTopic(
        topic, Optional.ofNullable(partitions), Optional.ofNullable(replication));
  }

  /** How records are spread over partitions. */
  Partitioning partitioning() {
    return Partitioning.parse(partitioning);
  }

  /** The records in a few words. */
  String describe(DetectorDescription detector) {
    return named(format(detector))
        + (format(detector) == Format.WORDS ? " in blocks of " + block(detector) : "")
        + (key == Key.NONE ? "" : " with key " + named(key))
        + (detector.format().hasRuns() ? " of run " + (run == null ? "1" : run) : "");
  }

  private static String named(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
