package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Keeps the run's history from what the topic says and hands out a snapshot whenever there is
 * something new to draw. Belongs to the reader's thread.
 */
public final class SnapshotFeed implements ResultsListener {
  private final Consumer<Snapshot> target;
  private final RunHistory history = new RunHistory();

  /** The newest windows, shown until the whole history is read. */
  private final RunHistory ahead = new RunHistory();

  private Connection connection;
  private Optional<Instant> newestPublished = Optional.empty();
  private long malformedMessages;
  private Optional<MalformedMessage> lastMalformed = Optional.empty();

  /**
   * A feed that hands its snapshots to {@code target}.
   *
   * @param first the connection before the first word from the reader
   */
  public SnapshotFeed(Connection first, Consumer<Snapshot> target) {
    this.connection = first;
    this.target = target;
  }

  @Override
  public void connection(Connection now) {
    connection = now;
    if (now.state() != Connection.State.READING_HISTORY) {
      ahead.clear();
    }
    publish();
  }

  @Override
  public void window(PackedWindow window, Instant published) {
    history.put(window);
    heard(published);
  }

  @Override
  public void windowAhead(PackedWindow window, Instant published) {
    ahead.put(window);
    heard(published);
  }

  private void heard(Instant published) {
    if (newestPublished.isEmpty() || published.isAfter(newestPublished.get())) {
      newestPublished = Optional.of(published);
    }
  }

  @Override
  public void deleted(Instant windowStart) {
    history.remove(windowStart);
  }

  @Override
  public void malformed(MalformedMessage message) {
    malformedMessages++;
    lastMalformed = Optional.of(message);
  }

  @Override
  public void restarted() {
    history.clear();
    ahead.clear();
    newestPublished = Optional.empty();
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
            connection,
            (ahead.series().isEmpty() ? history : ahead).series(),
            newestPublished,
            malformedMessages,
            lastMalformed));
  }
}
