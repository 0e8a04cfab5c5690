package org.driftwatch.pipelines.restart;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.KafkaClients;

/**
 * Where a run begins. Every record of every window from {@code firstWindow} on lies at or behind
 * the offsets, so all these windows are computed whole; windows before it are final, and what is
 * met of their records is left alone: a part of them must never replace the whole.
 *
 * @param offsets the offset to begin at, by partition
 * @param firstWindow start of the first window that is computed, ms since the epoch
 * @param incompleteBefore windows that start before this and are computed may lack records, because
 *     these had been deleted; ms since the epoch, 0 where nothing is missing
 */
public record StartingPoint(Map<Integer, Long> offsets, long firstWindow, long incompleteBefore) {

  /** Keeps a copy of the offsets. */
  public StartingPoint {
    offsets = new TreeMap<>(offsets);
  }

  /**
   * Asks a stream for starting points. May be used by one thread.
   *
   * @param admin connection to Kafka
   * @param clients make the consumer that looks at the oldest records, where some were deleted
   * @param topic the stream's topic
   * @param windowMillis length of the windows, ms
   * @param delayMillis how far out of order records may be without being late, ms
   * @param clock the wall clock: records stamped ahead of it move no starting point
   */
  public record Finder(
      Admin admin,
      KafkaClients clients,
      String topic,
      long windowMillis,
      long delayMillis,
      Clock clock) {

    /** Everything that is there. */
    public StartingPoint earliest() throws ExecutionException, InterruptedException {
      Map<Integer, Long> offsets = StartOffsets.earliest(admin, topic);
      return new StartingPoint(offsets, 0, deletedBefore(offsets, 0));
    }

    /**
     * What comes from now on: from the first window that no record has been sent for yet, but for
     * records stamped ahead of the clock.
     */
    public StartingPoint latest() throws ExecutionException, InterruptedException {
      Map<Integer, Long> offsets = StartOffsets.latest(admin, topic);
      long largest = Math.min(StartOffsets.largestTimestamp(admin, topic), clock.millis());
      return new StartingPoint(offsets, largest < 0 ? 0 : start(largest) + windowMillis, 0);
    }

    /** The window that holds the time, and all that follow. */
    public StartingPoint at(long timeMillis) throws ExecutionException, InterruptedException {
      long firstWindow = start(Math.max(0, timeMillis));
      Map<Integer, Long> offsets = StartOffsets.first(admin, topic, firstWindow);
      return new StartingPoint(offsets, firstWindow, deletedBefore(offsets, firstWindow));
    }

    /**
     * What an earlier run left undone: back from its latest published window by as much as records
     * may still have refined what was published before. Windows are published in their order, so
     * all before are done. Published windows whose records have been deleted since are left as they
     * are.
     *
     * @param publishedEnd end of the latest window that was published, ms since the epoch
     * @param latenessMillis how far before that end records may have refined windows, beyond the
     *     delay, ms
     */
    public StartingPoint behind(long publishedEnd, long latenessMillis)
        throws ExecutionException, InterruptedException {
      StartingPoint point = at(publishedEnd - delayMillis - latenessMillis);
      long whole = Math.min(point.incompleteBefore(), publishedEnd);
      return whole <= point.firstWindow()
          ? point
          : new StartingPoint(point.offsets(), whole, point.incompleteBefore());
    }

    /**
     * How long before the latest published window's start the first window may start that a run
     * computes again, at most.
     *
     * @param latenessMillis as in {@link #behind}
     */
    long goesBackMillis(long latenessMillis) {
      return latenessMillis + delayMillis + windowMillis;
    }

    /** Whether this run has a window with these ends. */
    boolean hasWindow(WindowSummary.Span span) {
      long begin = span.start().toEpochMilli();
      return span.end().toEpochMilli() - begin == windowMillis && begin == start(begin);
    }

    /**
     * Windows before this may lack records: where the first record wanted is among the oldest that
     * a partition still has, others may have stood before them. Of a partition that has none left
     * nothing is known: any record until now may have been among those deleted.
     */
    private long deletedBefore(Map<Integer, Long> wanted, long firstWindow)
        throws ExecutionException, InterruptedException {
      Map<TopicPartition, Long> oldest = new HashMap<>();
      StartOffsets.earliest(admin, topic)
          .forEach(
              (partition, left) -> {
                if (left > 0 && wanted.get(partition) - left < OldestRecords.LOOKED_AT) {
                  oldest.put(new TopicPartition(topic, partition), left);
                }
              });
      if (oldest.isEmpty()) {
        return 0;
      }
      long now = clock.millis();
      long before = 0;
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              clients.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        for (OptionalLong time : OldestRecords.times(consumer, oldest, delayMillis, now)) {
          before = Math.max(before, start(time.orElse(now) + delayMillis) + windowMillis);
        }
      }
      return before <= firstWindow ? 0 : before;
    }

    private long start(long timeMillis) {
      return timeMillis - timeMillis % windowMillis;
    }
  }
}
