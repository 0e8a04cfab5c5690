package org.driftwatch.pipelines.publish;

import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.summarise.Summaries;
import org.driftwatch.pipelines.summarise.WindowCounts;

/**
 * Publishes one message per window and revision, keyed by the window's start. The last message of a
 * key holds.
 */
public final class PublishSummaries extends PTransform<PCollection<WindowCounts>, PDone> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final Map<String, Object> producerConfig;
  private final RunConfiguration run;

  /**
   * A publication to this topic.
   *
   * @param producerConfig Kafka client settings, {@code bootstrap.servers} among them
   */
  public PublishSummaries(String topic, Map<String, Object> producerConfig, RunConfiguration run) {
    this.topic = topic;
    this.producerConfig = producerConfig;
    this.run = run;
  }

  @Override
  public PDone expand(PCollection<WindowCounts> windows) {
    return windows
        .apply("Write as JSON", ParDo.of(new ToMessage(run)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()))
        .apply(
            "Send",
            KafkaIO.<String, byte[]>write()
                .withBootstrapServers(
                    String.valueOf(producerConfig.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG)))
                .withTopic(topic)
                .withProducerConfigUpdates(producerConfig)
                .withKeySerializer(StringSerializer.class)
                .withValueSerializer(ByteArraySerializer.class));
  }

  /** Turns a pane of a window into the message's key and value. */
  static final class ToMessage extends DoFn<WindowCounts, KV<String, byte[]>> {
    private static final long serialVersionUID = 1;

    private final RunConfiguration run;

    ToMessage(RunConfiguration run) {
      this.run = run;
    }

    @ProcessElement
    public void write(
        @Element WindowCounts counts,
        IntervalWindow window,
        PaneInfo pane,
        OutputReceiver<KV<String, byte[]>> out) {
      WindowSummary.Span span =
          new WindowSummary.Span(
              java.time.Instant.ofEpochMilli(window.start().getMillis()),
              java.time.Instant.ofEpochMilli(window.end().getMillis()));
      WindowSummary summary =
          Summaries.of(counts, run, Optional.of(span), Math.toIntExact(pane.getIndex()));
      out.output(KV.of(SummaryJson.key(span.start()), SummaryJson.write(summary)));
    }
  }
}
