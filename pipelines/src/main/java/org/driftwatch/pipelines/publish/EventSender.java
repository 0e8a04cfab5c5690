package org.driftwatch.pipelines.publish;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.pipelines.observe.LogThrottle;
import org.driftwatch.pipelines.tracks.EventFinder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the orbits that are shown of each window. They are for looking at: what cannot be sent
 * is not sent. It is sent when the window's results are acknowledged; the results of later windows
 * wait for half a second, once in ten, where the topic cannot be reached. Belongs to one thread.
 */
final class EventSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
  private static final int BLOCKED_MILLIS = 500;
  private static final int TIMEOUT_MILLIS = 5_000;

  /** After a failure nothing is sent for so long: results would wait for it again and again. */
  private static final long PAUSE_NANOS = 10_000_000_000L;

  private static final LogThrottle SAID = new LogThrottle(60);

  private final String topic;
  private final EventFinder finder;
  private final Outbox<String> outbox;
  private long failedAt;
  private boolean hasFailed;

  /**
   * Sends to this topic.
   *
   * @param settings of the producer, but for its serializers
   */
  EventSender(String topic, Map<String, Object> settings, DetectorDescription detector) {
    this.topic = topic;
    finder = new EventFinder(detector);
    settings.put(ProducerConfig.ACKS_CONFIG, "1");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
    outbox = new Outbox<>(topic, settings, new StringSerializer());
  }

  /** Sends what is shown of a window. */
  void send(PublishSummaries.Message window) {
    if (hasFailed && System.nanoTime() - failedAt < PAUSE_NANOS) {
      return;
    }
    MuonEvents events =
        new MuonEvents(
            window.span(), window.revision(), window.events().stream().map(finder::event).toList());
    try {
      Future<RecordMetadata> unused =
          outbox.send(
              new ProducerRecord<>(topic, window.key(), events.write()),
              (to, failure) -> say(failure));
      hasFailed = false;
    } catch (KafkaException e) {
      hasFailed = true;
      failedAt = System.nanoTime();
      say(e);
    }
  }

  private void say(@Nullable Exception failure) {
    if (failure != null && SAID.isDue()) {
      LOG.warn("Events cannot be published to topic {}: {}", topic, String.valueOf(failure));
    }
  }

  @Override
  public void close() {
    outbox.abandon();
  }
}
