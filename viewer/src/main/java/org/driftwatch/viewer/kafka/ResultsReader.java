package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.driftwatch.viewer.kafka.Meanings.Heard;
import org.driftwatch.viewer.kafka.TopicWatch.Sight;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Connection.State;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.ResultMessage;
import org.driftwatch.viewer.model.ResultsListener;

/**
 * Reads the results topic, all partitions, outside any consumer group, on a thread of its own, and
 * reports to a listener: what is published from now on, and meanwhile the past, from its end to its
 * beginning, so that a long history keeps nobody waiting. It waits for Kafka and for the topic,
 * resumes where it was when a broker returns, and starts again when the topic was deleted and
 * created again. What Kafka refuses it tries again, with the file of client properties as it then
 * is. It ends by {@link #close()}, or by itself if the client properties are unusable or something
 * is thrown that nobody foresaw: then {@code onFailure} gets the reason.
 */
public final class ResultsReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Duration HEARD_LATELY = Duration.ofSeconds(5);
  private static final long RETRY_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 25;

  /** Hears that reading has ended by itself. */
  @FunctionalInterface
  public interface FailureListener {
    /** One line that says why. */
    void failed(String reason);
  }

  private final KafkaSettings settings;
  private final Meanings meanings;
  private final ResultsListener listener;
  private final FailureListener onFailure;
  private final boolean inOrder;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "results-reader");

  private Connection told;
  private KafkaConsumer<byte[], ByteBuffer> consumer;
  private Uuid topicId;
  private int partitions;

  /** Reads what was published before; null once it has. */
  private PastReader past;

  /** True while what is read again was told before: what is malformed of it is told already. */
  private boolean again;

  /** In the topic's order: where the past ends; empty once it is read. */
  private Map<TopicPartition, Long> pastEnds = Map.of();

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
    this(settings, only, listener, onFailure, false);
  }

  private ResultsReader(
      KafkaSettings settings,
      Optional<Detector> only,
      ResultsListener listener,
      FailureListener onFailure,
      boolean inOrder) {
    this.settings = settings;
    meanings = new Meanings(only);
    this.listener = listener;
    this.onFailure = onFailure;
    this.inOrder = inOrder;
    thread.setDaemon(true);
  }

  /** A reader that tells the past in the topic's order, too, before what is published now. */
  public static ResultsReader inOrder(
      KafkaSettings settings,
      Optional<Detector> only,
      ResultsListener listener,
      FailureListener onFailure) {
    return new ResultsReader(settings, only, listener, onFailure, true);
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
    } catch (Throwable e) {
      // Without this thread all that is shown would stand still and look healthy.
      fail(e);
    } finally {
      closeConsumer();
      meanings.close();
    }
  }

  private void fail(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    String where = trace.length == 0 ? "" : " at " + trace[0];
    String reason = "the reader of topic " + settings.topic() + " ended by " + e + where;
    try {
      tell(State.FAILED, reason + "; start the viewer again");
    } catch (RuntimeException | Error alsoFails) {
      // It may be the listener itself that fails: the one below is told all the same.
      e.addSuppressed(alsoFails);
    }
    onFailure.failed("viewer failed: " + reason);
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
      tellProgress();
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
    again = false;
    heardAt = System.nanoTime();
    topicId = topic.id();
    partitions = topic.partitions();
    consumer = Meanings.consumer(settings.consumer());
    List<TopicPartition> all = topicPartitions(0, partitions);
    try {
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all, ANSWER);
      if (inOrder) {
        pastEnds = ends;
        consumer.seekToBeginning(all);
      } else {
        ends.forEach(consumer::seek);
        past = new PastReader(settings.consumer(), ends);
      }
    } catch (KafkaException e) {
      return retryLater(e);
    }
    tell(State.READING_HISTORY, "topic " + where());
    return true;
  }

  private void tellProgress() {
    if (past != null) {
      tell(State.READING_HISTORY, past.percent() + " % of topic " + where());
    } else if (!pastEnds.isEmpty()) {
      tell(State.READING_HISTORY, "topic " + where());
    } else {
      tell(State.LIVE, "topic " + where());
    }
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

  private void poll() throws InterruptedException, IOException {
    try {
      ConsumerRecords<byte[], ByteBuffer> records =
          consumer.poll(past == null ? POLL : Duration.ZERO);
      Meanings.joined(meanings.begin(list(records))).forEach(this::tell);
      boolean news = !records.isEmpty();
      if (past != null) {
        news |= pollPast();
      } else if (!pastEnds.isEmpty() && atEnd(pastEnds)) {
        pastEnds = Map.of();
        tellProgress();
      }
      if (!records.isEmpty()) {
        heardAt = System.nanoTime();
      }
      if (news) {
        listener.batchEnded();
      }
      if (past == null && listener.lacksPast()) {
        again = true;
        past = new PastReader(settings.consumer(), positions());
        tellProgress();
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

  /** True if something was told: what is read is told once it is a whole stretch. */
  private boolean pollPast() {
    List<ConsumerRecord<byte[], ByteBuffer>> records = past.poll(POLL);
    past.keep(meanings.begin(records));
    if (!records.isEmpty()) {
      heardAt = System.nanoTime();
    }
    if (!past.isAtEndOfStretch()) {
      return false;
    }
    boolean last = past.isAtBeginning();
    past.takeNewestFirst().forEach(this::tellPast);
    if (last) {
      past.close();
      past = null;
    }
    tellProgress();
    return true;
  }

  private static List<ConsumerRecord<byte[], ByteBuffer>> list(
      ConsumerRecords<byte[], ByteBuffer> records) {
    List<ConsumerRecord<byte[], ByteBuffer>> list = new ArrayList<>(records.count());
    records.forEach(list::add);
    return list;
  }

  private Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      positions.put(partition, consumer.position(partition, ANSWER));
    }
    return positions;
  }

  private boolean atEnd(Map<TopicPartition, Long> ends) {
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      if (consumer.position(end.getKey(), ANSWER) < end.getValue()) {
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

  private void tell(Heard heard) {
    if (heard.meaning() instanceof ResultMessage.Window window) {
      listener.window(window.window(), heard.published());
    } else if (heard.meaning() instanceof ResultMessage.Deleted deleted) {
      listener.deleted(deleted.windowStart());
    } else {
      tellMalformed(heard);
    }
  }

  private void tellPast(Heard heard) {
    if (heard.meaning() instanceof ResultMessage.Window window) {
      listener.windowOfPast(window.window(), heard.published());
    } else if (heard.meaning() instanceof ResultMessage.Deleted deleted) {
      listener.deletedInPast(deleted.windowStart());
    } else if (!again) {
      tellMalformed(heard);
    }
  }

  private void tellMalformed(Heard heard) {
    if (heard.meaning() instanceof ResultMessage.Malformed malformed) {
      listener.malformed(
          new MalformedMessage(
              settings.topic(), heard.partition(), heard.offset(), malformed.reason()));
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
    if (past != null) {
      past.close();
      past = null;
    }
    pastEnds = Map.of();
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
