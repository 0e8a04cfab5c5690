package org.driftwatch.pipelines.restart;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices what a run cannot go on with: a topic that was deleted, or deleted and created again, and
 * a stream that was given more partitions than are read: a pipeline has those that it began with,
 * and would publish windows that lack the records of the others. It is noticed well within the time
 * that the next run goes back by, so that these windows are computed again, whole.
 *
 * <p>Users delete and create a topic in two commands, and do so for one topic after the other. The
 * next run creates the topics that are missing, and would make the second command fail. So the end
 * of the run waits, for 30 s at most, until all topics are there again and nothing more has changed
 * for a few seconds.
 *
 * <p>Kafka is asked every second, by a thread of its own; where it does not answer, again and
 * again. Safe for use by several threads.
 */
public final class TopicWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final long ASK_AGAIN_MILLIS = 1000;
  private static final long QUIET_SECONDS = 4;
  private static final long COME_BACK_SECONDS = 30;

  private final Admin admin;
  private final TopicIds topics;
  private final String stream;
  private final Set<Integer> read;
  private final Consumer<String> found;
  private final Timer asking = new Timer("topic-watch", true);

  /** What is different from the run's beginning, and since when, by System.nanoTime. */
  private Map<String, Optional<String>> changed = Map.of();

  private long firstChangeNanos;
  private long lastChangeNanos;
  private Optional<String> finding = Optional.empty();
  private boolean closed;

  private TopicWatch(
      Admin admin,
      TopicIds topics,
      String stream,
      Collection<Integer> read,
      Consumer<String> found) {
    this.admin = admin;
    this.topics = topics;
    this.stream = stream;
    this.read = new TreeSet<>(read);
    this.found = found;
  }

  /**
   * Watches topics from now on.
   *
   * @param admin connection to Kafka that gives up after few seconds; not closed here
   * @param topics as they were when the run began
   * @param stream the one of them that is read
   * @param read the partitions that are read
   * @param found told once, by the thread that asks, in a sentence without its full stop
   */
  public static TopicWatch start(
      Admin admin,
      TopicIds topics,
      String stream,
      Collection<Integer> read,
      Consumer<String> found) {
    TopicWatch watch = new TopicWatch(admin, topics, stream, read, found);
    watch.asking.schedule(
        new TimerTask() {
          @Override
          public void run() {
            watch.ask().ifPresent(watch::tell);
          }
        },
        ASK_AGAIN_MILLIS,
        ASK_AGAIN_MILLIS);
    return watch;
  }

  private void tell(String finding) {
    asking.cancel();
    found.accept(finding);
  }

  /**
   * What has happened to the topics, as the watch finds; empty if nothing has, or Kafka does not
   * answer. While a topic is missing it waits until the watch knows. Who fails asks for it: reading
   * and publishing fail in many ways if their topic is gone.
   */
  public Optional<String> finding() {
    Optional<String> known = ask();
    if (known.isPresent()) {
      return known;
    }
    synchronized (this) {
      try {
        while (finding.isEmpty() && !changed.isEmpty() && !closed) {
          wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return finding;
    }
  }

  private synchronized Optional<String> ask() {
    if (finding.isEmpty() && !closed) {
      try {
        look(topics.present(admin));
      } catch (ExecutionException | KafkaException e) {
        LOG.debug("The topics {} are not known", topics.ids().keySet(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      notifyAll();
    }
    return finding;
  }

  private void look(Map<String, TopicDescription> present) {
    Map<String, Optional<String>> now = topics.changed(present);
    if (now.isEmpty()) {
      changed = now;
      finding = morePartitions(present.get(stream));
      return;
    }
    long nanos = System.nanoTime();
    if (!now.equals(changed)) {
      firstChangeNanos = changed.isEmpty() ? nanos : firstChangeNanos;
      lastChangeNanos = nanos;
      changed = now;
    }
    boolean allThere = now.values().stream().allMatch(Optional::isPresent);
    if ((allThere && nanos - lastChangeNanos >= TimeUnit.SECONDS.toNanos(QUIET_SECONDS))
        || nanos - firstChangeNanos >= TimeUnit.SECONDS.toNanos(COME_BACK_SECONDS)) {
      finding = Optional.of(sentence());
    }
  }

  private Optional<String> morePartitions(TopicDescription topic) {
    Set<Integer> added = new TreeSet<>();
    topic.partitions().stream().map(TopicPartitionInfo::partition).forEach(added::add);
    added.removeAll(read);
    return added.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Topic "
                + stream
                + " has "
                + (read.size() + added.size())
                + " partitions, this run reads "
                + read.size()
                + " of them");
  }

  private String sentence() {
    List<String> parts = new ArrayList<>();
    changed.forEach(
        (name, id) ->
            parts.add(
                "topic "
                    + name
                    + (id.isPresent()
                        ? " was deleted and created again"
                        : " was deleted " + COME_BACK_SECONDS + " s ago")));
    String sentence = String.join(", ", parts);
    return "T" + sentence.substring(1);
  }

  /** Ends the watch: Kafka is asked no more. */
  @Override
  public void close() {
    asking.cancel();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
