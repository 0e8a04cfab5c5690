package org.driftwatch.detector;

/**
 * The histograms of a chamber's muon segments, in the order of the message; all with under- and
 * overflow.
 */
public enum TrackHistogram {
  /** Where segments cross the chamber's middle height, mm from its middle. */
  POSITION("histo_x", -400, 20, 40),
  /** Angle from the vertical, mrad; positive where x grows upwards. */
  ANGLE("histo_angle", -1200, 40, 60),
  /** How far each hit is from the line through the segment's others, um. */
  RESIDUAL("histo_residual", -3000, 100, 60),
  /** Time of passage after that by the scintillator, or by the other chambers, ns. */
  PASSAGE("histo_t0", -60, 2, 60),
  /** How far the segment is from where the other chambers of its view say, um. */
  TRACK_RESIDUAL("histo_track_residual", -6000, 200, 60),
  /** By how much its slope is larger than theirs, thousandths of a tangent. */
  TRACK_ANGLE("histo_track_angle", -120, 4, 60);

  private final String field;
  private final int first;
  private final int width;
  private final int bins;

  TrackHistogram(String field, int first, int width, int bins) {
    this.field = field;
    this.first = first;
    this.width = width;
    this.bins = bins;
  }

  /** The JSON's field of it. */
  public String field() {
    return field;
  }

  /** Lower edge of the first bin. */
  public int first() {
    return first;
  }

  /** Width of a bin. */
  public int width() {
    return width;
  }

  /** Number of bins. */
  public int bins() {
    return bins;
  }

  /** Its bin edges, one more than bins, in a new array. */
  public int[] edges() {
    return Histogram.regularEdges(first, width, bins);
  }
}
