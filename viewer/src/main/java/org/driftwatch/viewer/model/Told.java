package org.driftwatch.viewer.model;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a compacted topic says: the last message of each key, and when the newest of all was heard.
 * Immutable.
 *
 * @param <T> kind of message
 * @param messages the last of each key
 * @param heard nanoseconds of the monotonic clock when a message came last; of one that lay there
 *     before, when it was published; empty before the first
 */
public record Told<T>(Map<String, T> messages, Optional<Long> heard) {
  /** Copies the messages. */
  public Told {
    messages = Map.copyOf(messages);
  }

  /** A topic that says nothing. */
  public static <T> Told<T> nothing() {
    return new Told<>(Map.of(), Optional.empty());
  }

  /** The messages in the order of their keys. */
  public Collection<T> inOrder() {
    return new TreeMap<>(messages).values();
  }

  /** Time since the newest message; empty before the first. */
  public Optional<Duration> since(Clocks clocks) {
    return heard.map(clocks::since);
  }
}
