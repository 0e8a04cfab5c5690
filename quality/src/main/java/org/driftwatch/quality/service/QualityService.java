package org.driftwatch.quality.service;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.driftwatch.telemetry.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one session after the other until it is stopped, or another service takes its place. It
 * waits for Kafka and for the topic of results, and says so once. {@link #stop} may be called from
 * any thread.
 */
final class QualityService {
  private static final Logger LOG = LoggerFactory.getLogger(QualityService.class);
  private static final long PAUSE_MILLIS = 1_000;

  /** A service that takes over says so within moments. */
  private static final int LOOKS_FOR_ANOTHER = 20;

  private static final long LOOK_MILLIS = 250;

  /** How it ended. */
  enum End {
    /** As asked for. */
    STOPPED,
    /** Another service has taken its place. */
    REPLACED,
    /** The client properties cannot be used. */
    UNUSABLE
  }

  /** Makes a session's clients. */
  interface Connector {
    /**
     * Makes them.
     *
     * @throws IOException with one line, where the client properties cannot be read
     */
    Connection open() throws IOException;
  }

  private final Setup setup;
  private final Connector connector;
  private final Caller caller;
  private final Metrics metrics;
  private final Clock clock;
  private final Uuid service = Uuid.randomUuid();
  private final Receipts receipts = new Receipts(System::nanoTime);
  private final CountDownLatch stop = new CountDownLatch(1);
  private String said = "";
  private boolean hadPlace;

  QualityService(Setup setup, Caller caller, Metrics metrics, Clock clock) {
    this(
        setup,
        () -> Connection.open(new Clients(setup.access()), setup.topics().serviceId()),
        caller,
        metrics,
        clock);
  }

  QualityService(Setup setup, Connector connector, Caller caller, Metrics metrics, Clock clock) {
    this.setup = setup;
    this.connector = connector;
    this.caller = caller;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Ends {@link #run} soon. */
  void stop() {
    stop.countDown();
  }

  private boolean isWanted() {
    return stop.getCount() > 0;
  }

  /** Runs until it ends. */
  End run() throws InterruptedException {
    while (isWanted()) {
      try (Connection connection = connector.open()) {
        // While this one was at a loss another may have come: it must not be driven out.
        if (hadPlace && isAnothers(connection.admin())) {
          return replaced();
        }
        Session session = new Session(setup, connection, service, receipts, caller, metrics, clock);
        try {
          session.open();
          said = "";
          Readiness.reached(Readiness.READY);
          session.follow(this::isWanted);
        } finally {
          hadPlace |= session.hasPlace();
        }
      } catch (SessionOver e) {
        say(e.getMessage());
      } catch (InterruptException e) {
        throw new InterruptedException(e.getMessage());
      } catch (IOException e) {
        // The file was there at the start: somebody is at work on it.
        say(e.getMessage() + "; trying again");
      } catch (ExecutionException | KafkaException e) {
        if (Failure.isFenced(e) && isReplaced()) {
          return replaced();
        }
        if (Failure.isUnusable(e)) {
          LOG.error("{}", Failure.reason(setup.access(), e));
          return End.UNUSABLE;
        }
        say(Failure.reason(setup.access(), e) + "; trying again");
      }
      stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
    return End.STOPPED;
  }

  private End replaced() {
    LOG.error(
        "Another quality service for topic {} at {} has taken over; this one ends",
        setup.topics().alarms(),
        setup.access().servers());
    return End.REPLACED;
  }

  /** What is so for long is said once. */
  private void say(String what) {
    if (!what.equals(said)) {
      said = what;
      LOG.warn("{}", what);
    }
  }

  /**
   * Kafka puts an end to a producer for another of the same id, but also where a transaction took
   * too long, as of a machine that was asleep. Only where another service has written its name this
   * one is replaced.
   */
  private boolean isReplaced() throws InterruptedException {
    try (Admin admin = new Clients(setup.access()).admin()) {
      for (int look = 0; look < LOOKS_FOR_ANOTHER; look++) {
        if (isAnothers(admin)) {
          return true;
        }
        if (stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
    } catch (IOException | ExecutionException | KafkaException e) {
      LOG.debug("Who has taken over is not known", e);
    }
    return false;
  }

  private boolean isAnothers(Admin admin) throws ExecutionException, InterruptedException {
    TopicPartition first = new TopicPartition(setup.topics().results(), 0);
    return Place.now(admin, setup.topics().serviceId(), first)
        .filter(place -> !place.service().equals(service))
        .isPresent();
  }
}
