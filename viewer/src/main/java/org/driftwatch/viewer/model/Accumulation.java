package org.driftwatch.viewer.model;

import java.util.Optional;
import org.driftwatch.detector.WindowSummary;

/** Which windows the histograms show. */
public enum Accumulation {
  /** The window with the latest start. */
  NEWEST_WINDOW("Newest window") {
    @Override
    public Optional<WindowSummary> of(Snapshot snapshot) {
      return snapshot.newest();
    }
  },
  /** All windows of the topic. */
  SINCE_START("Sum since start") {
    @Override
    public Optional<WindowSummary> of(Snapshot snapshot) {
      return snapshot.sum();
    }
  };

  private final String title;

  Accumulation(String title) {
    this.title = title;
  }

  /** Name for a button. */
  public String title() {
    return title;
  }

  /** What of a snapshot is shown; empty before the first window. */
  public abstract Optional<WindowSummary> of(Snapshot snapshot);
}
