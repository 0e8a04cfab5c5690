package org.driftwatch.viewer.model;

/**
 * How the viewer stands to Kafka.
 *
 * @param state what it does
 * @param detail where and why, in words for the user
 */
public record Connection(State state, String detail) {
  /** What the reader of the topic does. */
  public enum State {
    /** Nothing heard from Kafka yet. */
    WAITING_FOR_KAFKA("Waiting for Kafka"),
    /** Kafka answers, the topic does not exist yet. */
    WAITING_FOR_TOPIC("Waiting for topic"),
    /** Reading what the topic held at the start. */
    READING_HISTORY("Reading history"),
    /** All read; new results come as they are published. */
    LIVE("Live"),
    /** Kafka answered before and no longer does. */
    KAFKA_LOST("Kafka lost"),
    /** Kafka refuses the login, the connection or the topic. */
    REFUSED("Refused by Kafka"),
    /** The topic was there and was deleted. */
    TOPIC_GONE("Topic deleted"),
    /** The viewer itself failed and reads no more. */
    FAILED("Viewer failed");

    private final String title;

    State(String title) {
      this.title = title;
    }

    /** The state in two words. */
    public String title() {
      return title;
    }
  }
}
