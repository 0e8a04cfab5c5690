package org.driftwatch.viewer.model;

import java.time.Instant;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary;

/**
 * All that is to be shown at one moment. Immutable: made by the thread that reads the topic, drawn
 * by the event thread.
 *
 * @param connection how the viewer stands to Kafka
 * @param series numbers of each window over time
 * @param newest the window with the latest start
 * @param sum sum of all windows
 * @param newestPublished when the newest message was published, by its Kafka timestamp
 * @param malformedMessages messages on the results topic that could not be read
 * @param lastMalformed the last of them
 */
public record Snapshot(
    Connection connection,
    WindowSeries series,
    Optional<WindowSummary> newest,
    Optional<WindowSummary> sum,
    Optional<Instant> newestPublished,
    long malformedMessages,
    Optional<MalformedMessage> lastMalformed) {

  /** The screen before anything is known. */
  public static Snapshot empty(Connection connection) {
    return new Snapshot(
        connection,
        WindowSeries.EMPTY,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty());
  }
}
