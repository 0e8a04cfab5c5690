package org.driftwatch.viewer.model;

import java.time.Instant;
import org.driftwatch.detector.WindowSummary;

/**
 * Receives what the results topic says, in the topic's order. All calls come from one thread, the
 * reader's.
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
   * A window from the topic's end, reported before a long history is read, so that there is
   * something to look at; it is reported again in its turn.
   */
  void windowAhead(PackedWindow window, Instant published);

  /** The window's key was deleted from the topic. */
  void deleted(Instant windowStart);

  /** A message could not be read; the reader skips it. */
  void malformed(MalformedMessage message);

  /**
   * Another topic than before, or the same one read again from its beginning: all before is void.
   */
  void restarted();

  /** No more messages are at hand for the moment: a good time to draw. */
  void batchEnded();
}
