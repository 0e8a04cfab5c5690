package org.driftwatch.viewer.model;

import java.time.Instant;
import org.driftwatch.detector.WindowSummary;

/**
 * Receives what the results topic says: what is published from the start of the reader on in the
 * topic's order, and what was published before from the newest to the oldest. A reader can be asked
 * to tell all in the topic's order; then nothing is of the past. All calls come from one thread,
 * the reader's.
 */
public interface ResultsListener {
  /** The connection changed. */
  void connection(Connection connection);

  /**
   * A summary arrived: of a new window, or one that replaces the window with the same start.
   *
   * @param published the message's Kafka timestamp
   */
  void window(PackedWindow window, Instant published);

  /**
   * The same of a summary that is not packed yet.
   *
   * @param summary has a window
   */
  default void window(WindowSummary summary, Instant published) {
    window(PackedWindow.of(summary), published);
  }

  /**
   * A summary of the past, published before all that was told of its window so far: it counts only
   * where nothing was.
   */
  void windowOfPast(PackedWindow window, Instant published);

  /** The window's key was deleted from the topic. */
  void deleted(Instant windowStart);

  /** The same, before all that was told of the window so far. */
  void deletedInPast(Instant windowStart);

  /**
   * Asked after each batch: true if the past must be told again, because something changed in it of
   * which not all is remembered.
   */
  default boolean lacksPast() {
    return false;
  }

  /** A message could not be read; the reader skips it. */
  void malformed(MalformedMessage message);

  /**
   * Another topic than before, or the same one read again from its beginning: all before is void.
   */
  void restarted();

  /** No more messages are at hand for the moment: a good time to draw. */
  void batchEnded();
}
