package org.driftwatch.viewer.kafka;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.ResultMessage;

/**
 * Finds out what messages mean while the caller fetches the next ones, on all cores but the
 * caller's. Where that is behind, the caller does a part itself, so that few messages wait: their
 * bytes are many. For one thread.
 */
final class Meanings implements AutoCloseable {
  /** Messages that are read in one go. */
  private static final int PIECE = 64;

  private static final int WAITING = 2;

  private final Optional<Detector> only;
  private final ThreadPoolExecutor helpers;

  /** What a message means, and where it lies; its bytes are not kept. */
  record Heard(ResultMessage meaning, int partition, long offset, Instant published) {}

  /**
   * Meanings of results.
   *
   * @param only the detector whose results alone are taken, others being malformed; empty for any
   */
  Meanings(Optional<Detector> only) {
    this.only = only;
    int number = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    helpers =
        new ThreadPoolExecutor(
            number,
            number,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "results-parser");
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());
    helpers.allowCoreThreadTimeOut(true);
  }

  /** A consumer of messages; their values are not copied once more. */
  static KafkaConsumer<byte[], ByteBuffer> consumer(Map<String, Object> config) {
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteBufferDeserializer());
  }

  /** Begins to read messages; {@link #joined} gives what they mean, in the same order. */
  List<CompletableFuture<List<Heard>>> begin(List<ConsumerRecord<byte[], ByteBuffer>> messages) {
    List<CompletableFuture<List<Heard>>> pieces = new ArrayList<>();
    for (int from = 0; from < messages.size(); from += PIECE) {
      List<ConsumerRecord<byte[], ByteBuffer>> piece =
          messages.subList(from, Math.min(messages.size(), from + PIECE));
      pieces.add(CompletableFuture.supplyAsync(() -> read(piece), helpers));
    }
    return pieces;
  }

  /** Reads a few messages at once. */
  List<Heard> read(List<ConsumerRecord<byte[], ByteBuffer>> messages) {
    List<Heard> heard = new ArrayList<>(messages.size());
    for (ConsumerRecord<byte[], ByteBuffer> message : messages) {
      heard.add(
          new Heard(
              ResultMessage.read(message.key(), message.value(), only),
              message.partition(),
              message.offset(),
              Instant.ofEpochMilli(message.timestamp())));
    }
    return heard;
  }

  /** What all these messages mean, as soon as it is known. */
  static List<Heard> joined(List<CompletableFuture<List<Heard>>> pieces) {
    List<Heard> heard = new ArrayList<>();
    for (CompletableFuture<List<Heard>> piece : pieces) {
      heard.addAll(piece.join());
    }
    return heard;
  }

  @Override
  public void close() {
    helpers.shutdown();
  }
}
