package org.driftwatch.benchmarks.peer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the jobs in Spark have in common. */
final class SparkPeer {
  /** The columns of a record, as JSON and CSV have them. */
  static final StructType SCHEMA =
      new StructType()
          .add("HEAD", DataTypes.IntegerType)
          .add("FPGA", DataTypes.IntegerType)
          .add("TDC_CHANNEL", DataTypes.IntegerType)
          .add("ORBIT_CNT", DataTypes.LongType)
          .add("BX_COUNTER", DataTypes.IntegerType)
          .add("TDC_MEAS", DataTypes.DoubleType);

  private SparkPeer() {}

  /** Spark in this process with two threads, and as many partitions of a shuffle. */
  static SparkSession session(String name) {
    return session(name, 2);
  }

  /**
   * Spark in this process with two threads.
   *
   * @param partitions of a shuffle
   */
  static SparkSession session(String name, int partitions) {
    return SparkSession.builder()
        .appName(name)
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.ui.showConsoleProgress", false)
        .config("spark.sql.shuffle.partitions", partitions)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  /**
   * The records of the stream: HEAD, FPGA, TDC_CHANNEL, ORBIT_CNT, BX_COUNTER, TDC_MEAS and the
   * record's timestamp.
   *
   * @param windowsPerBatch windows that a micro-batch takes at most
   */
  static Dataset<Row> records(SparkSession spark, PeerArguments peer, int windowsPerBatch) {
    return spark
        .readStream()
        .format("kafka")
        .options(
            Map.of(
                "kafka.bootstrap.servers",
                peer.kafka(),
                "subscribe",
                peer.streamTopic(),
                "startingOffsets",
                "earliest",
                "minPartitions",
                "2",
                "maxOffsetsPerTrigger",
                Integer.toString(windowsPerBatch * peer.rowsPerWindow())))
        .load()
        .select(from_json(col("value").cast("string"), SCHEMA).as("record"), col("timestamp"))
        .select("record.*", "timestamp");
  }
}
