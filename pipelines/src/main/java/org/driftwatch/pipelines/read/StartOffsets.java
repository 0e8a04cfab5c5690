package org.driftwatch.pipelines.read;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Where to begin reading a topic: an offset for each of its partitions. */
public final class StartOffsets {
  private StartOffsets() {}

  /** The first offset of each partition. */
  public static Map<Integer, Long> earliest(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return offsets(admin, topic, partition -> OffsetSpec.earliest());
  }

  /** The offset behind the last record of each partition. */
  public static Map<Integer, Long> latest(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return offsets(admin, topic, partition -> OffsetSpec.latest());
  }

  /**
   * The offset of each partition's first record stamped {@code time} or later; behind the last
   * where there is none.
   */
  public static Map<Integer, Long> at(Admin admin, String topic, Instant time)
      throws ExecutionException, InterruptedException {
    Map<Integer, Long> found =
        offsets(admin, topic, partition -> OffsetSpec.forTimestamp(time.toEpochMilli()));
    Map<Integer, Long> latest = latest(admin, topic);
    found.replaceAll((partition, offset) -> offset < 0 ? latest.get(partition) : offset);
    return found;
  }

  private static Map<Integer, Long> offsets(
      Admin admin, String topic, Function<TopicPartition, OffsetSpec> spec)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(java.util.List.of(topic)).allTopicNames().get().get(topic);
    Map<TopicPartition, OffsetSpec> asked =
        description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toMap(Function.identity(), spec));
    Map<Integer, Long> offsets = new TreeMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResultInfo> e :
        admin.listOffsets(asked).all().get().entrySet()) {
      offsets.put(e.getKey().partition(), e.getValue().offset());
    }
    return offsets;
  }
}
