package org.driftwatch.benchmarks.peer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.driftwatch.detector.ChamberHistogram.DRIFT_BINS;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/**
 * Peer (a): the job as the course's groups wrote it. JSON schema, {@code foreachBatch} every 5 s,
 * the micro-batch is the window, and an action for every quantity: 22 of them. With the best
 * settings found for it: the batch cached, two partitions of a shuffle in place of 200, and a
 * window's records in each batch.
 */
public final class PlainSpark {
  private static final double[] OFFSETS_NS = {93.9, 101.4, 95.5, 92.4};

  private PlainSpark() {}

  /** Runs until it is stopped; for the arguments see {@link PeerArguments}. */
  public static void main(String[] arguments) throws TimeoutException, StreamingQueryException {
    PeerArguments peer = PeerArguments.of(arguments);
    KafkaProducer<String, byte[]> producer = peer.producer();
    SparkPeer.records(SparkPeer.session("plain"), peer, 1)
        .writeStream()
        .trigger(Trigger.ProcessingTime("5 seconds"))
        .foreachBatch(
            (VoidFunction2<Dataset<Row>, Long>) (batch, id) -> publish(peer, batch, producer))
        .start()
        .awaitTermination();
  }

  private static void publish(
      PeerArguments peer, Dataset<Row> records, KafkaProducer<String, byte[]> producer) {
    Dataset<Row> batch = records.persist();
    Row totals = batch.agg(count(lit(1)), min("timestamp")).first();
    if (totals.getLong(0) > 0) {
      long start = peer.windowStart(totals.getTimestamp(1).getTime());
      WindowSummary.Span span =
          new WindowSummary.Span(
              Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + peer.windowMillis()));
      WindowSummary summary = summary(batch, span, totals.getLong(0));
      var unused =
          producer.send(
              new ProducerRecord<>(
                  peer.resultsTopic(), SummaryJson.key(span.start()), SummaryJson.write(summary)));
    }
    batch.unpersist();
  }

  private static WindowSummary summary(Dataset<Row> batch, WindowSummary.Span span, long records) {
    Dataset<Row> hits = batch.filter("HEAD = 2");
    Dataset<Row> scintillator =
        hits.filter("FPGA = 1 AND TDC_CHANNEL = 128")
            .groupBy("ORBIT_CNT")
            .agg(min(time()).as("start"));
    long allHits = hits.count();
    List<ChamberSummary> chambers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int first = 64 * (i % 2);
      Dataset<Row> chamber =
          hits.filter(
              col("FPGA").equalTo(i / 2).and(col("TDC_CHANNEL").between(first, first + 63)));
      Dataset<Row> gated = chamber.join(scintillator, "ORBIT_CNT");
      long[] drift = drift(gated, OFFSETS_NS[i]);
      int[] edges = ChamberHistogram.OCCUPANCY.edges(first, 64);
      chambers.add(
          new ChamberSummary(
              chamber.count(),
              List.of(
                  channels(chamber, edges),
                  Histogram.of(
                      ChamberHistogram.ACTIVE_CHANNELS.edges(0, 64), active(chamber), 0, 0),
                  channels(gated, edges),
                  Histogram.of(
                      ChamberHistogram.DRIFT_TIME.edges(0, 64),
                      Arrays.copyOf(drift, DRIFT_BINS),
                      drift[DRIFT_BINS],
                      drift[DRIFT_BINS + 1]))));
    }
    // The groups did not count orbits, nor what belongs to no chamber.
    return new WindowSummary(
        new WindowSummary.Head(Optional.of(span), 0, false, List.of()),
        records,
        0,
        allHits,
        0,
        0,
        0,
        0,
        chambers);
  }

  /** Time within the orbit, ticks of 25/30 ns. */
  private static Column time() {
    return col("BX_COUNTER").multiply(30).plus(col("TDC_MEAS"));
  }

  private static Histogram channels(Dataset<Row> hits, int[] edges) {
    long[] counts = new long[edges.length - 1];
    for (Row row : hits.groupBy("TDC_CHANNEL").count().collectAsList()) {
      counts[row.getInt(0) - edges[0]] = row.getLong(1);
    }
    return Histogram.of(edges, counts, 0, 0);
  }

  private static long[] active(Dataset<Row> chamber) {
    long[] counts = new long[64];
    Dataset<Row> orbits =
        chamber.groupBy("ORBIT_CNT").agg(countDistinct("TDC_CHANNEL").as("channels"));
    for (Row row : orbits.groupBy("channels").count().collectAsList()) {
      counts[(int) row.getLong(0) - 1] = row.getLong(1);
    }
    return counts;
  }

  /** The 80 bins, then underflow and overflow. */
  private static long[] drift(Dataset<Row> gated, double offsetNs) {
    long[] counts = new long[DRIFT_BINS + 2];
    // In 1/6 ps all terms are whole numbers, and the division by the bin's width is exact enough.
    Column sixthsOfPs =
        time().minus(col("start")).multiply(5000).plus(Math.round(offsetNs * 6000) + 900_000);
    Dataset<Row> bins = gated.groupBy(floor(sixthsOfPs.divide(60_000)).as("bin")).count();
    for (Row row : bins.collectAsList()) {
      long bin = row.getLong(0);
      int index = bin < 0 ? DRIFT_BINS : (int) Math.min(bin, DRIFT_BINS) + (bin >= 80 ? 1 : 0);
      counts[index] += row.getLong(1);
    }
    return counts;
  }
}
