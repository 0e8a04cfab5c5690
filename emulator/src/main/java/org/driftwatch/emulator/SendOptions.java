package org.driftwatch.emulator;

import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.send.Partitioning;
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

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = StreamTopic.STREAM,
      description = "topic to send to, created if missing (default: ${DEFAULT-VALUE})")
  String topic;

  @Option(
      names = "--format",
      paramLabel = "json|csv|words",
      defaultValue = "json",
      description =
          "json and csv: one row per record; words: blocks of 64-bit words (default:"
              + " ${DEFAULT-VALUE})")
  Format format;

  @Option(
      names = "--block",
      paramLabel = "N",
      defaultValue = "128",
      description = "words of a full block (default: ${DEFAULT-VALUE})")
  int block;

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
    if (block < 1 || block > MOST_WORDS) {
      return Optional.of("--block " + block + ": expected 1 to " + MOST_WORDS);
    }
    if (key == Key.ORBIT && format == Format.WORDS) {
      return Optional.of(
          "--key orbit: a block of words holds many orbits; expected board, chamber");
    }
    return Checks.parses("--partitioning", this::partitioning)
        .or(() -> Checks.atLeastOne("--partitions", partitions))
        .or(() -> Checks.atLeastOne("--replication", replication));
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
  String describe() {
    return format.name().toLowerCase(Locale.ROOT)
        + (format == Format.WORDS ? " in blocks of " + block : "")
        + (key == Key.NONE ? "" : " with key " + key.name().toLowerCase(Locale.ROOT));
  }
}
