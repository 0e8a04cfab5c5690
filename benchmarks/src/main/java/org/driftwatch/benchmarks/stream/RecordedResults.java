package org.driftwatch.benchmarks.stream;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

  private RecordedResults() {}

  /** Writes so many windows of a second and of a thousand hits each; the topic is made. */
  public static void write(String kafka, String topic, int windows)
      throws IOException, InterruptedException {
    RecordedStream.createResultsTopic(kafka, topic);
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
    config.put(ProducerConfig.LINGER_MS_CONFIG, "5");
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(512 << 10));
    AtomicReference<Exception> failure = new AtomicReference<>();
    long[] hits = Readout.hits(HITS * KINDS);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < windows && failure.get() == null; i++) {
        Instant start = START.plus(WINDOW.multipliedBy(i));
        byte[] message = SummaryJson.write(summary(hits, HITS * (i % KINDS), start));
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

  private static WindowSummary summary(long[] words, int from, Instant start) {
    long[] packed = Readout.pack(Arrays.copyOfRange(words, from, from + HITS));
    HistogramCombiner combiner = Readout.combiner();
    return combiner
        .extractOutput(
            combiner.addInput(combiner.createAccumulator(), new WordBlock(HITS, 0, packed)))
        .summary(
            DetectorDescription.course(),
            Optional.of(new WindowSummary.Span(start, start.plus(WINDOW))),
            0);
  }
}
