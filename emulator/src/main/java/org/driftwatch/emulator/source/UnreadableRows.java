package org.driftwatch.emulator.source;

import java.util.function.Consumer;

/** Counts unreadable rows and reports the first few. Used by one thread at a time. */
public final class UnreadableRows {
  private static final int TOLD = 5;

  private final Consumer<String> lines;
  private volatile long count;
  private boolean paused;

  /**
   * Counts from 0.
   *
   * @param lines takes the line about each of the first few
   */
  public UnreadableRows(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Reports or counts one more. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer; others only read
  void add(String where, String why) {
    if (paused) {
      return;
    }
    count++;
    if (count <= TOLD) {
      lines.accept(where + ": " + why + "; skipped");
    }
    if (count == TOLD) {
      lines.accept("further unreadable rows are counted; the summary reports how many");
    }
  }

  /** Ignores unreadable rows while paused: those of a part that is not played. */
  void pause(boolean pause) {
    paused = pause;
  }

  /** How many so far; from any thread. */
  public long count() {
    return count;
  }
}
