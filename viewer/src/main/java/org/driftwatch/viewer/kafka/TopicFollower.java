package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.driftwatch.viewer.kafka.TopicWatch.Sight;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a small topic on a thread of its own. While the topic is missing, refused or Kafka is
 * away it tries again. A topic that was deleted, or deleted and created again, is another one.
 */
final class TopicFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 25;

  /** Takes what the topic says, on the follower's thread. */
  interface Listener {
    /** Where reading a partition begins, between its first offset and its end. */
    long start(long first, long end);

    /** Kafka is there, the topic is not. */
    void absent();

    /** The topic cannot be read now, for this reason. */
    void refused(String reason);

    /** A topic is there: all that one said before holds no longer. */
    void begun();

    /**
     * A message.
     *
     * @param isPast true if it was there before reading began
     */
    void take(ConsumerRecord<byte[], byte[]> message, boolean isPast);

    /** The past is read, or later messages were taken. */
    void told();
  }

  private final KafkaSettings settings;
  private final Listener listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;

  /** Follows a topic once it is started. */
  TopicFollower(KafkaSettings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    thread = new Thread(this::run, settings.topic() + "-reader");
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  void start() {
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

  /** Waits until the topic as it is was told, or turned out to be missing or refused. */
  void awaitFirst(Duration patience) throws InterruptedException {
    boolean unused = first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    try {
      do {
        try (TopicWatch watch = new TopicWatch(settings)) {
          await(watch);
        } catch (InterruptException e) {
          throw e;
        } catch (IOException | KafkaException e) {
          LOG.debug("Topic {} cannot be read now", settings.topic(), e);
          listener.refused(String.valueOf(e.getMessage()));
        }
      } while (!stop.await(RETRY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Until the end, or until Kafka refuses. */
  private void await(TopicWatch watch) throws InterruptedException, IOException {
    while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      Sight sight = watch.look().orElse(null);
      if (sight instanceof Sight.Refused refused) {
        LOG.debug("Topic {}: {}", settings.topic(), refused.reason());
        listener.refused(refused.reason());
        first.countDown();
        return;
      }
      if (sight instanceof Sight.Absent) {
        listener.absent();
        first.countDown();
      } else if (sight instanceof Sight.Present topic) {
        listener.begun();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
          follow(consumer, topic, watch);
        }
      }
    }
  }

  /** Until the end, or until the topic is another one. */
  private void follow(KafkaConsumer<byte[], byte[]> consumer, Sight.Present topic, TopicWatch watch)
      throws InterruptedException {
    List<TopicPartition> all =
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(settings.topic(), partition))
            .toList();
    consumer.assign(all);
    Map<TopicPartition, Long> starts = consumer.beginningOffsets(all, ANSWER);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all, ANSWER);
    starts.forEach(
        (partition, start) -> consumer.seek(partition, listener.start(start, ends.get(partition))));
    boolean isPast = true;
    while (!stop.await(0, TimeUnit.MILLISECONDS)) {
      Sight sight = watch.look().orElse(topic);
      if (sight instanceof Sight.Absent
          || sight instanceof Sight.Refused
          || (sight instanceof Sight.Present && !sight.equals(topic))) {
        return;
      }
      ConsumerRecords<byte[], byte[]> records;
      try {
        records = consumer.poll(POLL);
      } catch (InvalidOffsetException e) {
        LOG.debug("Topic {} is cut: it is read again", settings.topic(), e);
        return;
      }
      for (ConsumerRecord<byte[], byte[]> message : records) {
        listener.take(message, isPast);
      }
      boolean wasPast = isPast;
      isPast = isPast && !isAt(consumer, ends);
      if (!isPast && (wasPast || !records.isEmpty())) {
        listener.told();
        first.countDown();
      }
    }
  }

  private static boolean isAt(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
  }
}
