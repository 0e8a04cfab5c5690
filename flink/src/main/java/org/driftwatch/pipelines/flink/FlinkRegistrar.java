package org.driftwatch.pipelines.flink;

import java.util.List;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.runners.PipelineRunnerRegistrar;

/** Tells Beam the name of the runner; it is found as a service. */
public final class FlinkRegistrar implements PipelineRunnerRegistrar {
  @Override
  public Iterable<Class<? extends PipelineRunner<?>>> getPipelineRunners() {
    return List.of(ExactFlinkRunner.class);
  }
}
