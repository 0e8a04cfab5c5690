package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.driftwatch.detector.StatusMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the monitor's newest status, on a thread of its own. The viewer can do without: if the
 * topic is missing, refused or holds something else, nothing is reported, and the topic is tried
 * again.
 */
public final class StatusReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 2_000;

  /** Messages of each partition's end that are looked at first. */
  private static final int NEWEST = 10;

  private static final byte[] KEY = StatusMessage.KEY.getBytes(UTF_8);

  private final KafkaSettings settings;
  private final Consumer<StatusMessage> listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "status-reader");

  /**
   * A reader that {@link #start()} sets going.
   *
   * @param settings name the topic of the status
   * @param listener called on the reader's thread
   */
  public StatusReader(KafkaSettings settings, Consumer<StatusMessage> listener) {
    this.settings = settings;
    this.listener = listener;
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Ends the thread and waits for it, some seconds at most. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      do {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
          follow(consumer);
        } catch (InterruptException e) {
          throw e;
        } catch (IOException | KafkaException e) {
          // The reader of the results reports what is wrong with Kafka; the status is not
          // essential.
          LOG.debug("The status cannot be read now", e);
        }
      } while (!stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the end, or until the topic is another one or cannot be read. */
  private void follow(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
    List<TopicPartition> all =
        consumer.partitionsFor(settings.topic(), ANSWER).stream()
            .map(info -> new TopicPartition(settings.topic(), info.partition()))
            .toList();
    if (all.isEmpty()) {
      return;
    }
    consumer.assign(all);
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(all, ANSWER);
    consumer
        .endOffsets(all, ANSWER)
        .forEach(
            (partition, end) ->
                consumer.seek(partition, Math.max(starts.get(partition), end - NEWEST)));
    while (!stop.await(0, TimeUnit.MILLISECONDS)) {
      try {
        newest(consumer.poll(POLL)).ifPresent(listener);
      } catch (InvalidOffsetException e) {
        // Created again, or compacted: its end is elsewhere.
        return;
      }
    }
  }

  private static Optional<StatusMessage> newest(Iterable<ConsumerRecord<byte[], byte[]>> messages) {
    StatusMessage newest = null;
    for (ConsumerRecord<byte[], byte[]> message : messages) {
      if (Arrays.equals(message.key(), KEY) && message.value() != null) {
        try {
          StatusMessage status = StatusMessage.read(message.value());
          if (newest == null || !status.time().isBefore(newest.time())) {
            newest = status;
          }
        } catch (IOException e) {
          // Somebody else's message: the monitor's comes every other second.
          LOG.debug("No status at offset {}: {}", message.offset(), e.getMessage());
        }
      }
    }
    return Optional.ofNullable(newest);
  }
}
