package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who can be measured over a file, each started as its users start it. */
public enum BatchContestant {
  /** The static batch, CSV. */
  CSV("Driftwatch", ".csv", null),
  /** Peer (e). */
  DUCKDB_CSV("(e) DuckDB", ".csv", "DuckPeer"),
  /** The static batch, words of the DAQ. */
  WORDS("Driftwatch", ".dat", null),
  /** The static batch, compressed CSV. */
  GZIP("Driftwatch", ".csv.gz", null),
  /** Peer (e), compressed CSV. */
  DUCKDB_GZIP("(e) DuckDB", ".csv.gz", "DuckPeer"),
  /** The static batch on Spark. */
  SPARK("Driftwatch, Spark local[2]", ".csv", null),
  /** Peer (f). */
  SPARK_SQL("(f) Spark SQL local[2]", ".csv", "SparkBatch");

  private static final List<String> JVM_OF_SPARK = List.of("-Xms1g", "-Xmx6g", "-XX:+UseG1GC");

  /** DuckDB's own memory is none of the JVM's. */
  private static final List<String> JVM_OF_DUCKDB =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  /** What the DuckDB peer has on its classpath: a long one would cost it half a second. */
  private static final List<String> JARS_OF_DUCKDB = List.of("duckdb_jdbc-", "jackson-");

  private final String title;
  private final String ending;
  private final String peer;

  BatchContestant(String title, String ending, String peer) {
    this.title = title;
    this.ending = ending;
    this.peer = peer;
  }

  /** Its name and what it reads, for tables. */
  public String title() {
    return title + ", " + ending;
  }

  /** The ending of the file that it reads. */
  public String ending() {
    return ending;
  }

  /**
   * Starts it; it ends by itself.
   *
   * @param input the file
   * @param output takes the summary
   * @param home the project's folder
   * @param folder where its logs and temporary files go
   */
  public Program start(Path input, Path output, Path home, Path folder) throws IOException {
    String name = name().toLowerCase(Locale.ROOT) + "-" + input.getFileName();
    return Program.start(name, command(input, output, home, folder), home, folder);
  }

  private List<String> command(Path input, Path output, Path home, Path folder) throws IOException {
    if (peer == null) {
      // The peers count the same quantities, which are all but muon segments.
      return List.of(
          "bin/driftwatch",
          "batch",
          "--tracks=false",
          "--input=" + input,
          "--output=" + output,
          "--runner=" + (this == SPARK ? "spark" : "direct"));
    }
    String classpath = Classpath.ofModule(home, "benchmarks");
    List<String> command = new ArrayList<>();
    command.add(Classpath.java());
    if (this == SPARK_SQL) {
      command.add("@" + home.resolve("runner-configs/spark-standalone/opens.args"));
      command.addAll(JVM_OF_SPARK);
    } else {
      classpath = ofDuckDb(classpath);
      command.addAll(JVM_OF_DUCKDB);
    }
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-cp");
    command.add(classpath);
    command.add("org.driftwatch.benchmarks.peer." + peer);
    command.add(input.toString());
    command.add(output.toString());
    return command;
  }

  private static String ofDuckDb(String classpath) {
    return String.join(
        ":",
        Arrays.stream(classpath.split(":", -1))
            .filter(
                entry ->
                    !entry.endsWith(".jar")
                        || entry.contains("driftwatch-detector")
                        || JARS_OF_DUCKDB.stream()
                            .anyMatch(Path.of(entry).getFileName().toString()::startsWith))
            .toList());
  }
}
