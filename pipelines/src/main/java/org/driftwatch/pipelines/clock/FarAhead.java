package org.driftwatch.pipelines.clock;

import java.util.TreeMap;

/**
 * The windows far ahead of a stream's time that records have opened already: they wait until their
 * time comes, and take memory until then. So there may be only so many, and so many bytes in them.
 * Safe for use by several threads.
 */
public final class FarAhead {
  /** Most windows that are open far ahead. */
  public static final int MOST_WINDOWS = 1_000;

  private final long windowMillis;
  private final long mostBytes;
  private final TreeMap<Long, Long> bytesByWindow = new TreeMap<>();
  private long bytes;

  /**
   * None open.
   *
   * @param windowMillis length of the windows, ms
   * @param mostBytes most bytes of records in all of them
   */
  public FarAhead(long windowMillis, long mostBytes) {
    this.windowMillis = windowMillis;
    this.mostBytes = mostBytes;
  }

  /**
   * Takes a record into its window, or says that there is no room for it.
   *
   * @param timestamp the record's, ms since the epoch, 0 or later
   * @param size its bytes
   * @param reached event time that the stream has got to: windows that end before are closed
   */
  public synchronized boolean admits(long timestamp, int size, long reached) {
    long window = timestamp - timestamp % windowMillis;
    if (!hasRoom(window, size)) {
      forgetBefore(reached - windowMillis);
      if (!hasRoom(window, size)) {
        return false;
      }
    }
    bytesByWindow.merge(window, (long) size, Long::sum);
    bytes += size;
    return true;
  }

  private boolean hasRoom(long window, int size) {
    return bytes + size <= mostBytes
        && (bytesByWindow.size() < MOST_WINDOWS || bytesByWindow.containsKey(window));
  }

  private void forgetBefore(long start) {
    var closed = bytesByWindow.headMap(start, true);
    for (long closedBytes : closed.values()) {
      bytes -= closedBytes;
    }
    closed.clear();
  }
}
