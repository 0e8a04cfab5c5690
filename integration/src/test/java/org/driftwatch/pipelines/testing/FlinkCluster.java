package org.driftwatch.pipelines.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Flink's JobManager and TaskManagers, as {@code runner-configs/flink-standalone} says. */
final class FlinkCluster extends StandaloneCluster {
  private static final String CONFIG = "runner-configs/flink-standalone";

  private final int rpcPort;
  private final int restPort;

  FlinkCluster(Path logs) throws IOException {
    super(logs);
    rpcPort = freePort();
    restPort = freePort();
  }

  @Override
  public Process startMaster() throws IOException {
    List<String> command =
        command("jobmanager.args", "entrypoint.StandaloneSessionClusterEntrypoint");
    command.addAll(List.of("--executionMode", "cluster", "-D", "rest.port=" + restPort));
    return daemon(
        "jobmanager", command, Map.of(), () -> answer("/overview").contains("slots-total"));
  }

  @Override
  public Process startWorker(int number) throws IOException {
    String name = "taskmanager-" + number;
    List<String> command = command("taskmanager.args", "taskexecutor.TaskManagerRunner");
    command.addAll(List.of("-D", "taskmanager.resource-id=" + name));
    return daemon(
        name, command, Map.of(), () -> answer("/taskmanagers").contains("\"" + name + "\""));
  }

  private List<String> command(String jvm, String program) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + CONFIG + "/" + jvm,
                "-cp",
                "target/flink/conf:target/flink/lib/*",
                "org.apache.flink.runtime." + program));
    Path work = Files.createDirectories(logs().resolve("flink-work"));
    command.addAll(
        List.of(
            "--configDir",
            CONFIG,
            "-D",
            "jobmanager.rpc.port=" + rpcPort,
            "-D",
            "io.tmp.dirs=" + work));
    return command;
  }

  /** What the JobManager answers; nothing while it does not. */
  private String answer(String resource) {
    try (InputStream from =
        URI.create("http://127.0.0.1:" + restPort + resource).toURL().openStream()) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public Map<String, String> environment() {
    return Map.of("FLINK_MASTER", "127.0.0.1:" + restPort);
  }
}
