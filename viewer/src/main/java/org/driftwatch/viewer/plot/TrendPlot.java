package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import javax.swing.ToolTipManager;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * Draws a {@link TrendView}: each window a step from its start to its end, nothing where there is
 * no window; where windows are narrower than a pixel, the mean of their numbers over their range.
 * For the event thread.
 */
public final class TrendPlot extends Canvas {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int TICK_DISTANCE = 90;
  private static final double NARROW = 1.5;
  private static final float LINE = 1.6f;
  private static final double BAND = 0.3;

  private TrendView view;
  private boolean log;

  /** A plot. */
  public TrendPlot(TrendView view, Look look) {
    super(0, 0, look);
    this.view = view;
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  /** Draws this from now on. */
  public void show(TrendView newView, boolean logarithmic, Look newLook) {
    view = newView;
    log = logarithmic;
    look(newLook);
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    Rectangle2D.Double data = PlotArea.dataArea(designWidth(), designHeight());
    double fraction = (designX(event) - data.x) / data.width;
    double from = view.from().toEpochMilli();
    double time = from + fraction * (view.to().toEpochMilli() - from);
    int i = view.series().firstEndingAfter(Instant.ofEpochMilli((long) time));
    if (i >= view.series().size() || view.series().get(Column.START, i) > time) {
      return null;
    }
    StringBuilder text = new StringBuilder("<html>window ");
    text.append(TIME.format(view.series().start(i))).append(" UTC");
    for (TrendView.Curve curve : view.curves()) {
      text.append("<br>").append(curve.name()).append(": ");
      text.append(Numbers.grouped(view.series().get(curve.column(), i)));
    }
    return text.append("</html>").toString();
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), palette());
    double titleEnd = area.title(view.title(), view.unit());
    legend(g, titleEnd);
    WindowSeries series = view.series();
    int first = series.firstEndingAfter(view.from());
    long max = 0;
    for (TrendView.Curve curve : view.curves()) {
      for (int i = first; i < series.size(); i++) {
        max = Math.max(max, series.get(curve.column(), i));
      }
    }
    ValueScale scale = ValueScale.of(log, max);
    area.valueGrid(scale);
    int most = Math.max(1, (int) (area.data.width / TICK_DISTANCE));
    area.xAxis(TimeTicks.between(view.from(), view.to(), most), "window start, UTC", true);
    double windows = Math.max(1, series.size() - first);
    if (area.data.width / windows < NARROW) {
      columns(g, area, scale);
    } else {
      for (TrendView.Curve curve : view.curves()) {
        steps(g, area, scale, curve, first);
      }
    }
    area.baseLine();
  }

  private void steps(
      Graphics2D g, PlotArea area, ValueScale scale, TrendView.Curve curve, int first) {
    if (curve.filled()) {
      g.setColor(shade(curve));
      g.fill(path(area, scale, curve, first, true));
    }
    g.setColor(colour(curve.ink()));
    g.setStroke(new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    g.draw(path(area, scale, curve, first, false));
  }

  private Color shade(TrendView.Curve curve) {
    return Palette.faint(colour(curve.ink()), palette().dark() ? 0.12 : 0.09);
  }

  /** For each column of the screen's pixels the mean of its windows, over a band of their range. */
  private void columns(Graphics2D g, PlotArea area, ValueScale scale) {
    AffineTransform zoom = g.getTransform();
    int left = (int) Math.round(area.data.x * zoom.getScaleX() + zoom.getTranslateX());
    int count = (int) Math.round(area.data.width * zoom.getScaleX());
    TrendColumns columns =
        TrendColumns.of(
            view.series(),
            view.from().toEpochMilli(),
            view.to().toEpochMilli(),
            count,
            view.curves().stream().map(TrendView.Curve::column).toList());
    // Upright strokes on whole pixels need no smoothing, which would cost most of the time.
    g.setTransform(new AffineTransform());
    int line = Math.max(1, (int) Math.round(LINE * zoom.getScaleX()));
    for (int curve = 0; curve < view.curves().size(); curve++) {
      TrendView.Curve drawn = view.curves().get(curve);
      int base = pixelY(area, zoom, 0);
      Color band = Palette.faint(colour(drawn.ink()), BAND);
      for (int column = 0; column < count; column++) {
        if (!columns.isEmpty(column)) {
          int top = pixelY(area, zoom, scale.fraction(columns.largest(curve, column)));
          int bottom = pixelY(area, zoom, scale.fraction(columns.least(curve, column)));
          if (drawn.filled()) {
            g.setColor(shade(drawn));
            g.fillRect(left + column, bottom, 1, base - bottom);
          }
          g.setColor(band);
          g.fillRect(left + column, top, 1, bottom - top);
        }
      }
      g.setColor(colour(drawn.ink()));
      int before = -1;
      for (int column = 0; column < count; column++) {
        int mean =
            columns.isEmpty(column)
                ? -1
                : pixelY(area, zoom, scale.height(columns.mean(curve, column)));
        if (mean >= 0) {
          // From the height of the column before, so that the line does not break.
          int high = before < 0 ? mean : Math.min(mean, before);
          int low = before < 0 ? mean : Math.max(mean, before);
          g.fillRect(left + column, high - line / 2, 1, low - high + line);
        }
        before = mean;
      }
    }
    g.setTransform(zoom);
  }

  private static int pixelY(PlotArea area, AffineTransform zoom, double fraction) {
    return (int) Math.round(area.y(fraction) * zoom.getScaleY() + zoom.getTranslateY());
  }

  private double x(PlotArea area, long millis) {
    double from = view.from().toEpochMilli();
    double fraction = (millis - from) / (view.to().toEpochMilli() - from);
    return area.x(Math.max(0, Math.min(1, fraction)));
  }

  private Path2D path(
      PlotArea area, ValueScale scale, TrendView.Curve curve, int first, boolean closed) {
    WindowSeries series = view.series();
    Path2D.Double path = new Path2D.Double();
    boolean open = false;
    for (int i = first; i < series.size(); i++) {
      double left = x(area, series.get(Column.START, i));
      double right = x(area, series.get(Column.END, i));
      double y = area.y(scale.fraction(series.get(curve.column(), i)));
      if (open) {
        path.lineTo(left, y);
      } else {
        path.moveTo(left, closed ? area.y(0) : y);
        path.lineTo(left, y);
      }
      path.lineTo(right, y);
      open = i + 1 < series.size() && follows(series, i);
      if (closed && !open) {
        path.lineTo(right, area.y(0));
        path.closePath();
      }
    }
    return path;
  }

  private static boolean follows(WindowSeries series, int i) {
    return series.get(Column.START, i + 1) <= series.get(Column.END, i);
  }

  /** Names of the curves with their newest numbers, from the right; without where it is narrow. */
  private void legend(Graphics2D g, double free) {
    WindowSeries series = view.series();
    if (view.curves().size() < 2 && series.isEmpty()) {
      return;
    }
    if (!legend(g, free, !series.isEmpty())) {
      legend(g, free, false);
    }
  }

  private boolean legend(Graphics2D g, double free, boolean values) {
    WindowSeries series = view.series();
    g.setFont(Typeface.regular(11f));
    FontMetrics metrics = g.getFontMetrics();
    int swatch = 10;
    int gap = 5;
    int between = 16;
    double width = 0;
    for (TrendView.Curve curve : view.curves()) {
      width += swatch + gap + metrics.stringWidth(text(curve, series, values)) + between;
    }
    double x = designWidth() - 8 - width + between;
    if (x < free + between) {
      return false;
    }
    float base = 15f;
    for (TrendView.Curve curve : view.curves()) {
      g.setColor(colour(curve.ink()));
      g.fill(new Rectangle2D.Double(x, base - 8f, swatch, 8f));
      g.setColor(palette().muted());
      String text = text(curve, series, values);
      g.drawString(text, (float) (x + swatch + gap), base);
      x += swatch + gap + metrics.stringWidth(text) + between;
    }
    return true;
  }

  private static String text(TrendView.Curve curve, WindowSeries series, boolean value) {
    return value
        ? curve.name() + " " + Numbers.grouped(series.get(curve.column(), series.size() - 1))
        : curve.name();
  }

  private Color colour(TrendView.Ink ink) {
    return switch (ink) {
      case TOTAL -> palette().total();
      case SCINTILLATOR -> palette().scintillator();
      case CHAMBER_0 -> palette().chamber(0);
      case CHAMBER_1 -> palette().chamber(1);
      case CHAMBER_2 -> palette().chamber(2);
      case CHAMBER_3 -> palette().chamber(3);
    };
  }
}
