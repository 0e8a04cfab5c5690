package org.driftwatch.viewer.model;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Cell;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.MuonEvents;

/**
 * The muons of the newest windows, as many as memory is meant for. A later message of a window
 * replaces the earlier one. Belongs to one thread.
 */
public final class EventHistory {
  /** Most orbits that are kept. */
  static final int MOST = 400;

  /** Most hits of all of them together. */
  private static final int MOST_HITS = 100_000;

  /** Numbers beyond are of no orbit, and would be drawn at no place: a second, in ns. */
  private static final double MOST_NS = 1e9;

  /** Five times as steep as the steepest segment. */
  private static final double MOST_TANGENT = 10;

  /** How many cells beside its chamber a segment may cross the middle. */
  private static final double BESIDE = 10;

  private final DetectorDescription detector;
  private final List<Set<Cell>> cells = new ArrayList<>();
  private final NavigableMap<Instant, MuonEvents> windows =
      new TreeMap<>(Comparator.reverseOrder());

  /** Keeps muons of this detector. */
  public EventHistory(DetectorDescription detector) {
    this.detector = detector;
    for (Chamber chamber : detector.chambers()) {
      cells.add(new HashSet<>(chamber.cells()));
    }
  }

  /**
   * Takes a window's muons.
   *
   * @throws IOException if they are not this detector's, with one line that says why
   */
  public void take(MuonEvents window) throws IOException {
    for (MuonEvents.Event event : window.events()) {
      check(event);
    }
    windows.put(window.window().start(), window);
    trim();
  }

  private void check(MuonEvents.Event event) throws IOException {
    check("scintillator_ns", event.scintillatorNs().orElse(0), MOST_NS);
    for (MuonEvents.Hit hit : event.hits()) {
      if (hit.chamber() >= cells.size()
          || !cells.get(hit.chamber()).contains(new Cell(hit.layer(), hit.wire()))) {
        throw new IOException(
            "a hit in chamber %d, layer %d, wire %d: detector %s has no such cell; start the viewer with the pipeline's --detector"
                .formatted(hit.chamber(), hit.layer(), hit.wire(), detector.name()));
      }
      check("time_ns", hit.timeNs(), MOST_NS);
    }
    for (MuonEvents.Segment segment : event.segments()) {
      for (int hit : segment.hits()) {
        if (event.hits().get(hit).chamber() != segment.chamber()) {
          throw new IOException(
              "a segment of chamber %d has a hit of chamber %d"
                  .formatted(segment.chamber(), event.hits().get(hit).chamber()));
        }
      }
      if (segment.chamber() >= cells.size()) {
        throw new IOException(
            "a segment in chamber %d: detector %s has %d chambers"
                .formatted(segment.chamber(), detector.name(), cells.size()));
      }
      int wires = detector.chambers().get(segment.chamber()).wires();
      check("x_mm", segment.xMm(), (wires + BESIDE) * detector.cellWidthMm());
      check("tangent", segment.tangent(), MOST_TANGENT);
      check("t0_ns", segment.t0Ns(), MOST_NS);
    }
  }

  private static void check(String name, double value, double most) throws IOException {
    if (Math.abs(value) > most) {
      throw new IOException(name + " is " + value + ", expected " + most + " at most");
    }
  }

  /** Lets the oldest windows go, but for the newest one. */
  private void trim() {
    while (windows.size() > 1 && (count(false) > MOST || count(true) > MOST_HITS)) {
      windows.pollLastEntry();
    }
  }

  private long count(boolean hits) {
    return windows.values().stream()
        .flatMap(window -> window.events().stream())
        .mapToLong(event -> hits ? event.hits().size() : 1)
        .sum();
  }

  /** Forgets all. */
  public void clear() {
    windows.clear();
  }

  /** True without any window. */
  public boolean isEmpty() {
    return windows.isEmpty();
  }

  /** The muons, the newest window's first. */
  public List<EventLog.Entry> entries() {
    return windows.values().stream()
        .flatMap(
            window ->
                window.events().stream()
                    .map(event -> new EventLog.Entry(window.window(), window.revision(), event)))
        .toList();
  }
}
