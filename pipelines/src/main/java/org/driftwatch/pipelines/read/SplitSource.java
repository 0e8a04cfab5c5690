package org.driftwatch.pipelines.read;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.joda.time.Instant;

/**
 * The readers of a stream as splits of one source, so that a runner spreads them over its workers.
 * Only for runners that take the earliest of the splits' watermarks for the source's.
 *
 * <p>A runner is given a split for each of its tasks: Flink's do not all learn that there is none
 * for them, and a task without one holds back the watermark for ever. Those beyond the readers have
 * nothing to read and are at their end.
 */
final class SplitSource extends UnboundedSource<RecordBlock, KafkaCheckpointMark> {
  private static final long serialVersionUID = 1;

  private final ArrayList<BlockSource> readers;
  private final Coder<KafkaCheckpointMark> checkpoints;

  SplitSource(List<BlockSource> readers) {
    this(readers, readers.get(0).getCheckpointMarkCoder());
  }

  private SplitSource(List<BlockSource> readers, Coder<KafkaCheckpointMark> checkpoints) {
    this.readers = new ArrayList<>(readers);
    this.checkpoints = checkpoints;
  }

  @Override
  public List<UnboundedSource<RecordBlock, KafkaCheckpointMark>> split(
      int desiredNumSplits, PipelineOptions options) {
    List<UnboundedSource<RecordBlock, KafkaCheckpointMark>> splits = new ArrayList<>(readers);
    while (splits.size() < desiredNumSplits) {
      splits.add(new SplitSource(List.of(), checkpoints));
    }
    return splits;
  }

  @Override
  public UnboundedReader<RecordBlock> createReader(
      PipelineOptions options, @Nullable KafkaCheckpointMark mark) {
    if (!readers.isEmpty()) {
      throw new IllegalStateException("only its splits can be read");
    }
    return new NothingToRead();
  }

  @Override
  public Coder<KafkaCheckpointMark> getCheckpointMarkCoder() {
    return checkpoints;
  }

  @Override
  public Coder<RecordBlock> getOutputCoder() {
    return RecordBlockCoder.of();
  }

  @Override
  public String toString() {
    return "SplitSource" + readers;
  }

  /** Is at its end. */
  private final class NothingToRead extends UnboundedReader<RecordBlock> {
    @Override
    public boolean start() {
      return false;
    }

    @Override
    public boolean advance() {
      return false;
    }

    @Override
    public RecordBlock getCurrent() {
      throw new NoSuchElementException();
    }

    @Override
    public Instant getCurrentTimestamp() {
      throw new NoSuchElementException();
    }

    @Override
    public Instant getWatermark() {
      return BoundedWindow.TIMESTAMP_MAX_VALUE;
    }

    @Override
    public CheckpointMark getCheckpointMark() {
      return CheckpointMark.NOOP_CHECKPOINT_MARK;
    }

    @Override
    public UnboundedSource<RecordBlock, ?> getCurrentSource() {
      return SplitSource.this;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
