package org.driftwatch.viewer.model;

/**
 * A message on the results topic that is no window summary this program reads.
 *
 * @param topic where it lies
 * @param partition its partition
 * @param offset its offset
 * @param reason what is wrong and what was expected
 */
public record MalformedMessage(String topic, int partition, long offset, String reason) {
  /** True if it lies in the same partition as another, further on. */
  boolean isBehind(MalformedMessage other) {
    return partition == other.partition && offset > other.offset;
  }

  /** Place and reason in one line. */
  public String line() {
    return "topic " + topic + " partition " + partition + " offset " + offset + ": " + reason;
  }
}
