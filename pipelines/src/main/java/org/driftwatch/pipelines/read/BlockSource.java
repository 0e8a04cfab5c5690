package org.driftwatch.pipelines.read;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.kafka.common.TopicPartition;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;

/**
 * KafkaIO's source, read in blocks: an element is a {@link RecordBlock} of what was there to be
 * read, not a single record. That takes the runners' price per element (on the DirectRunner a
 * bundle of ten, on Spark an encoding each) off the records.
 *
 * <p>It is never split: one reader has all partitions it was given, so that its watermark is the
 * earliest of them on every runner (the SparkRunner takes the latest of several splits' watermarks,
 * Beam #19411). Parallel reading is several of these, flattened; see {@link ReadStream}.
 *
 * <p>Reading begins at the offsets given, on every start: no consumer group, no committed offsets.
 */
final class BlockSource extends UnboundedSource<RecordBlock, KafkaCheckpointMark> {
  private static final long serialVersionUID = 1;

  private final String id = UUID.randomUUID().toString();
  private final UnboundedSource<KafkaRecord<byte[], byte[]>, KafkaCheckpointMark> records;
  private final SharedClock shared;
  private final String topic;
  private final TreeMap<Integer, Long> startOffsets;
  private final boolean reopened;

  /**
   * A source of some partitions.
   *
   * @param read KafkaIO's read, without partitions
   * @param shared the clock that the read's timestamp policies and consumers use
   * @param reopened whether the runner closes a reader now and then only to open it again
   */
  BlockSource(
      KafkaIO.Read<byte[], byte[]> read,
      SharedClock shared,
      String topic,
      Map<Integer, Long> startOffsets,
      boolean reopened) {
    this.shared = shared;
    this.topic = topic;
    this.startOffsets = new TreeMap<>(startOffsets);
    this.reopened = reopened;
    records =
        KafkaReads.source(
            read.withTopicPartitions(
                this.startOffsets.keySet().stream()
                    .map(partition -> new TopicPartition(topic, partition))
                    .toList()));
  }

  @Override
  public List<BlockSource> split(int desiredNumSplits, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<RecordBlock> createReader(
      PipelineOptions options, @Nullable KafkaCheckpointMark mark) throws IOException {
    KafkaCheckpointMark from = mark == null ? start() : mark;
    UnboundedReader<KafkaRecord<byte[], byte[]>> parked = ParkedReaders.take(id, from);
    return parked == null
        ? new BlockReader(this, records.createReader(options, from), false)
        : new BlockReader(this, parked, true);
  }

  private KafkaCheckpointMark start() {
    return new KafkaCheckpointMark(
        startOffsets.entrySet().stream()
            .map(
                start ->
                    new KafkaCheckpointMark.PartitionMark(
                        topic,
                        start.getKey(),
                        start.getValue(),
                        org.apache.beam.sdk.transforms.windowing.BoundedWindow.TIMESTAMP_MIN_VALUE
                            .getMillis()))
            .toList(),
        Optional.empty());
  }

  /** Names this source among all that are read in one process. */
  String id() {
    return id;
  }

  boolean isReopened() {
    return reopened;
  }

  String topic() {
    return topic;
  }

  SharedClock shared() {
    return shared;
  }

  @Override
  public Coder<KafkaCheckpointMark> getCheckpointMarkCoder() {
    return records.getCheckpointMarkCoder();
  }

  @Override
  public Coder<RecordBlock> getOutputCoder() {
    return RecordBlockCoder.of();
  }

  @Override
  public String toString() {
    return "BlockSource{" + topic + " from " + startOffsets + "}";
  }
}
