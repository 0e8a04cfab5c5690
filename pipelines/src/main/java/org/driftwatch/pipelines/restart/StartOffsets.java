package org.driftwatch.pipelines.restart;

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
   * The offset of each partition's first record stamped {@code timeMillis} or later; that behind
   * the last record where there is none.
   */
  public static Map<Integer, Long> first(Admin admin, String topic, long timeMillis)
      throws ExecutionException, InterruptedException {
    Map<Integer, Long> first =
        offsets(admin, topic, partition -> OffsetSpec.forTimestamp(timeMillis));
    Map<Integer, Long> latest = latest(admin, topic);
    first.replaceAll((partition, offset) -> offset < 0 ? latest.get(partition) : offset);
    return first;
  }

  /** The largest timestamp in the topic, ms since the epoch; -1 where there are no records. */
  public static long largestTimestamp(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    return ask(admin, topic, partition -> OffsetSpec.maxTimestamp()).values().stream()
        .mapToLong(ListOffsetsResultInfo::timestamp)
        .max()
        .orElse(-1);
  }

  private static Map<Integer, Long> offsets(
      Admin admin, String topic, Function<TopicPartition, OffsetSpec> spec)
      throws ExecutionException, InterruptedException {
    Map<Integer, Long> offsets = new TreeMap<>();
    ask(admin, topic, spec).forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private static Map<Integer, ListOffsetsResultInfo> ask(
      Admin admin, String topic, Function<TopicPartition, OffsetSpec> spec)
      throws ExecutionException, InterruptedException {
    TopicDescription description =
        admin.describeTopics(java.util.List.of(topic)).allTopicNames().get().get(topic);
    Map<TopicPartition, OffsetSpec> asked =
        description.partitions().stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .collect(Collectors.toMap(Function.identity(), spec));
    Map<Integer, ListOffsetsResultInfo> answers = new TreeMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get()
        .forEach((partition, info) -> answers.put(partition.partition(), info));
    return answers;
  }
}
