package org.driftwatch.pipelines.publish;

import java.io.Serializable;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;
import org.driftwatch.kafka.KafkaClients;

/**
 * What a topic takes of a record, as its configuration says.
 *
 * @param maxBytes most bytes of a record with its key, headers and framing
 * @param beforeMillis how far a timestamp may be behind the broker's clock, ms
 * @param afterMillis how far it may be ahead, ms
 * @param keepsTimestamps false where the broker puts its own time in their place
 */
public record TopicLimits(
    int maxBytes, long beforeMillis, long afterMillis, boolean keepsTimestamps)
    implements Serializable {
  /** What a topic takes unless it is configured otherwise, by the strictest of Kafka's versions. */
  public static final TopicLimits KAFKA_DEFAULTS =
      new TopicLimits(1_048_588, Long.MAX_VALUE, 3_600_000, true);

  /** Bounded both ways, before Kafka 3.6; no client names it any more. */
  private static final String DIFFERENCE_MAX = "message.timestamp.difference.max.ms";

  /** How far apart a broker's clock and ours may be, and how long a record may be under way, ms. */
  private static final long MARGIN = 10_000;

  /** The limits that a topic's configuration names; of what it does not name, none. */
  public static TopicLimits of(Config config) {
    long difference = number(config, DIFFERENCE_MAX);
    ConfigEntry type = config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
    return new TopicLimits(
        (int)
            Math.min(
                KafkaClients.MAX_REQUEST_BYTES,
                number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
        Math.min(difference, number(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)),
        Math.min(difference, number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)),
        type == null || !"LogAppendTime".equals(type.value()));
  }

  private static long number(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null || entry.value() == null ? Long.MAX_VALUE : Long.parseLong(entry.value());
  }

  /** True where a record keeps this timestamp when it is sent now; both ms since the epoch. */
  boolean keeps(long timestamp, long now) {
    return keepsTimestamps
        && timestamp >= 0
        && now - timestamp <= lessMargin(beforeMillis)
        && timestamp - now <= lessMargin(afterMillis);
  }

  private static long lessMargin(long limit) {
    return limit - Math.min(MARGIN, limit / 2);
  }
}
