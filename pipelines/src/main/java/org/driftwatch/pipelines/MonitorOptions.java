package org.driftwatch.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Options of the online monitor. Durations are text with a unit: 500ms, 5s, 2m. */
public interface MonitorOptions extends SummariseOptions, KafkaOptions {
  @Description("Topic the readout's records are read from.")
  @Default.String("stream")
  String getStreamTopic();

  void setStreamTopic(String topic);

  @Description("Topic the window summaries are published to.")
  @Default.String("results")
  String getResultsTopic();

  void setResultsTopic(String topic);

  @Description("Topic malformed records are sent to.")
  @Default.String("stream-rejected")
  String getRejectedTopic();

  void setRejectedTopic(String topic);

  @Description("Topic the monitor's status is published to, every two seconds.")
  @Default.String("status")
  String getStatusTopic();

  void setStatusTopic(String topic);

  @Description(
      "Topic that some orbits with muons of each window are published to, with hits and segments."
          + " Empty for none.")
  @Default.String("events")
  String getEventsTopic();

  void setEventsTopic(String topic);

  @Description("Partitions of the stream topic, if the monitor creates it.")
  @Default.Integer(1)
  int getPartitions();

  void setPartitions(int partitions);

  @Description("Replicas of each topic, if the monitor creates it.")
  @Default.Integer(1)
  int getReplication();

  void setReplication(int replication);

  @Description(
      "How long Kafka keeps the results topic's windows after they were published, such as 90d, if"
          + " the monitor creates it.")
  @Default.String("forever")
  String getKeepResults();

  void setKeepResults(String duration);

  @Description("Length of the windows, whole milliseconds.")
  @Default.String("5s")
  String getWindow();

  void setWindow(String duration);

  @Description("How far out of order records may be without being late.")
  @Default.String("1s")
  String getWatermarkDelay();

  void setWatermarkDelay(String duration);

  @Description("How late records may be and still refine their window; later ones are dropped.")
  @Default.String("1m")
  String getAllowedLateness();

  void setAllowedLateness(String duration);

  @Description(
      "Where a first start begins: earliest, latest, or a time such as 2026-11-20T20:36:46Z. Where"
          + " results already has windows of this length, a start resumes after them instead.")
  @Default.String("earliest")
  String getFrom();

  void setFrom(String from);

  @Description(
      "Port on 127.0.0.1 where Prometheus reads the metrics, at /metrics, 0 for any free one;"
          + " without it they are available over JMX only.")
  @Nullable Integer getMetricsPort();

  void setMetricsPort(@Nullable Integer port);
}
