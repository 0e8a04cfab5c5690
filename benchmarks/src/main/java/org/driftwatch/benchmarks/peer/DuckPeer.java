package org.driftwatch.benchmarks.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.driftwatch.detector.SummaryJson;

/**
 * The peer of a static batch: DuckDB over JDBC, in memory, on all cores. A file of CSV, compressed
 * or not, becomes a summary.
 *
 * <p>The file is read once, with the columns' types given and no quotes to look for, into a table
 * of 10 bytes a record; of a trigger word only that it was there is kept. Then an aggregation by
 * orbit gives a mask of active channels per chamber; all else is small. The aggregation goes slice
 * by slice of orbits: the file is about in their order, so DuckDB reads of each slice only the
 * parts of the table that hold it, and what it aggregates stays in the cache. That halves the time
 * of the aggregation, whatever its form.
 *
 * <p>Slower, in core-seconds for 106 million rows, of which this takes 36: aggregating all orbits
 * at once (20 more); by orbit and chamber, and the orbits counted apart (1 more); masks of 128 bits
 * for two chambers (2 more); FILTER in place of CASE (2 more); reading the file anew in place of
 * the table (60 more, all orbits at once). Other types of columns, sizes of buffers and options of
 * the reader change less than 5 %.
 */
public final class DuckPeer {
  private static final String READ =
      """
      CREATE TEMP TABLE records AS
      SELECT
        CASE WHEN HEAD = 2 THEN ORBIT_CNT END AS orbit,
        (CASE
           WHEN HEAD <> 2 THEN %d
           WHEN FPGA < 2 AND TDC_CHANNEL < 128 THEN 128 * FPGA + TDC_CHANNEL
           WHEN FPGA = 1 AND TDC_CHANNEL = 128 THEN %d
           ELSE %d
         END)::USMALLINT AS cell,
        30::INTEGER * BX_COUNTER + TDC_MEAS::INTEGER AS ticks
      FROM read_csv(
        '%s',
        header = true, auto_detect = false, delim = ',', quote = '', escape = '',
        columns = {
          HEAD: 'UTINYINT', FPGA: 'UTINYINT', TDC_CHANNEL: 'USMALLINT', ORBIT_CNT: 'UINTEGER',
          BX_COUNTER: 'USMALLINT', TDC_MEAS: 'FLOAT'})
      """;

  private static final int SLICE_BITS = 22;
  private static final String SLICES =
      "SELECT DISTINCT orbit >> %d FROM records WHERE orbit IS NOT NULL".formatted(SLICE_BITS);

  private static final String CELLS = "SELECT cell, count(*) FROM records GROUP BY cell";

  /** %s: a mask of each chamber; %d: the slice. */
  private static final String ACTIVE =
      """
      SELECT bit_count(mask0), bit_count(mask1), bit_count(mask2), bit_count(mask3), count(*)
      FROM (
        SELECT orbit, %s
        FROM records
        WHERE orbit BETWEEN %d AND %d
        GROUP BY orbit)
      GROUP BY ALL
      """;

  private static final String MASK =
      "bit_or(CASE WHEN cell >> 6 = %1$d THEN 1::UBIGINT << (cell & 63) ELSE 0::UBIGINT END)"
          + " AS mask%1$d";

  private static final String STARTS =
      """
      CREATE TEMP TABLE starts AS
      SELECT orbit, min(ticks) AS start FROM records WHERE cell = %d GROUP BY orbit
      """;

  /** Whole numbers alone: // cuts off towards 0, and what is below 0 is in no bin. */
  private static final String GATED =
      """
      SELECT cell, CASE WHEN units < 0 THEN -1 ELSE units // %d END AS bin, count(*)
      FROM (
        SELECT
          cell,
          %d * (ticks - start)::BIGINT
            + CASE cell >> 6 WHEN 0 THEN %d WHEN 1 THEN %d WHEN 2 THEN %d ELSE %d END AS units
        FROM records JOIN starts USING (orbit)
        WHERE cell < %d)
      GROUP BY ALL
      """;

  private static final int TRIGGER_WORD = SummaryCounts.OTHER + 1;

  private DuckPeer() {}

  /** Reads the file named first and writes the summary, as JSON, to the one named second. */
  public static void main(String[] arguments) throws IOException, SQLException {
    if (arguments.length != 2) {
      throw new IllegalArgumentException(arguments.length + " arguments, expected FILE SUMMARY");
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      System.out.println("DuckDB " + duck.getMetaData().getDatabaseProductVersion());
      Path summary = Path.of(arguments[1]);
      Files.write(summary, summary(statement, arguments[0]));
    }
  }

  private static byte[] summary(Statement statement, String file) throws SQLException {
    // What is in the table is added up: its order need not be that of the file to the row.
    statement.execute("SET preserve_insertion_order = false");
    statement.execute(
        READ.formatted(
            TRIGGER_WORD,
            SummaryCounts.SCINTILLATOR,
            SummaryCounts.OTHER,
            file.replace("'", "''")));
    SummaryCounts counts = new SummaryCounts();
    long records = 0;
    try (ResultSet cells = statement.executeQuery(CELLS)) {
      while (cells.next()) {
        records += cells.getLong(2);
        if (cells.getInt(1) != TRIGGER_WORD) {
          counts.hits(cells.getInt(1), cells.getLong(2));
        }
      }
    }
    countActive(statement, counts);
    countGated(statement, counts);
    return SummaryJson.write(counts.summary(Optional.empty(), records));
  }

  private static void countActive(Statement statement, SummaryCounts counts) throws SQLException {
    String masks =
        IntStream.range(0, SummaryCounts.CHAMBERS)
            .mapToObj(MASK::formatted)
            .collect(Collectors.joining(", "));
    List<Long> slices = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(SLICES)) {
      while (found.next()) {
        slices.add(found.getLong(1));
      }
    }
    for (long slice : slices) {
      long first = slice << SLICE_BITS;
      long last = first + (1L << SLICE_BITS) - 1;
      try (ResultSet orbits = statement.executeQuery(ACTIVE.formatted(masks, first, last))) {
        while (orbits.next()) {
          long count = orbits.getLong(SummaryCounts.CHAMBERS + 1);
          counts.orbits(count);
          for (int chamber = 0; chamber < SummaryCounts.CHAMBERS; chamber++) {
            counts.active(chamber, orbits.getInt(chamber + 1), count);
          }
        }
      }
    }
  }

  private static void countGated(Statement statement, SummaryCounts counts) throws SQLException {
    statement.execute(STARTS.formatted(SummaryCounts.SCINTILLATOR));
    try (ResultSet orbits = statement.executeQuery("SELECT count(*) FROM starts")) {
      orbits.next();
      counts.scintillatorOrbits(orbits.getLong(1));
    }
    String gated =
        GATED.formatted(
            SummaryCounts.UNITS_PER_BIN,
            SummaryCounts.UNITS_PER_TICK,
            SummaryCounts.unitsAtScintillator(0),
            SummaryCounts.unitsAtScintillator(1),
            SummaryCounts.unitsAtScintillator(2),
            SummaryCounts.unitsAtScintillator(3),
            SummaryCounts.SCINTILLATOR);
    try (ResultSet bins = statement.executeQuery(gated)) {
      while (bins.next()) {
        counts.gated(bins.getInt(1), bins.getInt(2), bins.getLong(3));
      }
    }
  }
}
