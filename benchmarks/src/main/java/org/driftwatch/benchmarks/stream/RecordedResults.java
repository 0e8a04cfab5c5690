package org.driftwatch.benchmarks.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.summarise.HistogramCombiner;

/** A long history of windows in a topic of results, as the monitor would have published it. */
public final class RecordedResults {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WINDOW = Duration.ofSeconds(1);
  private static final int HITS = 1000;
  private static final int KINDS = 64;

  /** What a message has in front of its window's start, and between start and end. */
  private static final String BEFORE_START =
      "{\"version\":" + WindowSummary.VERSION + ",\"window\":{\"start\":\"";

  private static final String BEFORE_END = "\",\"end\":\"";

  private RecordedResults() {}

  /**
   * Writes so many windows of a second and of a thousand hits each, compressed, so that a month of
   * them fits on a disk; the topic is made.
   */
  public static void write(String kafka, String topic, int partitions, int windows)
      throws IOException, InterruptedException {
    RecordedStream.createResultsTopic(kafka, topic, partitions);
    write(kafka, topic, 0, windows, Duration.ZERO);
  }

  /** Adds windows to so many that are there, one after each pause. */
  public static void add(String kafka, String topic, int there, int windows, Duration pause)
      throws IOException {
    write(kafka, topic, there, windows, pause);
  }

  private static void write(String kafka, String topic, int first, int windows, Duration pause)
      throws IOException {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    config.put(ProducerConfig.LINGER_MS_CONFIG, pause.isZero() ? "5" : "0");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(512 << 10));
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Integer.toString(64 << 20));
    AtomicReference<Exception> failure = new AtomicReference<>();
    long[] hits = Readout.hits(HITS * KINDS);
    List<byte[]> kinds =
        IntStream.range(0, KINDS).mapToObj(kind -> message(hits, HITS * kind)).toList();
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      long begun = System.nanoTime();
      for (int i = first; i < first + windows && failure.get() == null; i++) {
        LockSupport.parkNanos(begun + (i - first) * pause.toNanos() - System.nanoTime());
        Instant start = START.plus(WINDOW.multipliedBy(i));
        byte[] message = at(start, kinds.get(i % KINDS));
        var unused =
            producer.send(
                new ProducerRecord<>(topic, SummaryJson.key(start), message),
                (place, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
      }
    }
    if (failure.get() != null) {
      throw new IOException("topic " + topic + ": " + failure.get().getMessage(), failure.get());
    }
  }

  /** The message of the first window, of a thousand of these hits. */
  private static byte[] message(long[] words, int from) {
    long[] packed = Readout.pack(Arrays.copyOfRange(words, from, from + HITS));
    HistogramCombiner combiner = Readout.combiner(true);
    return SummaryJson.write(
        combiner
            .extractOutput(
                combiner.addInput(combiner.createAccumulator(), new WordBlock(HITS, 0, packed)))
            .summary(
                DetectorDescription.course(),
                Optional.of(new WindowSummary.Span(START, START.plus(WINDOW))),
                0));
  }

  /** The same message of another window: all times are written equally long. */
  private static byte[] at(Instant start, byte[] message) {
    byte[] changed = message.clone();
    byte[] first = SummaryJson.key(start).getBytes(US_ASCII);
    byte[] end = SummaryJson.key(start.plus(WINDOW)).getBytes(US_ASCII);
    System.arraycopy(first, 0, changed, BEFORE_START.length(), first.length);
    System.arraycopy(
        end, 0, changed, BEFORE_START.length() + first.length + BEFORE_END.length(), end.length);
    return changed;
  }
}
