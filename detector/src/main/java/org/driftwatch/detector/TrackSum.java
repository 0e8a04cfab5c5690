package org.driftwatch.detector;

/**
 * Whole-number sums over a chamber's clear muon segments, in the order of the message, from which
 * drift velocity, time of passage, single-hit resolution and their errors follow for any stretch of
 * windows added up. docs/tracks.md gives the formulas. Lengths are in a sixteenth of a tick of
 * drift.
 *
 * <p>With y the measured coordinates of a segment's hits, w the places of their wires, s their
 * sides times half a cell, and P what a fit leaves of a vector: the names say which product is
 * summed up, {@code WR} for {@code w P y}.
 */
public enum TrackSum {
  /** Segments whose time of passage was fitted, of four hits or more. */
  FREE_SEGMENTS("free_segments"),
  /** Degrees of freedom of these together. */
  FREE_FREEDOM("free_dof"),
  FREE_RR("free_rr"),
  FREE_WR("free_wr"),
  FREE_WW("free_ww"),
  /** Segments whose time of passage is that of the scintillator. */
  KNOWN_SEGMENTS("known_segments"),
  /** Degrees of freedom of these together. */
  KNOWN_FREEDOM("known_dof"),
  KNOWN_RR("known_rr"),
  KNOWN_WR("known_wr"),
  KNOWN_SR("known_sr"),
  KNOWN_WW("known_ww"),
  KNOWN_WS("known_ws"),
  KNOWN_SS("known_ss"),
  /** Segments with an entry in {@link TrackHistogram#PASSAGE}. */
  PASSAGES("t0_segments"),
  /** Sum of what they enter, sixteenths of a tick. */
  PASSAGE("t0"),
  /** Sum of its squares. */
  PASSAGE_SQUARE("t0_square"),
  /** How often the chambers above and below say that a muon crossed this one. */
  TRACK_TESTED("track_tested"),
  /** How often it had a segment there. */
  TRACK_FOUND("track_found"),
  /** Segments with an entry in both histograms of tracks, between their edges. */
  TRACK_SEGMENTS("track_segments"),
  /** Sum of their distances from where the other chambers say. */
  TRACK_PLACE("track_place"),
  TRACK_PLACE_SQUARE("track_place_square"),
  /** Sum of how much their slopes are larger, in units per half a cell's height. */
  TRACK_SLOPE("track_slope"),
  TRACK_SLOPE_SQUARE("track_slope_square");

  private final String field;

  TrackSum(String field) {
    this.field = field;
  }

  /** The JSON's field of it. */
  public String field() {
    return field;
  }
}
