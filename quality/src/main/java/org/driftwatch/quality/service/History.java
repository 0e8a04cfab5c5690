package org.driftwatch.quality.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.driftwatch.detector.WindowSummary;

/** Reads a stretch of the results, window by window in their order. */
final class History {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private History() {}

  /**
   * Shows the windows between offsets. The consumer is left assigned to the partitions.
   *
   * @param messages hears of every message as it comes
   * @throws TimeoutException where nothing comes for 20 s
   */
  static void show(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Inbox inbox,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> to,
      Consumer<WindowSummary> listener,
      Consumer<ConsumerRecord<byte[], byte[]>> messages) {
    consumer.assign(to.keySet());
    from.forEach(consumer::seek);
    WindowQueue queue = new WindowQueue(to, consumer::position, partition -> 0);
    long heardAt = System.nanoTime();
    while (queue.isCatchingUp()) {
      if (System.nanoTime() - heardAt > PATIENCE.toNanos()) {
        throw new TimeoutException("no results for " + PATIENCE.toSeconds() + " s");
      }
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(POLL)) {
        heardAt = System.nanoTime();
        if (message.offset() < to.get(new TopicPartition(message.topic(), message.partition()))) {
          messages.accept(message);
          inbox.window(message).ifPresent(queue::add);
        }
      }
      for (Optional<WindowQueue.Entry> next = queue.next(); next.isPresent(); next = queue.next()) {
        inbox.summary(next.get()).ifPresent(listener);
      }
      pauseWhatIsFull(consumer, queue);
    }
  }

  /** A partition that is far ahead of the others waits in Kafka. */
  static void pauseWhatIsFull(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer, WindowQueue queue) {
    for (TopicPartition partition : queue.partitions()) {
      if (queue.isFull(partition)) {
        consumer.pause(List.of(partition));
      } else {
        consumer.resume(List.of(partition));
      }
    }
  }
}
