package org.driftwatch.viewer.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.time.Instant;
import java.util.List;

/**
 * Time from left to right over a plot's data, in UTC, with alarms.
 *
 * @param from left end
 * @param to right end
 */
record TimeAxis(Instant from, Instant to) {
  /** Height of the bar of an alarm. */
  static final double ALARM = 5;

  private static final int TICK_DISTANCE = 90;
  private static final double LEAST_MARK = 2;

  /** Where an instant lies, ms since the epoch; what is outside, at the ends. */
  double x(PlotArea area, long millis) {
    double start = from.toEpochMilli();
    double fraction = (millis - start) / (to.toEpochMilli() - start);
    return area.x(Math.max(0, Math.min(1, fraction)));
  }

  /** The instant at a place of a plot of this size, ms since the epoch; may be outside. */
  double millis(double x, int width, int height) {
    Rectangle2D.Double data = PlotArea.dataArea(width, height);
    double start = from.toEpochMilli();
    return start + (x - data.x) / data.width * (to.toEpochMilli() - start);
  }

  /** Ticks, then a shade from the raising of each alarm to its end, and a bar on the axis. */
  void draw(PlotArea area, String title, List<AlarmMark> alarms) {
    int most = Math.max(1, (int) (area.data.width / TICK_DISTANCE));
    area.xAxis(TimeTicks.between(from, to, most), title, true);
    for (AlarmMark mark : alarms) {
      if (mark.from().isBefore(to) && mark.to().isAfter(from)) {
        double left = x(area, mark.from().toEpochMilli());
        double right = mark.to().isAfter(to) ? area.x(1) : x(area, mark.to().toEpochMilli());
        double wide = Math.max(LEAST_MARK, right - left);
        Color color = area.palette.level(mark.level());
        area.g.setColor(Palette.faint(color, 0.14));
        area.g.fill(new Rectangle2D.Double(left, area.data.y, wide, area.data.height));
        area.g.setColor(color);
        double top = area.data.y + area.data.height - ALARM;
        area.g.fill(new Rectangle2D.Double(left, top, wide, ALARM));
      }
    }
  }
}
