package org.driftwatch.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.driftwatch.detector.SummaryJson;

/**
 * The peer of a static batch on a cluster: Spark SQL, here with two threads. A file of CSV becomes
 * a summary: read once by Spark's own reader with a schema, cached in columns, one aggregation by
 * orbit.
 */
public final class SparkBatch {
  /** Partitions of a shuffle: the orbits of a hundred million records in two do not fit. */
  private static final int PARTITIONS = 16;

  private static final String CELL =
      "CAST(CASE WHEN HEAD <> 2 THEN %d"
          + " WHEN FPGA < 2 AND TDC_CHANNEL < 128 THEN 128 * FPGA + TDC_CHANNEL"
          + " WHEN FPGA = 1 AND TDC_CHANNEL = 128 THEN %d ELSE %d END AS SMALLINT) AS cell";

  /** %s: a mask of each chamber. */
  private static final String ACTIVE =
      """
      SELECT bit_count(mask0), bit_count(mask1), bit_count(mask2), bit_count(mask3), count(*)
      FROM (SELECT orbit, %s FROM records WHERE cell <= %d GROUP BY orbit)
      GROUP BY ALL
      """;

  private static final String MASK =
      "bit_or(CASE WHEN cell div 64 = %1$d THEN shiftleft(1L, cell & 63) ELSE 0L END) AS mask%1$d";

  private static final String STARTS =
      "SELECT orbit, min(ticks) AS start FROM records WHERE cell = %d GROUP BY orbit";

  private static final String GATED =
      """
      SELECT cell, CASE WHEN units < 0 THEN -1 ELSE CAST(units div %d AS INT) END AS bin, count(*)
      FROM (
        SELECT
          cell,
          %dL * (ticks - start)
            + CASE cell div 64 WHEN 0 THEN %d WHEN 1 THEN %d WHEN 2 THEN %d ELSE %d END AS units
        FROM records JOIN (SELECT /*+ BROADCAST */ * FROM starts) USING (orbit)
        WHERE cell < %d)
      GROUP BY ALL
      """;

  private static final int TRIGGER_WORD = SummaryCounts.OTHER + 1;

  private SparkBatch() {}

  /** Reads the file named first and writes the summary, as JSON, to the one named second. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(arguments.length + " arguments, expected FILE SUMMARY");
    }
    try (SparkSession spark = SparkPeer.session("batch", PARTITIONS)) {
      Files.write(Path.of(arguments[1]), summary(spark, arguments[0]));
    }
  }

  private static byte[] summary(SparkSession spark, String file) {
    spark
        .read()
        .schema(SparkPeer.SCHEMA)
        .options(Map.of("header", "true", "mode", "FAILFAST"))
        .csv(file)
        .selectExpr(
            "CASE WHEN HEAD = 2 THEN ORBIT_CNT END AS orbit",
            CELL.formatted(TRIGGER_WORD, SummaryCounts.SCINTILLATOR, SummaryCounts.OTHER),
            "30 * BX_COUNTER + CAST(TDC_MEAS AS INT) AS ticks")
        .persist(StorageLevel.MEMORY_AND_DISK())
        .createOrReplaceTempView("records");
    SummaryCounts counts = new SummaryCounts();
    long records = 0;
    for (Row row : spark.sql("SELECT cell, count(*) FROM records GROUP BY cell").collectAsList()) {
      records += row.getLong(1);
      if (row.getShort(0) != TRIGGER_WORD) {
        counts.hits(row.getShort(0), row.getLong(1));
      }
    }
    countActive(spark, counts);
    countGated(spark, counts);
    return SummaryJson.write(counts.summary(Optional.empty(), records));
  }

  private static void countActive(SparkSession spark, SummaryCounts counts) {
    String masks =
        IntStream.range(0, SummaryCounts.CHAMBERS)
            .mapToObj(MASK::formatted)
            .collect(Collectors.joining(", "));
    for (Row orbits : spark.sql(ACTIVE.formatted(masks, SummaryCounts.OTHER)).collectAsList()) {
      long count = orbits.getLong(SummaryCounts.CHAMBERS);
      counts.orbits(count);
      for (int chamber = 0; chamber < SummaryCounts.CHAMBERS; chamber++) {
        counts.active(chamber, orbits.getInt(chamber), count);
      }
    }
  }

  private static void countGated(SparkSession spark, SummaryCounts counts) {
    spark
        .sql(STARTS.formatted(SummaryCounts.SCINTILLATOR))
        .persist()
        .createOrReplaceTempView("starts");
    counts.scintillatorOrbits(spark.table("starts").count());
    String gated =
        GATED.formatted(
            SummaryCounts.UNITS_PER_BIN,
            SummaryCounts.UNITS_PER_TICK,
            SummaryCounts.unitsAtScintillator(0),
            SummaryCounts.unitsAtScintillator(1),
            SummaryCounts.unitsAtScintillator(2),
            SummaryCounts.unitsAtScintillator(3),
            SummaryCounts.SCINTILLATOR);
    for (Row bins : spark.sql(gated).collectAsList()) {
      counts.gated(bins.getShort(0), bins.getInt(1), bins.getLong(2));
    }
  }
}
