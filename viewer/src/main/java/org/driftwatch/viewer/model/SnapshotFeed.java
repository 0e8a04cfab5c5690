package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the run's history from what the topic says and hands out a snapshot whenever there is
 * something new to draw. Belongs to the reader's thread.
 */
public final class SnapshotFeed implements ResultsListener {
  private final Clocks clocks;
  private final Consumer<Snapshot> target;
  private final RunHistory history;

  private Connection connection;

  /** True once a new window was published while it was listened to. */
  private boolean heardNow;

  private Instant newestPublished = Instant.MIN;
  private Optional<Arrival> newestArrival = Optional.empty();
  private long malformedMessages;
  private Optional<MalformedMessage> lastMalformed = Optional.empty();

  /**
   * A feed that hands its snapshots to {@code target}.
   *
   * @param first the connection before the first word from the reader
   */
  public SnapshotFeed(Connection first, Clocks clocks, Consumer<Snapshot> target) {
    this(first, HistoryLimits.standard(), clocks, target);
  }

  /** The same with other limits of what is kept. */
  public SnapshotFeed(
      Connection first, HistoryLimits limits, Clocks clocks, Consumer<Snapshot> target) {
    this.connection = first;
    this.history = new RunHistory(limits);
    this.clocks = clocks;
    this.target = target;
  }

  @Override
  public void connection(Connection now) {
    connection = now;
    if (now.state() == Connection.State.LIVE) {
      history.pastRead();
    }
    publish();
  }

  @Override
  public void window(PackedWindow window, Instant published) {
    if (history.put(window)) {
      heardNow = true;
      newestArrival = Optional.of(Arrival.now(published, clocks));
    }
  }

  @Override
  public void windowOfPast(PackedWindow window, Instant published) {
    history.putPast(window);
    // What was published meanwhile is newer.
    if (!heardNow && published.isAfter(newestPublished)) {
      newestPublished = published;
      newestArrival = Optional.of(Arrival.past(published, clocks));
    }
  }

  @Override
  public void deleted(Instant windowStart) {
    history.remove(windowStart);
  }

  @Override
  public void deletedInPast(Instant windowStart) {
    history.removePast(windowStart);
  }

  @Override
  public boolean lacksPast() {
    return history.lacks();
  }

  @Override
  public void malformed(MalformedMessage message) {
    malformedMessages++;
    if (lastMalformed.filter(known -> known.isBehind(message)).isEmpty()) {
      lastMalformed = Optional.of(message);
    }
  }

  @Override
  public void restarted() {
    history.clear();
    heardNow = false;
    newestPublished = Instant.MIN;
    newestArrival = Optional.empty();
    malformedMessages = 0;
    lastMalformed = Optional.empty();
    publish();
  }

  @Override
  public void batchEnded() {
    publish();
  }

  private void publish() {
    target.accept(
        new Snapshot(
            connection, history.series(), newestArrival, malformedMessages, lastMalformed));
  }
}
