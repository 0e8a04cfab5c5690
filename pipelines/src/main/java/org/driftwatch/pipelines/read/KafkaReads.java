package org.driftwatch.pipelines.read;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.ExperimentalOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;

/**
 * Gives the source behind KafkaIO's classic read, so that {@link BlockSource} can wrap it. KafkaIO
 * shows its source to nobody but a pipeline: it is read off a pipeline that never runs.
 */
final class KafkaReads {
  private KafkaReads() {}

  /**
   * The source that this read would read from.
   *
   * @throws IllegalStateException where KafkaIO no longer expands to an unbounded source
   */
  static UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source(
      KafkaIO.Read<byte[], byte[]> read) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(NeverRuns.class);
    ExperimentalOptions.addExperiment(options.as(ExperimentalOptions.class), "use_deprecated_read");
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(read);
    AtomicReference<Read.Unbounded<?>> found = new AtomicReference<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Read.Unbounded<?> unbounded) {
              found.set(unbounded);
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    if (found.get() == null) {
      throw new IllegalStateException(
          "KafkaIO's read has no unbounded source in this Beam version");
    }
    @SuppressWarnings("unchecked") // The read given is of byte[] keys and values.
    UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> source =
        (UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark>) found.get().getSource();
    return source;
  }

  /** The runner of a pipeline that is only looked at. */
  static final class NeverRuns extends PipelineRunner<PipelineResult> {
    private NeverRuns() {}

    /** Called by Beam, by reflection. */
    public static NeverRuns fromOptions(PipelineOptions options) {
      return new NeverRuns();
    }

    @Override
    public PipelineResult run(Pipeline pipeline) {
      throw new UnsupportedOperationException("a pipeline made to be looked at, not to be run");
    }
  }
}
