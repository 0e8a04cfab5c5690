package org.driftwatch.pipelines.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.block.RecordBlock;

/**
 * Reads the topic {@code stream} from given offsets, in blocks. Event time is the Kafka record
 * timestamp; the watermark is the time of {@link org.driftwatch.pipelines.clock.StreamClock} less a
 * delay.
 */
public final class ReadStream extends PTransform<PBegin, PCollection<RecordBlock>> {
  private static final long serialVersionUID = 1;

  private final String topic;
  private final TreeMap<Integer, Long> startOffsets;
  private final KafkaClients clients;
  private final StreamTiming timing;
  private final int readers;
  private final boolean asSplits;

  /**
   * A read of all partitions named.
   *
   * @param startOffsets the offset to begin at, by partition
   * @param clients makes the consumers, where they read
   * @param timing of the windows that the records go to
   * @param readers how many there are; each has its share of the partitions. Spark has each read in
   *     turn, since its driver waits for one before it asks the next
   * @param asSplits whether they are splits of one source; for runners only whose watermark is the
   *     earliest of its splits', such as Flink
   */
  public ReadStream(
      String topic,
      Map<Integer, Long> startOffsets,
      KafkaClients clients,
      StreamTiming timing,
      int readers,
      boolean asSplits) {
    this.topic = topic;
    this.startOffsets = new TreeMap<>(startOffsets);
    this.clients = clients;
    this.timing = timing;
    this.readers = Math.min(readers, startOffsets.size());
    this.asSplits = asSplits;
  }

  @Override
  public PCollection<RecordBlock> expand(PBegin input) {
    SharedClock shared = new SharedClock(timing);
    List<BlockSource> sources = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      sources.add(new BlockSource(read(shared), shared, topic, share(reader), !asSplits));
    }
    if (asSplits) {
      return input.apply("Readers", Read.from(new SplitSource(sources)));
    }
    List<PCollection<RecordBlock>> blocks = new ArrayList<>();
    for (int reader = 0; reader < readers; reader++) {
      blocks.add(input.apply("Reader " + reader, Read.from(sources.get(reader))));
    }
    return blocks.size() == 1
        ? blocks.get(0)
        : PCollectionList.of(blocks).apply("All readers", Flatten.pCollections());
  }

  private Map<Integer, Long> share(int reader) {
    Map<Integer, Long> share = new TreeMap<>();
    int i = 0;
    for (Map.Entry<Integer, Long> partition : startOffsets.entrySet()) {
      if (i++ % readers == reader) {
        share.put(partition.getKey(), partition.getValue());
      }
    }
    return share;
  }

  private KafkaIO.Read<byte[], byte[]> read(SharedClock shared) {
    return KafkaIO.<byte[], byte[]>read()
        .withBootstrapServers(clients.access().servers())
        .withConsumerConfigUpdates(KafkaClients.consumerDefaults())
        .withConsumerFactoryFn(new StreamConsumers(clients, shared))
        .withKeyDeserializer(ByteArrayDeserializer.class)
        .withValueDeserializer(ByteArrayDeserializer.class)
        .withTimestampPolicyFactory(new StreamClockPolicy.Factory(shared));
  }
}
