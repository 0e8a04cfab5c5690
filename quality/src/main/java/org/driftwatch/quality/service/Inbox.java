package org.driftwatch.quality.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes in, read. What cannot be is counted and logged, one line in ten seconds at most. Not
 * safe for several threads.
 */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(10).toNanos();

  private final Metrics metrics;
  private long quietUntil = System.nanoTime();
  private long unsaid;

  Inbox(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Reads a message's value. */
  interface Reader<T> {
    T read(byte[] value) throws IOException;
  }

  /** The message, read; empty for one that was deleted or is none. */
  <T> Optional<T> read(ConsumerRecord<byte[], byte[]> message, Reader<T> reader) {
    if (message.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(message.value()));
    } catch (IOException e) {
      malformed(message, e.getMessage());
      return Optional.empty();
    }
  }

  /** A message of the results with the start of its window; empty for one that says nothing. */
  Optional<WindowQueue.Entry> window(ConsumerRecord<byte[], byte[]> message) {
    if (message.value() == null) {
      return Optional.empty();
    }
    Optional<Instant> start = start(message);
    if (start.isEmpty()) {
      malformed(
          message, "the key is '" + OneLine.of(key(message)) + "', expected a window's start");
    }
    return start.map(time -> new WindowQueue.Entry(time, message));
  }

  /** The window's start, as a message's key says; empty where it says none. */
  static Optional<Instant> start(ConsumerRecord<byte[], byte[]> message) {
    try {
      return Optional.of(Instant.parse(key(message)));
    } catch (DateTimeException e) {
      // A message of somebody else.
      return Optional.empty();
    }
  }

  private static String key(ConsumerRecord<byte[], byte[]> message) {
    return message.key() == null ? "" : new String(message.key(), UTF_8);
  }

  /** The summary of a window; empty where it is malformed. */
  Optional<WindowSummary> summary(WindowQueue.Entry entry) {
    Optional<WindowSummary> read = read(entry.message(), SummaryJson::read);
    if (read.isPresent()
        && !read.get().window().map(span -> span.start().equals(entry.start())).orElse(false)) {
      malformed(entry.message(), "its window is another than its key says");
      return Optional.empty();
    }
    return read;
  }

  private void malformed(ConsumerRecord<byte[], byte[]> message, String why) {
    metrics.malformed();
    unsaid++;
    if (System.nanoTime() - quietUntil >= 0) {
      LOG.warn(
          "Passed over in topic {}, partition {}, offset {}: {}{}",
          message.topic(),
          message.partition(),
          message.offset(),
          why,
          unsaid > 1 ? " (" + unsaid + " messages)" : "");
      unsaid = 0;
      quietUntil = System.nanoTime() + QUIET_NANOS;
    }
  }
}
