package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.driftwatch.pipelines.testing.SparkCluster;

/** A standalone cluster of Spark with two workers, to be killed and replaced. */
final class Workers implements AutoCloseable {
  private static final int WORKERS = 2;

  private final SparkCluster cluster;
  private final Deque<Process> workers = new ArrayDeque<>();
  private int starts;

  /** Starts the cluster; logs and work go to the folder. */
  Workers(Path folder) throws IOException {
    cluster = SparkCluster.start(folder, 0);
    try {
      for (int i = 0; i < WORKERS; i++) {
        add();
      }
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private void add() throws IOException {
    workers.addLast(cluster.worker(++starts));
  }

  /** The master's address. */
  String master() {
    return cluster.master();
  }

  /** Kills an executor; its worker stays. */
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

  @Override
  public void close() {
    cluster.close();
  }
}
