package org.driftwatch.viewer.model;

import java.util.Optional;
import org.driftwatch.detector.WindowSummary;

/**
 * All that is to be shown at one moment. Immutable: made by the thread that reads the topic, drawn
 * by the event thread.
 *
 * @param connection how the viewer stands to Kafka
 * @param series the run's windows
 * @param newestArrival when a window was last received that had not been there before; later
 *     revisions of older ones tell nothing of the present
 * @param malformedMessages messages on the results topic that could not be read
 * @param lastMalformed the last of them
 */
public record Snapshot(
    Connection connection,
    WindowSeries series,
    Optional<Arrival> newestArrival,
    long malformedMessages,
    Optional<MalformedMessage> lastMalformed) {

  /** The screen before anything is known. */
  public static Snapshot empty(Connection connection) {
    return new Snapshot(connection, WindowSeries.EMPTY, Optional.empty(), 0, Optional.empty());
  }

  /** The window with the latest start. */
  public Optional<WindowSummary> newest() {
    return series.newest();
  }

  /** The sum of all windows. */
  public Optional<WindowSummary> sum() {
    return series.sum(0, series.size());
  }
}
