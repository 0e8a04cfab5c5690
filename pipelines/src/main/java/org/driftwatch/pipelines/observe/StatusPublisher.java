package org.driftwatch.pipelines.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.StatusMessage.Counts;
import org.driftwatch.kafka.KafkaClients;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every two seconds how the monitor does, from a thread of its own and with a producer of
 * its own. It never delays or ends the run: what cannot be sent is not sent, the next message says
 * it all. In the program that started the pipeline, on Spark the driver.
 */
public final class StatusPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
  private static final int EVERY_MILLIS = 2_000;
  private static final int TIMEOUT_MILLIS = 1_500;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final byte[] KEY = StatusMessage.KEY.getBytes(UTF_8);

  private final MonitorReadings readings;
  private final DetectorDescription detector;
  private final KafkaClients clients;
  private final String topic;
  private final Clock clock;
  private final Instant started;
  private final Deque<Reading> lastMinute = new ArrayDeque<>();
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "status");
  private final Set<String> warned = new HashSet<>();
  private boolean publishes;
  private boolean told;

  /** The counts at a moment of the monotonic clock. */
  private record Reading(long nanos, Counts counts, DescriptionFit fit) {}

  /** A publisher that {@link #start} sets going. */
  public StatusPublisher(
      MonitorReadings readings,
      DetectorDescription detector,
      KafkaClients clients,
      String topic,
      Clock clock) {
    this.readings = readings;
    this.detector = detector;
    this.clients = clients;
    this.topic = topic;
    this.clock = clock;
    started = clock.instant();
    thread.setDaemon(true);
    lastMinute.addLast(new Reading(System.nanoTime(), Counts.NONE, DescriptionFit.NONE));
  }

  /**
   * Begins to publish.
   *
   * @param publishes false where the topic cannot be written: then the log alone says if records do
   *     not fit the detector's description
   */
  public void start(boolean publishes) {
    this.publishes = publishes;
    thread.start();
  }

  private void run() {
    try {
      while (!publishes && !stop.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        status();
      }
      while (!stop.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        try (KafkaProducer<byte[], byte[]> producer =
            new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
          publish(producer);
        } catch (InterruptException e) {
          throw e;
        } catch (RuntimeException e) {
          // Such as client properties that somebody is at work on: made anew with what they say.
          failed(e);
        }
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(KafkaProducer<byte[], byte[]> producer) throws InterruptedException {
    do {
      try {
        producer.send(new ProducerRecord<>(topic, KEY, status().write())).get();
      } catch (ExecutionException e) {
        failed(e.getCause());
      }
    } while (!stop.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
  }

  /** Each message is sent once and given up before the next: none waits behind another. */
  private Map<String, Object> settings() {
    Map<String, Object> settings = clients.producer();
    settings.put(ProducerConfig.ACKS_CONFIG, "1");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 1L << 20);
    return settings;
  }

  /** The present status, and a point of the last minute. */
  StatusMessage status() {
    MonitorReadings.Status now = readings.status();
    long nanos = System.nanoTime();
    while (!lastMinute.isEmpty() && nanos - lastMinute.getFirst().nanos() > MINUTE_NANOS) {
      lastMinute.removeFirst();
    }
    Reading reading = new Reading(nanos, now.counts(), now.fit());
    Reading from = lastMinute.isEmpty() ? reading : lastMinute.getFirst();
    lastMinute.addLast(reading);
    Optional<String> problem = now.fit().since(from.fit()).problem(detector);
    problem.ifPresent(this::warn);
    return new StatusMessage(
        clock.instant(),
        started,
        now.counts(),
        now.counts().since(from.counts()),
        Math.round((nanos - from.nanos()) / 1e6) / 1e3,
        now.heldBackSeconds(),
        now.heldBackSeconds() > 0 ? now.heldBackBy() : OptionalInt.empty(),
        now.clockBehindSeconds(),
        problem);
  }

  /** Once for each kind of problem: the numbers in it grow. */
  private void warn(String problem) {
    if (warned.add(problem.replaceAll("[0-9,]+", ""))) {
      LOG.warn("{}", problem);
    }
  }

  /** Once at warning level: whoever looks at the topic sees that nothing comes. */
  private void failed(Throwable e) {
    if (told) {
      LOG.debug("The status could not be published", e);
      return;
    }
    told = true;
    LOG.warn(
        "The status could not be published to topic {} ({}); the monitor continues without it",
        topic,
        e.getMessage());
  }

  /** Ends it, within a second or two. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
