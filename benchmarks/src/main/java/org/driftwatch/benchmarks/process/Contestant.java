package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Who can be measured, each started as its users start it. */
public enum Contestant {
  /** The monitor on Spark in one process, two threads. */
  SPARK("Driftwatch, Spark local[2]", "spark-local", null, null),
  /** The monitor on the DirectRunner. */
  DIRECT("Driftwatch, DirectRunner", "direct", null, null),
  /** The monitor on Flink in one process. */
  FLINK("Driftwatch, Flink in one process", "flink-local", null, null),
  /** Peer (a). */
  PLAIN_SPARK("(a) plain Structured Streaming", null, "PlainSpark", "-Xmx6g"),
  /** Peer (b). */
  ONE_PASS_SPARK("(b) one-pass Structured Streaming", null, "OnePassSpark", "-Xmx6g"),
  /** Peer (c). */
  KAFKA_STREAMS("(c) Kafka Streams", null, "StreamsPeer", "-Xmx4g"),
  /** Peer (d). */
  LOOP("(d) one thread, no framework", null, "LoopPeer", "-Xmx2g"),
  /** Peer (g). */
  FLOOR("(g) the floor: client and parser", null, "FloorPeer", "-Xmx2g");

  private final String title;
  private final String config;
  private final String peer;
  private final String heap;

  Contestant(String title, String config, String peer, String heap) {
    this.title = title;
    this.config = config;
    this.peer = peer;
    this.heap = heap;
  }

  /** Its name in tables. */
  public String title() {
    return title;
  }

  /**
   * What a run is told.
   *
   * @param kafka bootstrap servers
   * @param streamTopic where the records are
   * @param resultsTopic where summaries go
   * @param window length of the windows
   * @param rowsPerWindow records of a window; peers in micro-batches take them together
   * @param options further options of the monitor
   */
  public record Job(
      String kafka,
      String streamTopic,
      String resultsTopic,
      Duration window,
      int rowsPerWindow,
      List<String> options) {}

  /**
   * Starts it.
   *
   * @param home the project's folder
   * @param folder where its logs and temporary files go
   */
  public Program start(Job job, Path home, Path folder) throws IOException {
    String name = name().toLowerCase(java.util.Locale.ROOT) + "-" + job.resultsTopic();
    return Program.start(name, command(job, home, folder), home, folder);
  }

  private List<String> command(Job job, Path home, Path folder) throws IOException {
    List<String> command = new ArrayList<>();
    if (config != null) {
      command.add("scripts/monitor");
      command.add(config);
      command.add("--kafka=" + job.kafka());
      command.add("--streamTopic=" + job.streamTopic());
      command.add("--resultsTopic=" + job.resultsTopic());
      command.add("--rejectedTopic=" + job.resultsTopic() + "-rejected");
      command.add("--window=" + job.window().toMillis() + "ms");
      command.addAll(job.options());
      return command;
    }
    command.add(Classpath.java());
    command.add("@" + home.resolve("runner-configs/spark-standalone/opens.args"));
    command.add("-Xms1g");
    command.add(heap);
    command.add("-XX:+UseG1GC");
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-cp");
    command.add(Classpath.ofModule(home, "benchmarks"));
    command.add("org.driftwatch.benchmarks.peer." + peer);
    command.add(job.kafka());
    command.add(job.streamTopic());
    command.add(job.resultsTopic());
    command.add(Long.toString(job.window().toMillis()));
    command.add(Integer.toString(job.rowsPerWindow()));
    return command;
  }
}
