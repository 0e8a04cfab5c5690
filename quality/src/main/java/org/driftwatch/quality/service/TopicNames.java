package org.driftwatch.quality.service;

import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/**
 * Names of the topics that the service reads and writes. Immutable.
 *
 * @param results window summaries, read
 * @param status the monitor's status, read
 * @param quality verdicts, written
 * @param alarms alarms, written
 * @param commands what is to be done with alarms, read
 */
record TopicNames(String results, String status, String quality, String alarms, String commands) {
  /**
   * Checks the names.
   *
   * @throws IllegalArgumentException with one line that says what is wrong with which
   */
  TopicNames {
    for (String topic : new String[] {results, status, quality, alarms, commands}) {
      try {
        Topic.validate(topic);
      } catch (InvalidTopicException e) {
        throw new IllegalArgumentException("topic '" + topic + "': " + e.getMessage(), e);
      }
    }
  }

  /** Id of the service's transactions and of its place in what it reads: one for these alarms. */
  String serviceId() {
    return "driftwatch-quality-" + alarms;
  }
}
