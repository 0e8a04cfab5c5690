package org.driftwatch.detector;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything one window says: the message of the topic {@code results}. Immutable.
 *
 * @param head which window it is, and what is to be known of it beside its counts
 * @param totImport records of the window, trigger words included, malformed ones not
 * @param malformed malformed records
 * @param hits records that are hits
 * @param scintillatorHits hits of the scintillators
 * @param otherHits hits of no chamber that are not a scintillator's
 * @param orbits orbits with at least one hit
 * @param scintillatorOrbits orbits with a scintillator hit
 * @param chambers the chambers, in order
 */
public record WindowSummary(
    Head head,
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

  /**
   * What a summary says beside its counts.
   *
   * @param window the window's start and end; empty in a static batch
   * @param revision 0 at the watermark, one more for each late refinement
   * @param incomplete true where records of the window had been deleted before they were read
   * @param runs numbers of the runs that its records are of, ascending; empty where the stream
   *     carries none
   */
  public record Head(Optional<Span> window, int revision, boolean incomplete, List<Long> runs) {
    /** Copies the list. */
    public Head {
      Objects.requireNonNull(window, "window");
      runs = List.copyOf(runs);
    }

    /** The same, of a window that lacks records. */
    public Head markedIncomplete() {
      return new Head(window, revision, true, runs);
    }
  }

  /** Copies the list. */
  public WindowSummary {
    Objects.requireNonNull(head, "head");
    chambers = List.copyOf(chambers);
  }

  /** The window's start and end; empty in a static batch. */
  public Optional<Span> window() {
    return head.window();
  }

  /** 0 at the watermark, one more for each late refinement. */
  public int revision() {
    return head.revision();
  }

  /** True where records of the window had been deleted before they were read. */
  public boolean incomplete() {
    return head.incomplete();
  }

  /** Numbers of the runs that its records are of, ascending. */
  public List<Long> runs() {
    return head.runs();
  }

  /** The same, of a window that lacks records. */
  public WindowSummary markedIncomplete() {
    return new WindowSummary(
        head.markedIncomplete(),
        totImport,
        malformed,
        hits,
        scintillatorHits,
        otherHits,
        orbits,
        scintillatorOrbits,
        chambers);
  }

  /** The chamber of this number, from 0. */
  public ChamberSummary chamber(int chamber) {
    return chambers.get(chamber);
  }
}
