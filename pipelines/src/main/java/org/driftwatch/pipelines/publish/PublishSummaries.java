package org.driftwatch.pipelines.publish;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.driftwatch.pipelines.summarise.Summaries;

/**
 * Publishes one message per window and revision, keyed by the window's start. The last message of a
 * key holds, so they must be sent in their order: adding up, writing and sending are one step,
 * right behind the grouping that its input comes from, and a bundle ends when Kafka has
 * acknowledged its messages. KafkaIO's writer would be a step further on, where runners may work on
 * two panes of one window side by side.
 */
public final class PublishSummaries
    extends PTransform<PCollection<KV<Integer, Iterable<ShardCounts>>>, PDone> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final Map<String, Object> producerConfig;
  private final RunConfiguration run;
  private final long incompleteBefore;

  /**
   * A publication to this topic.
   *
   * @param producerConfig Kafka client settings, {@code bootstrap.servers} among them
   * @param incompleteBefore windows that start before this are marked as lacking records, ms since
   *     the epoch
   */
  public PublishSummaries(
      String topic,
      Map<String, Object> producerConfig,
      RunConfiguration run,
      long incompleteBefore) {
    this.topic = topic;
    this.producerConfig = producerConfig;
    this.run = run;
    this.incompleteBefore = incompleteBefore;
  }

  @Override
  public PDone expand(PCollection<KV<Integer, Iterable<ShardCounts>>> windows) {
    windows.apply(
        "Add up and send", ParDo.of(new SendFn(topic, producerConfig, run, incompleteBefore)));
    return PDone.in(windows.getPipeline());
  }

  /**
   * The message of a window's pane: its key, and its value as JSON.
   *
   * @param shards what the shards of the window say
   * @param incompleteBefore windows that start before this are marked, ms since the epoch
   */
  static KV<String, byte[]> message(
      Iterable<ShardCounts> shards,
      IntervalWindow window,
      PaneInfo pane,
      RunConfiguration run,
      long incompleteBefore) {
    WindowSummary.Span span =
        new WindowSummary.Span(
            java.time.Instant.ofEpochMilli(window.start().getMillis()),
            java.time.Instant.ofEpochMilli(window.end().getMillis()));
    WindowSummary summary =
        Summaries.of(
            ShardCounts.sum(shards), run, Optional.of(span), Math.toIntExact(pane.getIndex()));
    boolean incomplete = window.start().getMillis() < incompleteBefore;
    return KV.of(
        SummaryJson.key(span.start()),
        SummaryJson.write(incomplete ? summary.markedIncomplete() : summary));
  }

  /** A summary to be sent. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Message(
      long windowStart, long windowEnd, PaneInfo pane, String key, byte[] value) {}

  private static final class SendFn extends DoFn<KV<Integer, Iterable<ShardCounts>>, Void> {
    private static final long serialVersionUID = 1;

    private final Counter windows = PipelineMetrics.windows();
    private final Counter refinements = PipelineMetrics.refinements();
    private final Distribution delayMillis = PipelineMetrics.windowDelayMillis();
    private final Gauge newestEndMillis = PipelineMetrics.newestWindowEndMillis();
    private final String topic;
    private final Map<String, Object> producerConfig;
    private final RunConfiguration run;
    private final long incompleteBefore;

    private transient @Nullable KafkaProducer<String, byte[]> producer;
    private transient @Nullable List<Message> bundle;
    private transient boolean keepsOrder;

    SendFn(
        String topic,
        Map<String, Object> producerConfig,
        RunConfiguration run,
        long incompleteBefore) {
      this.topic = topic;
      this.producerConfig = producerConfig;
      this.run = run;
      this.incompleteBefore = incompleteBefore;
    }

    @Setup
    public void connect() {
      producer =
          new KafkaProducer<>(producerConfig, new StringSerializer(), new ByteArraySerializer());
      keepsOrder = producer.partitionsFor(topic).size() == 1;
    }

    @StartBundle
    public void start() {
      bundle = new ArrayList<>();
    }

    @ProcessElement
    public void add(
        @Element KV<Integer, Iterable<ShardCounts>> shards, IntervalWindow window, PaneInfo pane) {
      KV<String, byte[]> message = message(shards.getValue(), window, pane, run, incompleteBefore);
      bundle.add(
          new Message(
              window.start().getMillis(),
              window.end().getMillis(),
              pane,
              message.getKey(),
              message.getValue()));
    }

    /**
     * Sends the windows in their order, whatever order the runner fired them in: a restart takes it
     * that all windows before the latest are there.
     */
    @FinishBundle
    public void send() throws IOException, InterruptedException {
      bundle.sort(Comparator.comparingLong(Message::windowStart));
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Message message : bundle) {
        sent.add(producer.send(new ProducerRecord<>(topic, message.key(), message.value())));
        if (!keepsOrder) {
          producer.flush();
        }
      }
      producer.flush();
      for (Future<RecordMetadata> message : sent) {
        try {
          message.get();
        } catch (ExecutionException e) {
          throw new IOException(
              "summaries could not be sent to topic " + topic + ": " + e.getCause(), e);
        }
      }
      bundle.forEach(this::count);
    }

    private void count(Message message) {
      if (!message.pane().isFirst()) {
        refinements.inc();
        return;
      }
      windows.inc();
      if (message.pane().getTiming() == PaneInfo.Timing.ON_TIME) {
        // These come in the order of their windows; of late ones the first may be long past.
        delayMillis.update(System.currentTimeMillis() - message.windowEnd());
        newestEndMillis.set(message.windowEnd());
      }
    }

    @Teardown
    public void close() {
      if (producer != null) {
        producer.close();
      }
    }
  }
}
