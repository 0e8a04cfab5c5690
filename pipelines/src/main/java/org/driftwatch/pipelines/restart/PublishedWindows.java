package org.driftwatch.pipelines.restart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.KafkaClients;

/**
 * What the topic {@code results} tells of the runs before this one.
 *
 * @param clients makes the clients of Kafka
 * @param topic the topic of the results
 */
public record PublishedWindows(KafkaClients clients, String topic) {
  /**
   * What runs with other options than this one's may have gone back by, ms: this much is looked at
   * in any case.
   */
  private static final long LEAST_SPAN_MILLIS = 3_600_000;

  private static final int FIRST_LOOK = 500;
  private static final int FETCH_BYTES = 32 << 20;

  /**
   * What the end of the topic holds.
   *
   * @param latest the latest window that was published and has ended; empty if there is none
   * @param ahead how many windows end ahead of the clock
   * @param latestAhead the latest of those
   */
  public record End(
      Optional<WindowSummary.Span> latest, int ahead, Optional<WindowSummary.Span> latestAhead) {}

  /**
   * Looks for the latest window that was published. It need not stand last: after a restart windows
   * are published anew, and late records refine earlier ones. But nothing behind it is earlier by
   * more than a run goes back by. So the topic is read from its end until the windows read span
   * that much, and a start takes no longer the longer the monitor has been in use.
   *
   * <p>A window that ends ahead of the clock was published when a clock was wrong: it tells nothing
   * of how far earlier runs have got. Nor does one whose key was deleted, by a last message without
   * a value.
   *
   * @param spanMillis how far before the latest window a run may publish, ms
   * @param nowMillis windows that end later are ahead of the clock, ms since the epoch
   * @throws org.apache.kafka.common.errors.TimeoutException if the broker does not answer
   */
  public End end(long spanMillis, long nowMillis) {
    Map<String, Object> config = clients.consumer();
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    List<Windows> partitions = new ArrayList<>();
    try (KafkaConsumer<String, byte[]> results =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      results
          .partitionsFor(topic)
          .forEach(
              info -> {
                Windows windows =
                    new Windows(
                        Math.max(spanMillis, LEAST_SPAN_MILLIS), Instant.ofEpochMilli(nowMillis));
                TopicPartition partition = new TopicPartition(topic, info.partition());
                PartitionEnd.read(results, partition, FIRST_LOOK, windows);
                partitions.add(windows);
              });
    }
    return new End(
        latest(partitions.stream().flatMap(windows -> windows.last.stream())),
        partitions.stream().mapToInt(windows -> windows.ahead.size()).sum(),
        latest(partitions.stream().flatMap(windows -> windows.ahead.values().stream())));
  }

  private static Optional<WindowSummary.Span> latest(Stream<WindowSummary.Span> windows) {
    return windows.max(Comparator.comparing(WindowSummary.Span::start));
  }

  /** The windows of a partition met so far. */
  private static final class Windows implements PartitionEnd.Reader<String, byte[]> {
    private final long enoughMillis;
    private final Instant now;

    /** The last window of each key of the chunk that is being read; empty if it is deleted. */
    private final Map<String, Optional<WindowSummary.Span>> chunk = new HashMap<>();

    private final Set<String> deleted = new HashSet<>();
    private final Map<String, WindowSummary.Span> ahead = new HashMap<>();
    private Optional<WindowSummary.Span> first = Optional.empty();
    private Optional<WindowSummary.Span> last = Optional.empty();
    private String firstKey = "";
    private String lastKey = "";

    Windows(long enoughMillis, Instant now) {
      this.enoughMillis = enoughMillis;
      this.now = now;
    }

    /** Looks into those messages only that may change the answer. */
    @Override
    public void add(ConsumerRecord<String, byte[]> result) {
      String key = result.key();
      // Keys are instants of one width: their order as text is that of time.
      if (key == null
          || (first.isPresent() && key.compareTo(firstKey) >= 0 && key.compareTo(lastKey) <= 0)) {
        return;
      }
      if (result.value() == null) {
        chunk.put(key, Optional.empty());
      } else {
        span(result).ifPresent(span -> chunk.put(key, Optional.of(span)));
      }
    }

    /** True when the windows span enough from the first one's start to the last one's. */
    @Override
    public boolean hasEnough() {
      chunk.forEach(this::add);
      chunk.clear();
      return first.isPresent()
          && Duration.between(first.get().start(), last.get().start()).toMillis() >= enoughMillis;
    }

    private void add(String key, Optional<WindowSummary.Span> span) {
      if (span.isEmpty()) {
        deleted.add(key);
      } else if (!deleted.contains(key)) {
        if (span.get().end().isAfter(now)) {
          ahead.put(key, span.get());
          return;
        }
        if (first.isEmpty() || key.compareTo(firstKey) < 0) {
          first = span;
          firstKey = key;
        }
        if (last.isEmpty() || key.compareTo(lastKey) > 0) {
          last = span;
          lastKey = key;
        }
      }
    }
  }

  /** The window that a message is of; empty where it is no summary: others may write there, too. */
  private static Optional<WindowSummary.Span> span(ConsumerRecord<String, byte[]> result) {
    try {
      return SummaryJson.read(result.value())
          .window()
          .filter(span -> SummaryJson.key(span.start()).equals(result.key()));
    } catch (SummaryJson.FormatException e) {
      return Optional.empty();
    }
  }
}
