package org.driftwatch.pipelines.read;

import java.io.Serializable;
import org.joda.time.Duration;

/**
 * What a reader has to know of the windows that its records go to.
 *
 * @param firstWindow start of the first window that is computed, ms since the epoch; 0 where the
 *     stream is read from its beginning
 * @param window length of the windows
 * @param delay how far out of order records may be without being late
 * @param lateness how late records may be and still refine their window
 */
public record StreamTiming(long firstWindow, Duration window, Duration delay, Duration lateness)
    implements Serializable {

  /** A record stamped this much before the watermark, or more, is too late for any window, ms. */
  long tooLateMillis() {
    return window.getMillis() + lateness.getMillis();
  }
}
