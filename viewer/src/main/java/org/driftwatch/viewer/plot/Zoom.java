package org.driftwatch.viewer.plot;

/**
 * The part of an axis that is shown, in fractions of the whole. Immutable.
 *
 * @param from left end, 0 to 1
 * @param to right end, above {@code from}
 */
public record Zoom(double from, double to) {
  /** All of it. */
  public static final Zoom WHOLE = new Zoom(0, 1);

  private static final double CLOSEST = 0.04;

  /** A part around a place that stays where it is; {@code factor} below 1 shows less. */
  public Zoom around(double place, double factor) {
    double width = Math.min(1, Math.max(CLOSEST, factor * (to - from)));
    double share = (place - from) / (to - from);
    return at(place - share * width, width);
  }

  /** A part that lies further right, or left, by this share of itself. */
  public Zoom moved(double share) {
    return at(from + share * (to - from), to - from);
  }

  private static Zoom at(double left, double width) {
    double start = Math.max(0, Math.min(1 - width, left));
    return new Zoom(start, Math.min(1, start + width));
  }

  /** True if all is shown. */
  public boolean whole() {
    return from <= 0 && to >= 1;
  }

  /** Where a place of the axis lies in the part shown: 0 to 1 within it. */
  double shown(double place) {
    return (place - from) / (to - from);
  }

  /** The place of the axis that is shown here. */
  double place(double shown) {
    return from + shown * (to - from);
  }
}
