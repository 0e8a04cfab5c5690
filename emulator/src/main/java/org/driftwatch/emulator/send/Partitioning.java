package org.driftwatch.emulator.send;

/**
 * How records are spread over the partitions of their topic.
 *
 * @param kind by which rule
 * @param partition the partition that all go to, for {@link Kind#ONE}
 */
public record Partitioning(Kind kind, int partition) {
  /** By which rule. */
  public enum Kind {
    /** Kafka's own: by the hash of the key; without a key a batch here, a batch there. */
    AUTO,
    /** One record each in turn, whatever its key. */
    ROUND_ROBIN,
    /** All to one partition. */
    ONE
  }

  /** Kafka's own. */
  public static final Partitioning AUTO = new Partitioning(Kind.AUTO, 0);

  /**
   * Reads {@code auto}, {@code round-robin} or a partition's number.
   *
   * @throws IllegalArgumentException if it is none of these, with one line that says so
   */
  public static Partitioning parse(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    if (text.equals("round-robin")) {
      return new Partitioning(Kind.ROUND_ROBIN, 0);
    }
    if (text.matches("\\d{1,9}")) {
      return new Partitioning(Kind.ONE, Integer.parseInt(text));
    }
    throw new IllegalArgumentException(
        "\"" + text + "\": expected auto, round-robin or the number of a partition");
  }
}
