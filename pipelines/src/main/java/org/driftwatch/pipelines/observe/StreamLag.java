package org.driftwatch.pipelines.observe;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.driftwatch.pipelines.restart.StartOffsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the pipeline is behind the end of the stream, in Kafka records: what the broker holds
 * less what was parsed. The broker is asked at most once a second. Safe for use by several threads.
 */
public final class StreamLag {
  private static final Logger LOG = LoggerFactory.getLogger(StreamLag.class);
  private static final long ASK_AGAIN_NANOS = 1_000_000_000;

  private final Admin admin;
  private final String topic;
  private final Map<Integer, Long> positions;
  private Map<Integer, Long> ends = Map.of();
  private long askedAt;
  private boolean asked;

  /**
   * The lag of a topic.
   *
   * @param admin connection to Kafka that gives up after few seconds: who looks is waiting
   * @param startOffsets where reading began, by partition
   */
  public StreamLag(Admin admin, String topic, Map<Integer, Long> startOffsets) {
    this.admin = admin;
    this.topic = topic;
    positions = new TreeMap<>(startOffsets);
  }

  /**
   * The lag by partition; empty where the broker does not answer.
   *
   * @param parsed offsets behind the last parsed records, by partition; may be behind what was told
   *     before, when blocks are parsed side by side
   */
  synchronized Map<String, Double> records(Map<String, Long> parsed) {
    parsed.forEach(
        (partition, position) -> positions.merge(Integer.valueOf(partition), position, Math::max));
    askWhenDue();
    Map<String, Double> lag = new TreeMap<>();
    ends.forEach(
        (partition, end) -> {
          long position = positions.getOrDefault(partition, 0L);
          lag.put(Integer.toString(partition), (double) Math.max(0, end - position));
        });
    return lag;
  }

  private void askWhenDue() {
    long now = System.nanoTime();
    if (asked && now - askedAt < ASK_AGAIN_NANOS) {
      return;
    }
    try {
      ends = StartOffsets.latest(admin, topic);
    } catch (ExecutionException | KafkaException e) {
      LOG.debug("The end of {} is not known", topic, e);
      ends = Map.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ends = Map.of();
    }
    asked = true;
    askedAt = System.nanoTime();
  }
}
