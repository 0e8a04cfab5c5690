package org.driftwatch.benchmarks.peer;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udaf;
import static org.apache.spark.sql.functions.window;

import java.io.File;
import java.sql.Timestamp;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF6;
import org.apache.spark.sql.expressions.Aggregator;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.types.DataTypes;
import org.driftwatch.detector.SummaryJson;

/**
 * Peer (b): the job written well in Spark Structured Streaming. One pass over the records,
 * event-time windows with a watermark, one typed aggregation that collects a window's packed hits,
 * partially in each task and then merged, and makes the summary once, when the window closes.
 * Batches follow one another without a pause, of up to {@value #WINDOWS_PER_BATCH} windows.
 */
public final class OnePassSpark {
  private static final int WINDOWS_PER_BATCH = 5;

  private OnePassSpark() {}

  /** Runs until it is stopped; for the arguments see {@link PeerArguments}. */
  public static void main(String[] arguments) throws TimeoutException, StreamingQueryException {
    PeerArguments peer = PeerArguments.of(arguments);
    SparkSession spark = SparkPeer.session("one-pass");
    UDF6<Integer, Integer, Integer, Long, Integer, Double, Long> pack = OnePassSpark::pack;
    spark.udf().register("pack", pack, DataTypes.LongType);
    UDF1<Timestamp, String> key = start -> SummaryJson.key(start.toInstant());
    long windowMillis = peer.windowMillis();
    UDF2<Timestamp, byte[], byte[]> summary =
        (start, hits) -> WindowHits.of(hits).summary(start.getTime(), windowMillis);
    spark.udf().register("collect", udaf(new CollectHits(), Encoders.LONG()));
    spark.udf().register("key", key, DataTypes.StringType);
    spark.udf().register("summary", summary, DataTypes.BinaryType);
    Dataset<Row> records = SparkPeer.records(spark, peer, WINDOWS_PER_BATCH);
    Column[] fields =
        new Column[] {
          col("HEAD"),
          col("FPGA"),
          col("TDC_CHANNEL"),
          col("ORBIT_CNT"),
          col("BX_COUNTER"),
          col("TDC_MEAS")
        };
    records
        .withWatermark("timestamp", "1 second")
        .select(col("timestamp"), callUDF("pack", fields).as("hit"))
        .groupBy(window(col("timestamp"), windowMillis + " milliseconds"))
        .agg(callUDF("collect", col("hit")).as("hits"))
        .select(
            callUDF("key", col("window.start")).as("key"),
            callUDF("summary", col("window.start"), col("hits")).as("value"))
        .writeStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", peer.kafka())
        .option("topic", peer.resultsTopic())
        .option(
            "checkpointLocation",
            new File(System.getProperty("java.io.tmpdir"), peer.resultsTopic()).getPath())
        .start()
        .awaitTermination();
  }

  private static long pack(
      Integer head, Integer fpga, Integer channel, Long orbit, Integer bx, Double tdc) {
    return head == 2 ? WindowHits.pack(fpga, channel, orbit, bx, tdc.intValue()) : HitReader.NO_HIT;
  }

  /** Collects packed hits. */
  private static final class CollectHits extends Aggregator<Long, WindowHits, byte[]> {
    private static final long serialVersionUID = 1;

    @Override
    public WindowHits zero() {
      return new WindowHits();
    }

    @Override
    public WindowHits reduce(WindowHits window, Long hit) {
      window.add(hit);
      return window;
    }

    @Override
    public WindowHits merge(WindowHits a, WindowHits b) {
      a.addAll(b);
      return a;
    }

    @Override
    public byte[] finish(WindowHits window) {
      return window.bytes();
    }

    @Override
    public Encoder<WindowHits> bufferEncoder() {
      return Encoders.kryo(WindowHits.class);
    }

    @Override
    public Encoder<byte[]> outputEncoder() {
      return Encoders.BINARY();
    }
  }
}
