package org.driftwatch.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How Kafka is reached. */
public interface KafkaOptions extends PipelineOptions {
  @Description(
      "Kafka's bootstrap servers, host:port, several with commas. Default:"
          + " those of --kafkaConfig, otherwise 127.0.0.1:19092.")
  @Nullable String getKafka();

  void setKafka(String servers);

  @Description(
      "File with ordinary Kafka client properties, such as those of TLS and SASL, for every"
          + " connection. On a cluster each machine needs it at the same path.")
  @Default.String("")
  String getKafkaConfig();

  void setKafkaConfig(String file);
}
