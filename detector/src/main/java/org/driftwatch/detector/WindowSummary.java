package org.driftwatch.detector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything one window says: the message of the topic {@code results}. Immutable.
 *
 * @param window the window's start and end; empty in a static batch
 * @param revision 0 at the watermark, one more for each late refinement
 * @param incomplete true where records of the window had been deleted before they were read
 * @param totImport records of the window, trigger words included, malformed ones not
 * @param malformed malformed records
 * @param hits records with HEAD 2
 * @param scintillatorHits hits of the scintillator
 * @param otherHits hits of no chamber that are not the scintillator's
 * @param orbits orbits with at least one hit
 * @param scintillatorOrbits orbits with a scintillator hit
 * @param chambers the four chambers, in order
 */
public record WindowSummary(
    Optional<Span> window,
    int revision,
    boolean incomplete,
    long totImport,
    long malformed,
    long hits,
    long scintillatorHits,
    long otherHits,
    long orbits,
    long scintillatorOrbits,
    List<ChamberSummary> chambers) {

  /** Version of the message. */
  public static final int VERSION = 1;

  /**
   * A window in event time.
   *
   * @param start first instant of the window
   * @param end first instant after it
   */
  public record Span(Instant start, Instant end) {
    /** Checks the order of the ends. */
    public Span {
      if (!start.isBefore(end)) {
        throw new IllegalArgumentException(
            "window end " + end + " is not after its start " + start);
      }
    }

    /** Length in seconds. */
    public double seconds() {
      return (end.toEpochMilli() - start.toEpochMilli()) / 1000.0;
    }
  }

  /** Checks that the four chambers are there. */
  public WindowSummary {
    Objects.requireNonNull(window, "window");
    chambers = List.copyOf(chambers);
    if (chambers.size() != Telescope.CHAMBERS) {
      throw new IllegalArgumentException(
          chambers.size() + " chambers, expected " + Telescope.CHAMBERS);
    }
  }

  /** The same, of a window that lacks records. */
  public WindowSummary markedIncomplete() {
    return new WindowSummary(
        window,
        revision,
        true,
        totImport,
        malformed,
        hits,
        scintillatorHits,
        otherHits,
        orbits,
        scintillatorOrbits,
        chambers);
  }

  /** The chamber of this number, 0 to 3. */
  public ChamberSummary chamber(int chamber) {
    return chambers.get(chamber);
  }
}
