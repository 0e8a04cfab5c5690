package org.driftwatch.pipelines.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A real standalone cluster on this machine, from the Spark home that the build makes: a master and
 * workers of two cores each, in JVMs of their own, on loopback.
 */
public final class SparkCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private final Path logs;
  private final String master;
  private final List<Process> daemons = new ArrayList<>();

  private SparkCluster(Path logs, String master) {
    this.logs = logs;
    this.master = master;
  }

  /** Starts a cluster and waits until its workers have registered. */
  public static SparkCluster start(Path logs, int workers) throws IOException {
    int port = freePort();
    SparkCluster cluster = new SparkCluster(logs, "spark://127.0.0.1:" + port);
    // By this file Spark knows its home from a checkout of its own sources.
    Files.write(PROJECT.resolve("target/spark/RELEASE"), new byte[0]);
    cluster.daemon(
        "master",
        "I have been elected leader",
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
    for (int worker = 1; worker <= workers; worker++) {
      cluster.worker(worker);
    }
    return cluster;
  }

  /** Starts one more worker. */
  public Process worker(int number) throws IOException {
    return daemon(
        "worker-" + number,
        "Successfully registered with master",
        "org.apache.spark.deploy.worker.Worker",
        "--host",
        "127.0.0.1",
        "--webui-port",
        "0",
        "--cores",
        "2",
        "--memory",
        "3g",
        "--work-dir",
        logs.resolve("work-" + number).toString(),
        master);
  }

  /** The master's address, spark://host:port. */
  public String master() {
    return master;
  }

  private Process daemon(String name, String ready, String program, String... arguments)
      throws IOException {
    Path log = logs.resolve(name + ".log");
    List<String> command =
        JavaCommand.of(
            "@runner-configs/spark-standalone/opens.args",
            "-cp",
            "target/spark/conf:target/spark/jars/*",
            program);
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_HOME",
                PROJECT.resolve("target/spark").toString(),
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_LOCAL_IP",
                "127.0.0.1",
                "SPARK_NO_DAEMONIZE",
                "1"));
    Process process = builder.start();
    daemons.add(process);
    await()
        .atMost(PATIENCE)
        .failFast(name + " ended, see " + log, () -> !process.isAlive())
        .until(() -> Files.readString(log).contains(ready));
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    daemons.forEach(Process::destroy);
    for (Process daemon : daemons) {
      daemon.onExit().completeOnTimeout(daemon, 10, java.util.concurrent.TimeUnit.SECONDS).join();
      daemon.destroyForcibly();
    }
  }
}
