package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.driftwatch.viewer.kafka.TopicWatch.Sight;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.ResultMessage;
import org.driftwatch.viewer.model.ResultsListener;

/**
 * Reads the results topic from its beginning, all partitions, outside any consumer group, on a
 * thread of its own, and reports to a listener. It waits for Kafka and for the topic, resumes where
 * it was when a broker returns, and starts again when the topic was deleted and created again. What
 * Kafka refuses it tries again, with the file of client properties as it then is. It ends by {@link
 * #close()}, or at once if the client properties are unusable: then {@code onFailure} gets the
 * reason.
 */
public final class ResultsReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration HEARD_LATELY = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 25;

  /** Messages of a partition's end that are shown before a longer history is read. */
  private static final int AHEAD = 30;

  /** Hears that reading cannot begin at all. */
  @FunctionalInterface
  public interface FailureListener {
    /** One line that says why. */
    void failed(String reason);
  }

  private final KafkaSettings settings;
  private final Optional<Detector> only;
  private final ResultsListener listener;
  private final FailureListener onFailure;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "results-reader");

  private Connection told;
  private KafkaConsumer<byte[], byte[]> consumer;
  private Uuid topicId;
  private int partitions;
  private Map<TopicPartition, Long> historyEnds = Map.of();
  private Map<TopicPartition, Long> historyStarts = Map.of();

  /** True while the topic's end is read, before its history. */
  private boolean ahead;

  private boolean live;
  private long heardAt;
  private boolean seen;

  /**
   * A reader that {@link #start()} sets going.
   *
   * @param only the detector whose results alone are taken, others being malformed; empty for any
   */
  public ResultsReader(
      KafkaSettings settings,
      Optional<Detector> only,
      ResultsListener listener,
      FailureListener onFailure) {
    this.settings = settings;
    this.only = only;
    this.listener = listener;
    this.onFailure = onFailure;
    thread.setDaemon(true);
  }

  /** The connection before the first word from Kafka. */
  public static Connection initial(KafkaSettings settings) {
    return new Connection(
        State.WAITING_FOR_KAFKA, "connecting to Kafka at " + settings.bootstrap());
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Ends the thread and waits for it, some seconds at most. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    tell(initial(settings).state(), initial(settings).detail());
    try {
      while (stopAfter(0)) {
        Optional<String> unresolved = settings.unresolvedServer();
        if (unresolved.isPresent()) {
          tell(
              State.WAITING_FOR_KAFKA,
              "the host name " + unresolved.get() + " does not resolve; trying again");
          stopAfter(RETRY_MILLIS);
          continue;
        }
        try (TopicWatch watch = new TopicWatch(settings)) {
          follow(watch);
        } catch (IOException e) {
          // The file was there at the start: somebody is at work on it.
          refused(e.getMessage());
        } catch (KafkaException e) {
          if (told.state() != State.REFUSED && !seen) {
            throw e;
          }
          refused(settings.access().refusal(e).orElseGet(() -> reason(e)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (KafkaException e) {
      onFailure.failed(settings.access().refusal(e).orElse("Kafka client settings: " + reason(e)));
    } finally {
      closeConsumer();
    }
  }

  /** Waits; false if the reader is to end. */
  private boolean stopAfter(long millis) throws InterruptedException {
    return !stop.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Until the end, or until Kafka refuses: then new clients are made, with the file as it is. */
  private void follow(TopicWatch watch) throws InterruptedException, IOException {
    while (stopAfter(consumer == null ? LOOK_MILLIS : 0)) {
      Optional<Sight> sight = watch.look();
      if (sight.isPresent() && sight.get() instanceof Sight.Refused refused) {
        refused(refused.reason());
        return;
      }
      if (sight.isPresent() && !heed(sight.get())) {
        stopAfter(RETRY_MILLIS);
      }
      if (consumer != null) {
        poll();
      }
    }
  }

  private void refused(String reason) throws InterruptedException {
    closeConsumer();
    tell(State.REFUSED, reason + "; trying again");
    stopAfter(RETRY_MILLIS);
  }

  /** Acts on what Kafka says of the topic; false if it is better tried again later. */
  private boolean heed(Sight sight) throws IOException {
    if (sight instanceof Sight.Present topic) {
      if (consumer == null || !topic.id().equals(topicId)) {
        return open(topic);
      }
      if (topic.partitions() > partitions) {
        return openFurther(topic.partitions());
      }
      if (live) {
        tell(State.LIVE, "topic " + where());
      } else {
        tell(State.READING_HISTORY, progress() + " % of topic " + where());
      }
    } else if (sight instanceof Sight.Absent) {
      closeConsumer();
      if (seen) {
        tell(
            State.TOPIC_GONE,
            "topic "
                + where()
                + " was deleted; showing what it held, waiting for it to be created again");
      } else {
        tell(
            State.WAITING_FOR_TOPIC,
            "topic " + where() + " does not exist yet; the pipeline creates it");
      }
    } else if (sight instanceof Sight.NoAnswer none && !heardLately()) {
      tell(
          seen ? State.KAFKA_LOST : State.WAITING_FOR_KAFKA,
          "Kafka at " + settings.bootstrap() + ": " + none.reason() + "; trying again");
    }
    return true;
  }

  /** A busy broker that answers late but sends messages is not lost. */
  private boolean heardLately() {
    return consumer != null && System.nanoTime() - heardAt < HEARD_LATELY.toNanos();
  }

  private String where() {
    return settings.topic() + " at " + settings.bootstrap();
  }

  private boolean open(Sight.Present topic) throws IOException {
    closeConsumer();
    if (seen) {
      listener.restarted();
    }
    seen = true;
    live = false;
    heardAt = System.nanoTime();
    topicId = topic.id();
    partitions = topic.partitions();
    consumer = new KafkaConsumer<>(settings.consumer());
    List<TopicPartition> all = topicPartitions(0, partitions);
    try {
      consumer.assign(all);
      historyEnds = consumer.endOffsets(all, ANSWER);
      historyStarts = consumer.beginningOffsets(all, ANSWER);
      historyEnds.forEach(
          (partition, end) ->
              consumer.seek(partition, Math.max(historyStarts.get(partition), end - AHEAD)));
      ahead = 10L * AHEAD * all.size() < historyMessages();
      if (!ahead) {
        historyStarts.forEach(consumer::seek);
      }
    } catch (KafkaException e) {
      return retryLater(e);
    }
    tell(State.READING_HISTORY, "topic " + where());
    return true;
  }

  /** Percent of the history read. */
  private long progress() {
    long read = 0;
    for (Map.Entry<TopicPartition, Long> start : historyStarts.entrySet()) {
      read += ahead ? 0 : consumer.position(start.getKey(), ANSWER) - start.getValue();
    }
    return Math.min(100, 100 * read / Math.max(1, historyMessages()));
  }

  private long historyMessages() {
    long messages = 0;
    for (Map.Entry<TopicPartition, Long> end : historyEnds.entrySet()) {
      messages += end.getValue() - historyStarts.get(end.getKey());
    }
    return messages;
  }

  private boolean openFurther(int more) {
    try {
      consumer.assign(topicPartitions(0, more));
      consumer.seekToBeginning(topicPartitions(partitions, more));
      partitions = more;
      return true;
    } catch (KafkaException e) {
      return retryLater(e);
    }
  }

  private List<TopicPartition> topicPartitions(int from, int to) {
    List<TopicPartition> list = new ArrayList<>();
    for (int partition = from; partition < to; partition++) {
      list.add(new TopicPartition(settings.topic(), partition));
    }
    return list;
  }

  private void poll() throws InterruptedException {
    try {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      hear(records);
      if (!records.isEmpty()) {
        heardAt = System.nanoTime();
        listener.batchEnded();
      }
      if (live || !atEnd(historyEnds.keySet())) {
        return;
      }
      if (ahead) {
        ahead = false;
        historyStarts.forEach(consumer::seek);
      } else {
        live = true;
        tell(State.LIVE, "topic " + where());
      }
    } catch (InvalidOffsetException e) {
      // The log is shorter than it was, or was cut at its head: only the whole of it is the truth.
      closeConsumer();
    } catch (RetriableException e) {
      stopAfter(LOOK_MILLIS);
    } catch (KafkaException e) {
      retryLater(e);
      stopAfter(RETRY_MILLIS);
    }
  }

  private boolean atEnd(Collection<TopicPartition> all) {
    for (TopicPartition partition : all) {
      if (consumer.position(partition, ANSWER) < historyEnds.get(partition)) {
        return false;
      }
    }
    return true;
  }

  private boolean retryLater(KafkaException e) {
    closeConsumer();
    Optional<String> refusal = settings.access().refusal(e, settings.topic());
    tell(
        refusal.isPresent() ? State.REFUSED : seen ? State.KAFKA_LOST : State.WAITING_FOR_KAFKA,
        refusal.orElseGet(() -> "Kafka at " + settings.bootstrap() + ": " + reason(e))
            + "; trying again");
    return false;
  }

  /** One message and what it means. */
  private record Heard(ConsumerRecord<byte[], byte[]> message, ResultMessage meaning) {}

  /** Messages are parsed in parallel, on all cores, and reported in the topic's order. */
  private void hear(ConsumerRecords<byte[], byte[]> records) {
    List<Heard> heard =
        StreamSupport.stream(records.spliterator(), false).toList().parallelStream()
            .map(
                message ->
                    new Heard(message, ResultMessage.read(message.key(), message.value(), only)))
            .toList();
    heard.forEach(this::tell);
  }

  private void tell(Heard heard) {
    ConsumerRecord<byte[], byte[]> message = heard.message();
    if (heard.meaning() instanceof ResultMessage.Window window) {
      Instant published = Instant.ofEpochMilli(message.timestamp());
      if (ahead) {
        listener.windowAhead(window.window(), published);
      } else {
        listener.window(window.window(), published);
      }
    } else if (ahead) {
      return;
    } else if (heard.meaning() instanceof ResultMessage.Deleted deleted) {
      listener.deleted(deleted.windowStart());
    } else if (heard.meaning() instanceof ResultMessage.Malformed malformed) {
      listener.malformed(
          new MalformedMessage(
              message.topic(), message.partition(), message.offset(), malformed.reason()));
    }
  }

  private void tell(State state, String detail) {
    Connection now = new Connection(state, detail);
    if (!now.equals(told)) {
      told = now;
      listener.connection(now);
    }
  }

  private void closeConsumer() {
    if (consumer != null) {
      consumer.close(Duration.ZERO);
      consumer = null;
    }
  }

  private static String reason(KafkaException e) {
    return e.getCause() == null || e.getCause().getMessage() == null
        ? e.getMessage()
        : e.getMessage() + ": " + e.getCause().getMessage();
  }
}
