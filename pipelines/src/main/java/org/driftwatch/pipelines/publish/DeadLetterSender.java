package org.driftwatch.pipelines.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.parse.RejectedRecord;

/**
 * Sends malformed records, and fails with none of them. What the topic refuses is sent once more
 * without its bytes; what it refuses then, and everything while the topic cannot be written, is
 * lost, counted and logged. Where Kafka as a whole does not answer it is waited for, as results
 * wait for it: the records of an outage are not lost.
 *
 * <p>Belongs to one thread; what it knows of a topic that cannot be written it shares with all
 * others in the process.
 */
final class DeadLetterSender implements AutoCloseable {
  /** How long an answer is waited for before Kafka is asked whether the topic can be written. */
  private static final int PATIENCE_MILLIS = 5_000;

  /** How often Kafka may say that the topic can be written, before waiting for it ends. */
  private static final int ANSWERS = 4;

  /** Largest batch of several records, bytes. */
  private static final int BATCH_BYTES = 16 << 10;

  /** How long Kafka is waited for where it does not answer at all. */
  private static final long OUTAGE_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** A record is sent whole, whole again where others in its batch were at fault, and bare. */
  private static final int TRIES = 3;

  /** By servers and topic: a runner may make a sender for each bundle. */
  private static final Map<String, DeadLetterLosses> LOSSES = new ConcurrentHashMap<>();

  private final String topic;
  private final KafkaClients clients;
  private final TopicLimits limits;
  private final DeadLetterLosses losses;
  private @Nullable Outbox<byte[]> outbox;

  /** A sender to this topic; it connects when there is something to send. */
  DeadLetterSender(String topic, KafkaClients clients, TopicLimits limits) {
    this.topic = topic;
    this.clients = clients;
    this.limits = limits;
    losses =
        LOSSES.computeIfAbsent(
            clients.access().servers() + "/" + topic, place -> new DeadLetterLosses(topic));
  }

  /** A record on its way. */
  private record Letter(RejectedRecord record, boolean bare, int tries) {}

  /** The topic takes nothing now; the message says why. */
  private static final class UnwritableException extends Exception {
    private static final long serialVersionUID = 1;

    UnwritableException(String why) {
      super(why);
    }
  }

  /**
   * Sends records, and returns when each is acknowledged or lost.
   *
   * @return how many are lost
   * @throws InterruptedException where the runner ends the work
   */
  int send(List<RejectedRecord> records) throws InterruptedException {
    if (losses.isUnwritable() && !losses.isTurnToTry()) {
      losses.lost(records.size());
      return records.size();
    }
    List<Letter> letters = new ArrayList<>();
    records.forEach(record -> letters.add(new Letter(record, false, 0)));
    int refused = 0;
    try {
      if (losses.isUnwritable()) {
        // Asked first: no record waits for a topic that is still gone.
        new Patience().ask();
      }
      Outbox<byte[]> connected = connected();
      while (!letters.isEmpty()) {
        refused += send(connected, letters);
      }
      losses.written();
      return refused;
    } catch (InterruptException e) {
      throw asInterrupted(e);
    } catch (UnwritableException | KafkaException e) {
      abandon();
      losses.unwritable(letters.size(), String.valueOf(e.getMessage()));
      return refused + letters.size();
    }
  }

  /**
   * What a runner expects where it ends the work; Kafka's clients have an exception of their own.
   */
  private static InterruptedException asInterrupted(InterruptException e) {
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }

