package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.event.MouseEvent;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.swing.ToolTipManager;

/**
 * Draws a {@link PointView}: a point for each stretch, with its error; a dashed line where it is
 * expected. Tells the number under the cursor. For the event thread.
 */
public final class PointPlot extends Canvas {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final double RADIUS = 2.2;
  private static final double ARROW = 4;

  private PointView view;

  /** A plot. */
  public PointPlot(PointView view, Look look) {
    super(0, 0, look);
    this.view = view;
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  /** Draws this from now on. */
  public void show(PointView newView, Look newLook) {
    view = newView;
    look(newLook);
  }

  private TimeAxis axis() {
    return new TimeAxis(view.from(), view.to());
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    if (designY(event) < PlotArea.TITLE_HEIGHT) {
      return PlotArea.help(view.heading());
    }
    double time = axis().millis(designX(event), designWidth(), designHeight());
    StringBuilder text = new StringBuilder();
    view.points().stream()
        .filter(p -> p.from().toEpochMilli() <= time && time < p.to().toEpochMilli())
        .findFirst()
        .ifPresent(
            p ->
                text.append(TIME.format(p.from()))
                    .append(" – ")
                    .append(TIME.format(p.to()))
                    .append(" UTC<br><b>")
                    .append(p.words())
                    .append("</b>"));
    view.alarms().stream()
        .filter(mark -> mark.lastsAt(time))
        .forEach(mark -> text.append("<br><b>alarm</b>: ").append(mark.words()));
    return text.isEmpty() ? null : "<html>" + text + "</html>";
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), look());
    double titleEnd = area.title(view.heading());
    int last = view.points().size() - 1;
    area.note(
        last < 0 ? "too few segments" : view.points().get(last).words(),
        titleEnd,
        palette().muted());
    ValueScale scale = ValueScale.between(view.least(), view.most());
    area.valueGrid(scale);
    axis().draw(area, "UTC", view.alarms());
    Shape before = g.getClip();
    Rectangle2D.Double data = area.data;
    g.clip(new Rectangle2D.Double(data.x - 1, data.y - 1, data.width + 2, data.height + 2));
    view.expected().ifPresent(expected -> expected(g, area, area.y(scale.height(expected))));
    for (PointView.Point point : view.points()) {
      point(g, area, scale, point);
    }
    g.setClip(before);
    area.baseLine();
  }

  private void expected(Graphics2D g, PlotArea area, double y) {
    g.setColor(palette().muted());
    g.setStroke(HistogramPainter.dashes());
    g.draw(new Line2D.Double(area.data.x, y, area.data.x + area.data.width, y));
  }

  private void point(Graphics2D g, PlotArea area, ValueScale scale, PointView.Point point) {
    double left = axis().x(area, point.from().toEpochMilli());
    double right = axis().x(area, point.to().toEpochMilli());
    double x = (left + right) / 2;
    double height = scale.height(point.value());
    g.setColor(palette().chamber(view.chamber()));
    if (height < 0 || height > 1) {
      arrow(g, x, height < 0 ? area.data.y + area.data.height : area.data.y, height < 0 ? -1 : 1);
      return;
    }
    double y = area.y(height);
    g.setStroke(new BasicStroke(1.2f));
    g.draw(new Line2D.Double(left + 1, y, right - 1, y));
    g.draw(
        new Line2D.Double(
            x, area.y(scale.height(point.low())), x, area.y(scale.height(point.high()))));
    g.fill(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
  }

  /** Points at what lies outside, above or below. */
  private static void arrow(Graphics2D g, double x, double end, int up) {
    Path2D.Double arrow = new Path2D.Double();
    arrow.moveTo(x, end);
    arrow.lineTo(x + ARROW, end + up * 2 * ARROW);
    arrow.lineTo(x - ARROW, end + up * 2 * ARROW);
    arrow.closePath();
    g.fill(arrow);
  }
}
