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
  /** Place and reason in one line. */
  public String line() {
    return "topic " + topic + " partition " + partition + " offset " + offset + ": " + reason;
  }
}
