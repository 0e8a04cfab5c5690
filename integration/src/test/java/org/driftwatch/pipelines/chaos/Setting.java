package org.driftwatch.pipelines.chaos;

/** What the parts run on. */
enum Setting {
  DIRECT("direct", "direct"),
  SPARK_LOCAL("spark-local", "spark-local"),
  SPARK_CLUSTER("spark-standalone", "spark-standalone"),
  FLINK_LOCAL("flink-local", "flink-local"),
  FLINK_CLUSTER("flink-standalone", "flink-standalone"),
  THREE_BROKERS("direct, three brokers", "direct"),
  ONE_REPLICA("direct, three brokers, one replica", "direct");

  private final String words;
  private final String config;

  Setting(String words, String config) {
    this.words = words;
    this.config = config;
  }

  /** What to call it in a table. */
  String words() {
    return words;
  }

  /** True where the monitor runs on a cluster of its own. */
  boolean hasCluster() {
    return this == SPARK_CLUSTER || this == FLINK_CLUSTER;
  }

  /** Folder of {@code runner-configs/} that the monitor runs with. */
  String config() {
    return config;
  }
}
