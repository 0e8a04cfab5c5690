package org.driftwatch.viewer.plot;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Measured numbers with their errors over a stretch of time: what a {@link PointPlot} draws.
 * Immutable.
 *
 * @param heading what is measured, and over which stretch
 * @param from left end
 * @param to right end
 * @param points what was measured, from the left
 * @param least lower end of the scale
 * @param most its upper end; what lies outside is an arrow at the end
 * @param expected a dashed line: what a healthy detector gives, or where it begins
 * @param chamber in whose colour it is drawn
 * @param alarms what is marked
 */
public record PointView(
    Heading heading,
    Instant from,
    Instant to,
    List<Point> points,
    double least,
    double most,
    OptionalDouble expected,
    int chamber,
    List<AlarmMark> alarms) {
  /** Copies the lists and checks the ends. */
  public PointView {
    points = List.copyOf(points);
    alarms = List.copyOf(alarms);
    if (!from.isBefore(to) || !(least < most)) {
      throw new IllegalArgumentException(
          "time axis from " + from + " to " + to + ", scale from " + least + " to " + most);
    }
  }

  /**
   * A measured number.
   *
   * @param from begin of the stretch that it was measured in
   * @param to its end
   * @param value the number
   * @param low lower end of its error
   * @param high upper end of its error
   * @param words number, error and unit in words
   */
  public record Point(
      Instant from, Instant to, double value, double low, double high, String words) {}
}
