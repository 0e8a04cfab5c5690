package org.driftwatch.pipelines.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.Success$;
import org.apache.spark.TaskKilled;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.BlockUpdatedInfo;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.RDDInfo;
import org.driftwatch.pipelines.restart.StartAgain;
import scala.collection.JavaConverters;

/**
 * Ends the driver where Spark is about to compute again what it has lost. Spark takes a computation
 * for repeatable, but reading a stream is not: the second time it gives other records, and windows
 * would be wrong in silence. What was lost may be an executor, a failed task, or a cached block
 * that a batch still needs and for which there was no room. A new start goes on from the topics.
 *
 * <p>Spark makes it by the name in {@code spark.extraListeners} and calls it from one thread.
 */
public final class ExactnessGuard extends SparkListener {
  /** Under which Spark Streaming tells a job's batch. */
  static final String BATCH_TIME = "spark.streaming.internal.batchTime";

  private final BlocksInUse blocks = new BlocksInUse();
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
  public void onJobStart(SparkListenerJobStart job) {
    String batch = job.properties().getProperty(BATCH_TIME);
    if (batch != null) {
      List<Integer> dataSets = new ArrayList<>();
      for (StageInfo stage : JavaConverters.seqAsJavaList(job.stageInfos())) {
        for (RDDInfo dataSet : JavaConverters.seqAsJavaList(stage.rddInfos())) {
          dataSets.add(dataSet.id());
        }
      }
      blocks.jobBegins(Long.parseLong(batch), dataSets);
    }
  }

  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    BlockUpdatedInfo block = update.blockUpdatedInfo();
    if (block.blockId() instanceof RDDBlockId
        && !block.storageLevel().isValid()
        && blocks.needs(((RDDBlockId) block.blockId()).rddId())) {
      startAgain("there was no memory left for what was read; give more to the executors");
    }
  }

  private void startAgain(String why) {
    if (!ending) {
      StartAgain.exit("Spark: " + why + "; its input cannot be read again identically");
    }
  }
}
