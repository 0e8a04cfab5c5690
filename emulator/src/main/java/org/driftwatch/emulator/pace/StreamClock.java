package org.driftwatch.emulator.pace;

/** Time as the stream has it: nanoseconds since its start. */
public interface StreamClock {
  /** Nanoseconds since the start. */
  long now();

  /** Milliseconds since 1970, UTC, of a time given in nanoseconds since the start. */
  long epochMillis(long nanos);

  /**
   * Waits until the time is reached; may return early, as after {@link #wake}. Called by one
   * thread.
   */
  void waitUntil(long nanos);

  /** Ends a wait, the present or the next one; from any thread. */
  void wake();
}
