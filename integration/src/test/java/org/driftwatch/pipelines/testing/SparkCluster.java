package org.driftwatch.pipelines.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Spark's master and workers of two cores each. */
final class SparkCluster extends StandaloneCluster {
  private final int port;

  SparkCluster(Path logs) throws IOException {
    super(logs);
    port = freePort();
    // By this file Spark knows its home from a checkout of its own sources.
    Files.write(PROJECT.resolve("target/spark/RELEASE"), new byte[0]);
  }

  @Override
  public Process startMaster() throws IOException {
    return daemon(
        "master",
        "I have been elected leader",
        "org.apache.spark.deploy.master.Master",
        "--host",
        "127.0.0.1",
        "--port",
        Integer.toString(port),
        "--webui-port",
        "0");
  }

  @Override
  public Process startWorker(int number) throws IOException {
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
        logs().resolve("work-" + number).toString(),
        master());
  }

  private String master() {
    return "spark://127.0.0.1:" + port;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("SPARK_MASTER", master());
  }

  private Process daemon(String name, String ready, String program, String... arguments)
      throws IOException {
    List<String> command =
        JavaCommand.of(
            "@runner-configs/spark-standalone/opens.args",
            "-cp",
            "target/spark/conf:target/spark/jars/*",
            program);
    command.addAll(Arrays.asList(arguments));
    return daemon(
        name,
        command,
        Map.of(
            "SPARK_HOME",
            PROJECT.resolve("target/spark").toString(),
            "SPARK_SCALA_VERSION",
            "2.12",
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_NO_DAEMONIZE",
            "1"),
        () -> Files.readString(log(name)).contains(ready));
  }
}
