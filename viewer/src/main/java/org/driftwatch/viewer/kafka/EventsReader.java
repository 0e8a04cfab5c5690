package org.driftwatch.viewer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.viewer.model.EventHistory;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.MalformedMessage;

/**
 * Reads the topic of events on a thread of its own, once somebody wants to see it, and tells the
 * muons of its newest windows. What is wrong with the topic, or with messages in it, it tells in a
 * sentence.
 */
public final class EventsReader implements AutoCloseable {
  /** Messages of each partition's end that are read: more windows are not kept anyway. */
  private static final int NEWEST = 200;

  private final String topic;
  private final EventHistory history;
  private final Consumer<EventLog> listener;
  private final TopicFollower follower;
  private final AtomicBoolean isStarted = new AtomicBoolean();
  private long unread;
  private String lastUnread = "";

  /**
   * A reader that does not read yet.
   *
   * @param detector whose events alone are told
   * @param listener called on the reader's thread
   */
  public EventsReader(
      KafkaSettings settings, DetectorDescription detector, Consumer<EventLog> listener) {
    topic = settings.topic();
    history = new EventHistory(detector);
    this.listener = listener;
    follower = new TopicFollower(settings, new Windows());
  }

  /** Starts the thread; it runs from the first call on. */
  public void start() {
    if (isStarted.compareAndSet(false, true)) {
      follower.start();
    }
  }

  /** Ends the thread and waits for it, some seconds at most. */
  @Override
  public void close() {
    follower.close();
  }

  /** Waits until the topic as it is was told, or turned out to be missing or refused. */
  public void awaitFirst(Duration patience) throws InterruptedException {
    follower.awaitFirst(patience);
  }

  /** The muons of the newest windows. */
  private final class Windows implements TopicFollower.Listener {
    @Override
    public long start(long first, long end) {
      return Math.max(first, end - NEWEST);
    }

    @Override
    public void absent() {
      begun();
      listener.accept(
          EventLog.none(
              "There is no topic "
                  + topic
                  + ": the pipeline makes it, unless it runs with --tracks=false, with an empty"
                  + " --eventsTopic, or is older than events."));
    }

    @Override
    public void refused(String reason) {
      listener.accept(
          new EventLog(history.entries(), "Topic " + topic + " cannot be read: " + reason));
    }

    @Override
    public void begun() {
      history.clear();
      unread = 0;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> message, boolean isPast) {
      try {
        if (message.value() == null) {
          throw new IOException("no value, expected a window's events");
        }
        history.take(MuonEvents.read(message.value()));
      } catch (IOException e) {
        unread++;
        lastUnread =
            new MalformedMessage(
                    topic, message.partition(), message.offset(), String.valueOf(e.getMessage()))
                .line();
      }
    }

    @Override
    public void told() {
      listener.accept(new EventLog(history.entries(), trouble()));
    }

    private String trouble() {
      if (unread > 0) {
        return (unread == 1 ? "One message is" : unread + " messages are")
            + " not shown; "
            + lastUnread;
      }
      if (history.isEmpty()) {
        return "Topic "
            + topic
            + " is empty: no window has been published within the hour that it keeps.";
      }
      return history.entries().isEmpty()
          ? "No orbit of the newest windows has a segment of a muon: see page Muons."
          : "";
    }
  }
}
