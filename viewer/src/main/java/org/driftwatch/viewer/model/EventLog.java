package org.driftwatch.viewer.model;

import java.util.List;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.WindowSummary;

/**
 * What the topic of events says: the muons of the newest windows. Immutable.
 *
 * @param entries the newest window's first; those of a window in the order that it lists them
 * @param trouble why there are none, or not all, in one sentence; empty where all is well
 */
public record EventLog(List<Entry> entries, String trouble) {
  /** Copies the list. */
  public EventLog {
    entries = List.copyOf(entries);
  }

  /**
   * An orbit with muons.
   *
   * @param window its window
   * @param revision how often that was refined
   * @param event the orbit
   */
  public record Entry(WindowSummary.Span window, int revision, MuonEvents.Event event) {
    /** True if both are the same orbit of the same window, refined or not. */
    public boolean isOfSameOrbit(Entry other) {
      return window.start().equals(other.window.start()) && event.orbit() == other.event.orbit();
    }
  }

  /** Nothing, for this reason. */
  public static EventLog none(String trouble) {
    return new EventLog(List.of(), trouble);
  }
}
