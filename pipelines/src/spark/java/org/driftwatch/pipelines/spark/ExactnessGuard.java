package org.driftwatch.pipelines.spark;

import org.apache.spark.Success$;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the driver where Spark is about to compute again what it has lost. Spark takes a computation
 * for repeatable, but reading a stream is not: the second time it gives other records, and windows
 * would be wrong in silence. What was lost may be an executor, a failed task, or a cached block for
 * which there was no room. The topics are all that a new start needs: every window is published
 * again, whole.
 *
 * <p>Spark makes it by the name in {@code spark.extraListeners} and calls it from one thread.
 */
public final class ExactnessGuard extends SparkListener {
  /** Exit status that asks for a new start: EX_TEMPFAIL of sysexits.h. */
  public static final int START_AGAIN = 75;

  private static final Logger LOG = LoggerFactory.getLogger(ExactnessGuard.class);

  private boolean ending;

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    ending = true;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    startAgain("executor " + removed.executorId() + " was lost (" + removed.reason() + ")");
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    if (task.reason() != Success$.MODULE$ && !(task.reason() instanceof TaskKilled)) {
      startAgain("a task failed (" + task.reason().toString().lines().findFirst().orElse("") + ")");
    }
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    if (stage.stageInfo().attemptNumber() > 0) {
      startAgain("a stage had to be computed again");
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    if (update.blockUpdatedInfo().blockId().isRDD()
        && !update.blockUpdatedInfo().storageLevel().isValid()) {
      startAgain("there was no memory left for what was read; give more to the executors");
    }
  }

  private void startAgain(String why) {
    if (!ending) {
      LOG.error(
          "Spark: {}. What was read cannot be read again the same: the monitor ends with status {}"
              + " and must be started again; it computes every window anew from the topics",
          why,
          START_AGAIN);
      Runtime.getRuntime().halt(START_AGAIN);
    }
  }
}
