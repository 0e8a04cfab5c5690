package org.driftwatch.telemetry;

/** What Kafka's clients log in a program that says by itself what it waits for. */
public final class KafkaLogs {
  private static final String LEVEL = "driftwatch.log.kafka";

  private KafkaLogs() {}

  /** Takes effect when called before the first logger is made; a setting of the user's holds. */
  public static void off() {
    if (System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, "off");
    }
  }
}
