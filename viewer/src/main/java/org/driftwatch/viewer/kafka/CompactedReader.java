package org.driftwatch.viewer.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.QualityMessage;
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
  private final TopicFollower follower;
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
    follower = new TopicFollower(settings, new Messages());
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
    follower.start();
    return this;
  }

  /** Ends the thread and waits for it, some seconds at most. */
  @Override
  public void close() {
    follower.close();
  }

  /** Waits until the topic as it is was told, or turned out to be missing or refused. */
  public void awaitFirst(Duration patience) throws InterruptedException {
    follower.awaitFirst(patience);
  }

  /** The last message of each key. */
  private final class Messages implements TopicFollower.Listener {
    @Override
    public long start(long first, long end) {
      return onlyKey.isPresent() ? Math.max(first, end - NEWEST) : first;
    }

    @Override
    public void absent() {
      begun();
    }

    @Override
    public void refused(String reason) {
      // What was said before holds: it grows old.
    }

    @Override
    public void begun() {
      if (!messages.isEmpty()) {
        messages.clear();
        heard = Optional.empty();
        told();
      }
    }

    @Override
    public void told() {
      listener.accept(new Told<>(messages, heard));
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> message, boolean isPast) {
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
}
