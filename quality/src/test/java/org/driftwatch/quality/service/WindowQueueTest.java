package org.driftwatch.quality.service;

import static org.awaitility.Awaitility.await;
import static org.driftwatch.quality.service.ServiceRun.PATIENCE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class WindowQueueTest {
  private static final TopicPartition FIRST = new TopicPartition("results", 0);
  private static final TopicPartition SECOND = new TopicPartition("results", 1);

  private final Map<TopicPartition, Long> positions = new HashMap<>(Map.of(FIRST, 0L, SECOND, 0L));
  private final Map<TopicPartition, Long> lags = new HashMap<>(Map.of(FIRST, 0L, SECOND, 0L));

  private WindowQueue queue(long first, long second) {
    return new WindowQueue(Map.of(FIRST, first, SECOND, second), positions::get, lags::get);
  }

  private void read(WindowQueue queue, TopicPartition partition, int... windows) {
    for (int window : windows) {
      long offset = positions.merge(partition, 1L, Long::sum) - 1;
      queue.add(
          new WindowQueue.Entry(
              Windows.start(window),
              new ConsumerRecord<>(
                  "results", partition.partition(), offset, new byte[0], new byte[10])));
    }
  }

  private static List<Integer> taken(WindowQueue queue) {
    List<Integer> taken = new ArrayList<>();
    for (Optional<WindowQueue.Entry> next = queue.next(); next.isPresent(); next = queue.next()) {
      long seconds = next.get().start().getEpochSecond() - Windows.START.getEpochSecond();
      taken.add((int) seconds / Windows.SECONDS);
    }
    return taken;
  }

  @Test
  void aBacklogOfTwoPartitionsComesInTheOrderOfItsWindows() {
    WindowQueue queue = queue(3, 3);
    read(queue, FIRST, 0, 3, 4);
    assertThat(taken(queue), is(List.of()));
    read(queue, SECOND, 1, 2);
    assertThat(taken(queue), contains(0, 1, 2));
    assertThat(queue.taken(), is(Map.of(FIRST, 1L, SECOND, 2L)));
    read(queue, SECOND, 5);
    assertThat(queue.isCatchingUp(), is(true));
    assertThat(taken(queue), contains(3, 4, 5));
    assertThat(queue.isCatchingUp(), is(false));
  }

  @Test
  void aPartitionWithoutAnythingHoldsNobodyBack() {
    WindowQueue queue = queue(0, 0);
    read(queue, FIRST, 0, 1);
    assertThat(taken(queue), contains(0, 1));
  }

  @Test
  void aPartitionThatHasMoreIsWaitedForButNotForEver() {
    WindowQueue queue = queue(0, 0);
    lags.put(SECOND, 1L);
    read(queue, FIRST, 1);
    assertThat(taken(queue), is(List.of()));
    await().atMost(PATIENCE).until(() -> taken(queue), is(List.of(1)));
    lags.put(SECOND, 0L);
    read(queue, FIRST, 3);
    read(queue, SECOND, 2);
    assertThat(taken(queue), contains(2, 3));
  }

  @Test
  void aPartitionFarAheadIsFull() {
    WindowQueue queue = queue(1, 1);
    assertThat(queue.isFull(FIRST), is(false));
    for (int i = 0; i < 50_000; i++) {
      read(queue, FIRST, i);
    }
    assertThat(queue.isFull(FIRST), is(true));
  }
}
