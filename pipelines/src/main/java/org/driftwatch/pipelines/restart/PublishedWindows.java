package org.driftwatch.pipelines.restart;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.kafka.KafkaClients;

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
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int FETCH_BYTES = 32 << 20;

  /**
   * The latest window that was published; empty where none was. It need not stand last: after a
   * restart windows are published anew, and late records refine earlier ones. But nothing behind it
   * is earlier by more than a run goes back by. So the topic is read from its end until the windows
   * read span that much, and a start takes no longer the longer the monitor has been in use.
   *
   * @param spanMillis how far before the latest window a run may publish, ms
   */
  public Optional<WindowSummary.Span> latest(long spanMillis) {
    Map<String, Object> config = clients.consumer();
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
    try (KafkaConsumer<String, byte[]> results =
        new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer())) {
      return results.partitionsFor(topic).stream()
          .map(info -> new TopicPartition(topic, info.partition()))
          .map(partition -> end(results, partition, Math.max(spanMillis, LEAST_SPAN_MILLIS)))
          .flatMap(end -> end.latest.stream())
          .max(Comparator.comparing(WindowSummary.Span::start));
    }
  }

  /** The end of a partition, back to where its windows span so much, or to the beginning. */
  private static Windows end(
      KafkaConsumer<String, byte[]> results, TopicPartition partition, long spanMillis) {
    List<TopicPartition> only = List.of(partition);
    results.assign(only);
    long beginning = results.beginningOffsets(only).get(partition);
    long to = results.endOffsets(only).get(partition);
    Windows windows = new Windows();
    for (long look = FIRST_LOOK; to > beginning && windows.spanMillis() < spanMillis; look *= 2) {
      long from = Math.max(beginning, to - look);
      results.seek(partition, from);
      while (results.position(partition) < to) {
        results.poll(POLL).forEach(windows::add);
      }
      to = from;
    }
    return windows;
  }

  /** The earliest and the latest of the windows met so far. */
  private static final class Windows {
    private Optional<WindowSummary.Span> earliest = Optional.empty();
    private Optional<WindowSummary.Span> latest = Optional.empty();
    private String earliestKey = "";
    private String latestKey = "";

    /** Looks into those messages only that would change the answer. */
    void add(ConsumerRecord<String, byte[]> result) {
      String key = result.key();
      if (key == null || result.value() == null) {
        return;
      }
      // Keys are instants of one width: their order as text is that of time.
      boolean later = latest.isEmpty() || key.compareTo(latestKey) > 0;
      boolean earlier = earliest.isEmpty() || key.compareTo(earliestKey) < 0;
      Optional<WindowSummary.Span> span = later || earlier ? span(result) : Optional.empty();
      if (later && span.isPresent()) {
        latest = span;
        latestKey = key;
      }
      if (earlier && span.isPresent()) {
        earliest = span;
        earliestKey = key;
      }
    }

    /** From the first window's start to the last one's; below 0 where there is none. */
    long spanMillis() {
      return latest
          .flatMap(last -> earliest.map(first -> Duration.between(first.start(), last.start())))
          .map(Duration::toMillis)
          .orElse(-1L);
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
