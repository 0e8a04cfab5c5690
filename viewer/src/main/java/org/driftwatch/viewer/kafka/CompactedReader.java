package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.viewer.kafka.TopicWatch.Sight;
import org.driftwatch.viewer.model.Arrival;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a small compacted topic on a thread of its own and tells what it says: the status of the
 * monitor, the verdicts, the alarms. While the topic is missing, refused or Kafka is away it tries
 * again; what is wrong with Kafka the reader of the results reports. A topic that was deleted, or
 * deleted and created again, says nothing of what it said before.
 *
 * @param <T> kind of message
 */
public final class CompactedReader<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CompactedReader.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 25;

  /** Messages of each partition's end that hold the newest of a single key. */
  private static final int NEWEST = 10;

  /** Reads a value. */
  private interface Parser<T> {
    T read(byte[] value) throws IOException;
  }

  private final KafkaSettings settings;
  private final Optional<String> onlyKey;
  private final Parser<T> parser;
  private final Clocks clocks;
  private final Consumer<Told<T>> listener;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch first = new CountDownLatch(1);
  private final Thread thread;
  private final Map<String, T> messages = new HashMap<>();
  private Optional<Long> heard = Optional.empty();

  private CompactedReader(
      KafkaSettings settings,
      Optional<String> onlyKey,
      Parser<T> parser,
      Clocks clocks,
      Consumer<Told<T>> listener) {
    this.settings = settings;
    this.onlyKey = onlyKey;
    this.parser = parser;
    this.clocks = clocks;
    this.listener = listener;
    thread = new Thread(this::run, settings.topic() + "-reader");
    thread.setDaemon(true);
  }

  /** Reads the newest status of the monitor; {@code listener} is called on the reader's thread. */
  public static CompactedReader<StatusMessage> status(
      KafkaSettings topic, Clocks clocks, Consumer<Told<StatusMessage>> listener) {
    return new CompactedReader<>(
        topic, Optional.of(StatusMessage.KEY), StatusMessage::read, clocks, listener);
  }

  /** Reads all verdicts; {@code listener} is called on the reader's thread. */
  public static CompactedReader<QualityMessage> quality(
      KafkaSettings topic, Clocks clocks, Consumer<Told<QualityMessage>> listener) {
    return new CompactedReader<>(topic, Optional.empty(), QualityMessage::read, clocks, listener);
  }

  /** Reads all alarms; {@code listener} is called on the reader's thread. */
  public static CompactedReader<AlarmMessage> alarms(
      KafkaSettings topic, Clocks clocks, Consumer<Told<AlarmMessage>> listener) {
    return new CompactedReader<>(topic, Optional.empty(), AlarmMessage::read, clocks, listener);
  }

  /** Starts the thread. */
  public CompactedReader<T> start() {
    thread.start();
    return this;
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
        try (TopicWatch watch = new TopicWatch(settings)) {
          await(watch);
        } catch (InterruptException e) {
          throw e;
        } catch (IOException | KafkaException e) {
          LOG.debug("Topic {} cannot be read now", settings.topic(), e);
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
        first.countDown();
        return;
      }
      if (sight instanceof Sight.Absent) {
        forget();
        first.countDown();
      } else if (sight instanceof Sight.Present topic) {
        forget();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings.consumer())) {
          follow(consumer, topic, watch);
        }
      }
    }
  }

  /** What was said before holds no longer. */
  private void forget() {
    if (!messages.isEmpty()) {
      messages.clear();
      heard = Optional.empty();
      tell();
    }
  }

  private void tell() {
    listener.accept(new Told<>(messages, heard));
    first.countDown();
  }

  /** Waits until the topic as it is was told, or turned out to be missing or refused. */
  public void awaitFirst(Duration patience) throws InterruptedException {
    boolean unused = first.await(patience.toMillis(), TimeUnit.MILLISECONDS);
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
        (partition, start) ->
            consumer.seek(
                partition,
                onlyKey.isPresent() ? Math.max(start, ends.get(partition) - NEWEST) : start));
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
        take(message, isPast);
      }
      boolean wasPast = isPast;
      isPast = isPast && !isAt(consumer, ends);
      if (!isPast && (wasPast || !records.isEmpty())) {
        tell();
      }
    }
  }

  private static boolean isAt(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
  }

  private void take(ConsumerRecord<byte[], byte[]> message, boolean isPast) {
    String key = message.key() == null ? "" : new String(message.key(), UTF_8);
    if (onlyKey.isPresent() && !onlyKey.get().equals(key)) {
      return;
    }
    if (message.value() == null) {
      messages.remove(key);
      return;
    }
    try {
      messages.put(key, parser.read(message.value()));
    } catch (IOException e) {
      // Somebody else's message: what the topic said before holds.
      LOG.debug("Offset {} of {}: {}", message.offset(), settings.topic(), e.getMessage());
      return;
    }
    Instant published = Instant.ofEpochMilli(message.timestamp());
    long at = isPast ? Arrival.past(published, clocks).nanos() : clocks.nanos();
    heard = Optional.of(heard.map(before -> Math.max(before, at)).orElse(at));
  }
}
