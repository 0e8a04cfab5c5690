package org.driftwatch.pipelines.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * A real standalone cluster on this machine, from the home that the build makes: a master and
 * workers in JVMs of their own, on loopback.
 */
public abstract class StandaloneCluster implements AutoCloseable {
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path logs;
  private final List<Process> daemons = new ArrayList<>();

  StandaloneCluster(Path logs) {
    this.logs = logs;
  }

  /** The cluster that a configuration of {@code runner-configs/} wants; nothing runs yet. */
  public static StandaloneCluster of(String config, Path logs) throws IOException {
    return config.startsWith("flink") ? new FlinkCluster(logs) : new SparkCluster(logs);
  }

  /** The same, started, with workers that have registered. */
  public static StandaloneCluster start(String config, Path logs, int workers) throws IOException {
    StandaloneCluster cluster = of(config, logs);
    try {
      cluster.startMaster();
      for (int worker = 1; worker <= workers; worker++) {
        cluster.startWorker(worker);
      }
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  /** Starts the master, where it was before if it was killed, and waits until it serves. */
  public abstract Process startMaster() throws IOException;

  /** Starts one more worker, and waits until it has registered. */
  public abstract Process startWorker(int number) throws IOException;

  /** The variable that names its master to the monitor, with its value. */
  public abstract Map<String, String> environment();

  /** The folder of its logs. */
  final Path logs() {
    return logs;
  }

  final Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** Starts a daemon in the project's folder and waits until it is ready. */
  final Process daemon(
      String name, List<String> command, Map<String, String> environment, Callable<Boolean> ready)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(PROJECT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(name).toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    daemons.add(process);
    await()
        .atMost(PATIENCE)
        .failFast(name + " ended, see " + log(name), () -> !process.isAlive())
        .until(ready);
    return process;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    daemons.forEach(Process::destroy);
    for (Process daemon : daemons) {
      daemon.onExit().completeOnTimeout(daemon, 10, TimeUnit.SECONDS).join();
      daemon.destroyForcibly();
    }
  }
}
