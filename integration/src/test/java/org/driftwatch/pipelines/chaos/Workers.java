package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.driftwatch.pipelines.testing.StandaloneCluster;

/** A standalone cluster with two workers, to be killed and replaced. */
final class Workers implements AutoCloseable {
  private static final int WORKERS = 2;

  private final StandaloneCluster cluster;
  private final Deque<Process> workers = new ArrayDeque<>();
  private Process master;
  private int starts;

  /** Starts the cluster of a configuration; logs and work go to the folder. */
  Workers(String config, Path folder) throws IOException {
    cluster = StandaloneCluster.of(config, folder);
    try {
      master = cluster.startMaster();
      for (int i = 0; i < WORKERS; i++) {
        add();
      }
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void add() throws IOException {
    workers.addLast(cluster.startWorker(++starts));
  }

  /** The variable that names the master to the monitor. */
  Map<String, String> environment() {
    return cluster.environment();
  }

  /** Kills an executor of Spark; its worker stays. */
  void killExecutor() {
    workers.stream()
        .flatMap(worker -> worker.toHandle().descendants())
        .filter(
            process ->
                process.info().commandLine().orElse("").contains("CoarseGrainedExecutorBackend"))
        .findFirst()
        .ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Kills the worker that runs longest; a new one takes its place. */
  void killWorker() throws IOException {
    workers.removeFirst().destroyForcibly().onExit().join();
    add();
  }

  /** Kills the master, and starts it again where it was. */
  void killMaster() throws IOException {
    master.destroyForcibly().onExit().join();
    master = cluster.startMaster();
  }

  @Override
  public void close() {
    cluster.close();
  }
}
