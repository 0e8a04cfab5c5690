package org.driftwatch.pipelines.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.clock.Clocks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer that KafkaIO asks, once a second, for the ends of its partitions. The answers go to
 * the clock, each as soon as it is there: a consumer's own question fails as a whole where a single
 * leader does not answer. Ends include open transactions: what they hold is still to come.
 *
 * <p>Used by KafkaIO's thread for offsets.
 */
final class EndsConsumer extends KafkaConsumer<byte[], byte[]> {
  private static final Logger LOG = LoggerFactory.getLogger(EndsConsumer.class);

  /** Below the second after which KafkaIO asks again. */
  private static final long PATIENCE_MILLIS = 800;

  private final Admin admin;
  private final SharedClock shared;
  private final Map<TopicPartition, Long> known = new ConcurrentHashMap<>();

  /** Takes over the administrator's connection, and closes it when it is closed. */
  EndsConsumer(Map<String, Object> settings, Admin admin, SharedClock shared) {
    super(settings);
    this.admin = admin;
    this.shared = shared;
  }

  /** The ends as far as they are known: of a partition whose leader does not answer, the last. */
  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    long askedAt = Clocks.SYSTEM.monotonicMillis();
    ListOffsetsResult answers =
        admin.listOffsets(
            partitions.stream()
                .collect(Collectors.toMap(Function.identity(), p -> OffsetSpec.latest())));
    KafkaFuture<?>[] told =
        partitions.stream()
            .map(p -> answers.partitionResult(p).thenApply(end -> tell(p, end.offset(), askedAt)))
            .toArray(KafkaFuture<?>[]::new);
    try {
      KafkaFuture.allOf(told).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Some ends are not known", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, known.getOrDefault(partition, 0L)));
    return ends;
  }

  private @Nullable Void tell(TopicPartition partition, long end, long askedAt) {
    known.put(partition, end);
    shared.clock().partition(partition.partition()).ifPresent(time -> time.end(end, askedAt));
    return null;
  }

  @Override
  public void close() {
    admin.close(java.time.Duration.ZERO);
    super.close();
  }
}