  private Outbox<byte[]> connected() throws UnwritableException, InterruptedException {
    Outbox<byte[]> connected = outbox;
    if (connected == null) {
      Map<String, Object> settings = clients.producer();
      settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS);
      // A batch that is too large is split into batches of this size, again and again.
      settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Math.min(BATCH_BYTES, limits.maxBytes()));
      connected = new Outbox<>(topic, settings, new ByteArraySerializer());
      outbox = connected;
    }
    Patience patience = new Patience();
    while (true) {
      try {
        // Once for all of them: each record would wait for a topic that is not known.
        connected.partitions();
        return connected;
      } catch (org.apache.kafka.common.errors.TimeoutException e) {
        patience.ask();
      }
    }
  }

  /**
   * Sends letters once and waits for the answers.
   *
   * @param letters those left in it, when this returns, are to be sent again; when it throws, they
   *     are lost
   * @return how many were refused for good
   */
  private int send(Outbox<byte[]> connected, List<Letter> letters)
      throws UnwritableException, InterruptedException {
    long now = System.currentTimeMillis();
    List<Future<RecordMetadata>> answers = new ArrayList<>();
    for (Letter letter : letters) {
      answers.add(
          connected.send(
              letter.bare()
                  ? DeadLetter.bare(topic, letter.record(), now)
                  : DeadLetter.whole(topic, letter.record(), limits, now)));
    }
    List<Letter> again = new ArrayList<>();
    int refused = 0;
    int answered = 0;
    Patience patience = new Patience();
    try {
      for (Future<RecordMetadata> answer : answers) {
        Optional<KafkaException> failure = failure(answer, patience);
        if (failure.isPresent()) {
          Letter letter = letters.get(answered);
          boolean atFault = !isOfAnother(failure.get());
          if ((atFault && letter.bare()) || letter.tries() + 1 == TRIES) {
            refused++;
            losses.lost(1, String.valueOf(failure.get().getMessage()));
          } else {
            again.add(
                new Letter(letter.record(), atFault || letter.tries() > 0, letter.tries() + 1));
          }
        }
        answered++;
      }
    } finally {
      letters.subList(0, answered).clear();
      letters.addAll(again);
    }
    return refused;
  }

  /** Why a record was refused; empty where it was acknowledged. */
  private static Optional<KafkaException> failure(Future<RecordMetadata> answer, Patience patience)
      throws UnwritableException, InterruptedException {
    while (true) {
      try {
        answer.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return Optional.empty();
      } catch (TimeoutException e) {
        patience.ask();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof KafkaException refused
            && (isOfAnother(refused) || isOfTheRecord(refused))) {
          return Optional.of(refused);
        }
        throw new UnwritableException(String.valueOf(e.getCause().getMessage()));
      }
    }
  }

  private static boolean isOfTheRecord(KafkaException e) {
    return e instanceof RecordTooLargeException
        || e instanceof RecordBatchTooLargeException
        || e instanceof InvalidTimestampException
        || e instanceof InvalidRecordException;
  }

  /** True where a record was refused because it stood in one batch with one that was at fault. */
  private static boolean isOfAnother(KafkaException e) {
    return e.getClass() == KafkaException.class;
  }

  /** Waits for as long as it makes sense. */
  private final class Patience {
    private final long since = System.nanoTime();
    private int answers;

    /**
     * Asks Kafka whether the topic can be written, so that it is worth while to wait on.
     *
     * @throws UnwritableException where it is not
     */
    void ask() throws UnwritableException, InterruptedException {
      try (Admin admin = clients.impatientAdmin()) {
        for (TopicPartitionInfo partition :
            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions()) {
          if (partition.leader() == null || partition.leader().isEmpty()) {
            throw new UnwritableException(
                "its partition " + partition.partition() + " has no leader");
          }
        }
        answers++;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          throw new UnwritableException("the topic does not exist");
        } else if (!(e.getCause() instanceof RetriableException)
            || System.nanoTime() - since > OUTAGE_NANOS) {
          throw new UnwritableException(String.valueOf(e.getCause().getMessage()));
        }
      }
      if (answers == ANSWERS) {
        throw new UnwritableException("it has acknowledged no record for a while");
      }
    }
  }

  /** Gives up what is on its way. */
  private void abandon() {
    if (outbox != null) {
      outbox.abandon();
      outbox = null;
    }
  }

  @Override
  public void close() {
    if (outbox != null) {
      outbox.close();
      outbox = null;
    }
  }
}
