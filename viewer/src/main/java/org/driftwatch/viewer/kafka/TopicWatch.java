package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.TopicRights;

/**
 * Asks Kafka again and again whether the topic is there, without blocking: a consumer alone tells
 * neither that its broker has gone nor that its topic is another one of the same name. For one
 * thread.
 */
final class TopicWatch implements AutoCloseable {
  /** What Kafka answered last. */
  sealed interface Sight {
    /** The topic is there. */
    record Present(Uuid id, int partitions) implements Sight {}

    /** Kafka is there, the topic is not. */
    record Absent() implements Sight {}

    /** Kafka did not answer in time. */
    record NoAnswer(String reason) implements Sight {}

    /** Kafka refuses the login, the connection or the topic; one line with the reason. */
    record Refused(String reason) implements Sight {}
  }

  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int TIMEOUT_MILLIS = 2_500;

  private final Admin admin;
  private final KafkaAccess access;
  private final String topic;
  private KafkaFuture<TopicDescription> asked;
  private long askedAt;
  private int absences;
  private Optional<Sight> last = Optional.empty();

  TopicWatch(KafkaSettings settings) throws IOException {
    this.admin = Admin.create(settings.admin(TIMEOUT_MILLIS));
    this.access = settings.access();
    this.topic = settings.topic();
    ask();
  }

  private void ask() {
    asked = admin.describeTopics(List.of(topic), TopicRights.asked()).topicNameValues().get(topic);
    askedAt = System.nanoTime();
  }

  /** The last answer, and the next question if it is time; empty before the first answer. */
  Optional<Sight> look() throws InterruptedException {
    if (asked != null && asked.isDone()) {
      last = Optional.of(answer(asked));
      asked = null;
    }
    if (asked == null && System.nanoTime() - askedAt > INTERVAL.toNanos()) {
      ask();
    }
    return last;
  }

  private Sight answer(KafkaFuture<TopicDescription> done) throws InterruptedException {
    try {
      TopicDescription description = done.get();
      absences = 0;
      TopicRights.require(description, AclOperation.READ);
      return new Sight.Present(description.topicId(), description.partitions().size());
    } catch (TopicAuthorizationException e) {
      return refused(e).orElseThrow();
    } catch (ExecutionException e) {
      Optional<Sight> refused = refused(e);
      if (refused.isPresent()) {
        return refused.get();
      }
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        absences++;
        // One broker of several may not have heard of a topic yet: believe the second word.
        return absences > 1 || !(last.orElse(null) instanceof Sight.Present)
            ? new Sight.Absent()
            : last.get();
      }
      return new Sight.NoAnswer(
          e.getCause() instanceof TimeoutException ? "no answer" : e.getCause().getMessage());
    }
  }

  private Optional<Sight> refused(Exception e) {
    return access.refusal(e, topic).map(Sight.Refused::new);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
