package org.driftwatch.pipelines.spark;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerApplicationStart;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;

/**
 * Tells in one line where Spark itself would wait for ever or fail in many: another version of
 * Spark than the monitor was built for, and a cluster that gives no executor.
 *
 * <p>Spark makes it by the name in {@code spark.extraListeners} and calls it from one thread.
 */
public final class ClusterCheck extends SparkListener {
  private static final String VERSION = "3.5.";
  private static final long PATIENCE_SECONDS = 60;

  private final SparkConf conf;
  private final CountDownLatch settled = new CountDownLatch(1);

  /** Checks the version of Spark that this runs on. */
  public ClusterCheck(SparkConf conf) {
    this.conf = conf;
    String version = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    if (!version.startsWith(VERSION)) {
      end("this is Spark " + version + ", expected " + VERSION + "x; submit with that");
    }
  }

  @Override
  public void onApplicationStart(SparkListenerApplicationStart start) {
    Thread patience = new Thread(this::awaitExecutor, "cluster-check");
    patience.setDaemon(true);
    patience.start();
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    settled.countDown();
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    settled.countDown();
  }

  private void awaitExecutor() {
    try {
      if (!settled.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        end(
            "no worker of "
                + conf.get("spark.master", "Spark")
                + " gave an executor of "
                + conf.get("spark.executor.cores", "1")
                + " cores and "
                + conf.get("spark.executor.memory", "1g")
                + " in "
                + PATIENCE_SECONDS
                + " s; see the master's page for what they have, and ask for less"
                + " (spark.executor.cores, spark.executor.memory)");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(String why) {
    System.err.println("monitor: " + why);
    Runtime.getRuntime().halt(1);
  }
}
