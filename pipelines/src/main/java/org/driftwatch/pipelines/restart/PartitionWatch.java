package org.driftwatch.pipelines.restart;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a topic has been given more partitions than a run reads: a pipeline has those that
 * it began with, and would publish windows that lack the records of the others. It is noticed well
 * within the time that the next run goes back by, so that these windows are computed again, whole.
 *
 * <p>Kafka is asked every second, by a thread of its own; where it does not answer, again and
 * again.
 */
public final class PartitionWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartitionWatch.class);
  private static final long ASK_AGAIN_MILLIS = 1000;

  private final Admin admin;
  private final String topic;
  private final Set<Integer> read;
  private final Consumer<String> found;
  private final Timer asking = new Timer("partition-watch", true);

  private PartitionWatch(
      Admin admin, String topic, Collection<Integer> read, Consumer<String> found) {
    this.admin = admin;
    this.topic = topic;
    this.read = new TreeSet<>(read);
    this.found = found;
  }

  /**
   * Watches a topic from now on.
   *
   * @param admin connection to Kafka that gives up after few seconds; not closed here
   * @param read the partitions that are read
   * @param found told once, by the thread that asks, in a sentence without its full stop
   */
  public static PartitionWatch start(
      Admin admin, String topic, Collection<Integer> read, Consumer<String> found) {
    PartitionWatch watch = new PartitionWatch(admin, topic, read, found);
    watch.asking.schedule(
        new TimerTask() {
          @Override
          public void run() {
            watch.ask();
          }
        },
        ASK_AGAIN_MILLIS,
        ASK_AGAIN_MILLIS);
    return watch;
  }

  private void ask() {
    Set<Integer> added = new TreeSet<>();
    try {
      admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
          .map(TopicPartitionInfo::partition)
          .forEach(added::add);
    } catch (ExecutionException | KafkaException e) {
      LOG.debug("The partitions of {} are not known", topic, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    added.removeAll(read);
    if (!added.isEmpty()) {
      asking.cancel();
      found.accept(
          "Topic "
              + topic
              + " has "
              + (read.size() + added.size())
              + " partitions, this run reads "
              + read.size()
              + " of them");
    }
  }

  /** Ends the watch: Kafka is asked no more. */
  @Override
  public void close() {
    asking.cancel();
  }
}
