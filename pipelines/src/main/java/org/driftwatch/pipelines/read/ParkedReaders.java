package org.driftwatch.pipelines.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.UnboundedSource.UnboundedReader;
import org.apache.beam.sdk.io.kafka.KafkaCheckpointMark;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps readers that a runner closed for a while: some runners close a reader now and then only to
 * open it again at the very same position (the DirectRunner to try resuming, Spark after a slow
 * batch; Flink does not), and each new Kafka consumer costs tens of milliseconds and what was
 * already fetched. A parked reader is handed back only at exactly the position it stands at. Safe
 * for use by several threads.
 */
final class ParkedReaders {
  private static final Logger LOG = LoggerFactory.getLogger(ParkedReaders.class);
  private static final long KEEP_SECONDS = 20;
  private static final Map<String, Parked> PARKED = new HashMap<>();
  private static final ScheduledExecutorService EXPIRY =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "parked-readers");
            thread.setDaemon(true);
            return thread;
          });

  private record Parked(
      UnboundedReader<KafkaRecord<byte[], byte[]>> reader, ScheduledFuture<?> expiry) {}

  private ParkedReaders() {}

  /** Keeps a reader of this source; one kept before is closed. */
  static void park(String sourceId, UnboundedReader<KafkaRecord<byte[], byte[]>> reader) {
    Parked previous;
    synchronized (PARKED) {
      ScheduledFuture<?> expiry =
          EXPIRY.schedule(() -> expire(sourceId, reader), KEEP_SECONDS, TimeUnit.SECONDS);
      previous = PARKED.put(sourceId, new Parked(reader, expiry));
    }
    if (previous != null) {
      previous.expiry().cancel(false);
      closeLater(previous.reader());
    }
  }

  /** The reader kept for this source if it stands at this mark, else null. */
  static @Nullable UnboundedReader<KafkaRecord<byte[], byte[]>> take(
      String sourceId, KafkaCheckpointMark mark) {
    Parked parked;
    synchronized (PARKED) {
      parked = PARKED.remove(sourceId);
    }
    if (parked == null) {
      return null;
    }
    parked.expiry().cancel(false);
    if (positions((KafkaCheckpointMark) parked.reader().getCheckpointMark())
        .equals(positions(mark))) {
      return parked.reader();
    }
    closeLater(parked.reader());
    return null;
  }

  private static void expire(String sourceId, UnboundedReader<KafkaRecord<byte[], byte[]>> reader) {
    synchronized (PARKED) {
      Parked parked = PARKED.get(sourceId);
      if (parked == null || parked.reader() != reader) {
        return;
      }
      PARKED.remove(sourceId);
    }
    close(reader);
  }

  /**
   * Where a broker does not answer a consumer takes half a minute to close: nobody waits for it.
   */
  private static void closeLater(UnboundedReader<?> reader) {
    EXPIRY.execute(() -> close(reader));
  }

  private static void close(UnboundedReader<?> reader) {
    try {
      reader.close();
    } catch (IOException e) {
      LOG.warn("An unused Kafka reader did not close: {}", e.getMessage(), e);
    }
  }

  private static List<String> positions(KafkaCheckpointMark mark) {
    return mark.getPartitions().stream()
        .map(p -> p.getTopic() + "-" + p.getPartition() + "@" + p.getNextOffset())
        .toList();
  }
}
