package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
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
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final double NARROW = 1.5;
  private static final float LINE = 1.6f;
  private static final double BAND = 0.3;

  /** Height and least width of the mark over a window that lacks records. */
  static final double MARK = 4;

  private static final double LEAST_MARK = 2;

  private TrendView view;
  private boolean log;

  private final LatestColumns latest = new LatestColumns(this);

  private final Still still = new Still();

  /** What is drawn where windows are narrower than a pixel. */
  private TrendColumns columns;

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
    if (designY(event) < PlotArea.TITLE_HEIGHT) {
      return PlotArea.help(view.heading());
    }
    double time = axis().millis(designX(event), designWidth(), designHeight());
    int i = view.series().firstEndingAfter(Instant.ofEpochMilli((long) time));
    if (i >= view.series().size() || view.series().get(Column.START, i) > time) {
      return null;
    }
    long windows = view.series().get(Column.WINDOWS, i);
    StringBuilder text = new StringBuilder("<html>");
    text.append(windows == 1 ? "window " : Numbers.grouped(windows) + " windows from ");
    text.append(TIME.format(view.series().start(i))).append(" UTC");
    if (view.series().get(Column.INCOMPLETE, i) != 0) {
      text.append("<br><b>incomplete</b>: records deleted before they were read");
    }
    view.alarms().stream()
        .filter(mark -> mark.lastsAt(time))
        .forEach(mark -> text.append("<br><b>alarm</b>: ").append(mark.words()));
    for (TrendView.Curve curve : view.curves()) {
      text.append("<br>").append(curve.name()).append(": ");
      text.append(
          view.rates()
              ? Numbers.rate(view.value(curve, i)) + " /s"
              : windows == 1
                  ? Numbers.grouped(view.series().get(curve.column(), i))
                  : Numbers.rate(view.value(curve, i)) + " per window");
    }
    return text.append("</html>").toString();
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), look());
    double titleEnd = area.title(view.heading());
    legend(g, titleEnd);
    WindowSeries series = view.series();
    int first = series.firstEndingAfter(view.from());
    int end = series.firstStartingFrom(view.to());
    double windows = Math.max(1, end - first);
    boolean narrow = area.data.width / windows < NARROW;
    int pixels = (int) Math.round(area.data.width * g.getTransform().getScaleX());
    if (narrow) {
      columns = latest.of(view, pixels);
    }
    double max = narrow ? columns.largest() : largest(first, end);
    ValueScale scale =
        view.rates() ? ValueScale.ofRates(log, max) : ValueScale.of(log, Math.round(max));
    area.valueGrid(scale);
    axis().draw(area, "window start, UTC", view.alarms());
    if (narrow) {
      columns(g, area, scale);
    } else {
      for (TrendView.Curve curve : view.curves()) {
        steps(g, area, scale, curve, first, end);
      }
      for (int i = first; i < end; i++) {
        if (view.series().get(Column.INCOMPLETE, i) != 0) {
          double left = axis().x(area, series.get(Column.START, i));
          double wide = Math.max(LEAST_MARK, axis().x(area, series.get(Column.END, i)) - left);
          g.setColor(palette().warning());
          g.fill(new Rectangle2D.Double(left, area.data.y, wide, MARK));
        }
      }
    }
    area.baseLine();
  }

  private TimeAxis axis() {
    return new TimeAxis(view.from(), view.to());
  }

  private double largest(int first, int end) {
    double max = 0;
    for (TrendView.Curve curve : view.curves()) {
      for (int i = first; i < end; i++) {
        max = Math.max(max, view.value(curve, i));
      }
    }
    return max;
  }

  private void steps(
      Graphics2D g, PlotArea area, ValueScale scale, TrendView.Curve curve, int first, int end) {
    if (curve.filled()) {
      g.setColor(shade(curve));
      g.fill(path(area, scale, curve, first, end, true));
    }
    g.setColor(colour(curve.ink()));
    g.setStroke(new BasicStroke(LINE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    g.draw(path(area, scale, curve, first, end, false));
  }

  private Color shade(TrendView.Curve curve) {
    return Palette.faint(colour(curve.ink()), palette().dark() ? 0.12 : 0.09);
  }

  /** For each column of the screen's pixels the mean of its windows, over a band of their range. */
  private void columns(Graphics2D g, PlotArea area, ValueScale scale) {
    AffineTransform zoom = g.getTransform();
    Rectangle place = pixels(area.data, zoom);
    g.setTransform(new AffineTransform());
    still.draw(
        g,
        place,
        List.of(columns, log, scale.top(), palette(), zoom.getScaleX()),
        isPaintingForPrint(),
        pixels -> columns(pixels, place, scale, zoom.getScaleX()));
    g.setTransform(zoom);
  }

  private void columns(Graphics2D g, Rectangle place, ValueScale scale, double zoom) {
    int count = columns.count();
    int left = place.x;
    int base = pixelY(place, 0);
    int line = Math.max(1, (int) Math.round(LINE * zoom));
    for (int curve = 0; curve < view.curves().size(); curve++) {
      TrendView.Curve drawn = view.curves().get(curve);
      Color band = Palette.faint(colour(drawn.ink()), BAND);
      for (int column = 0; column < count; column++) {
        if (!columns.isEmpty(column)) {
          int top = pixelY(place, scale.height(columns.largest(curve, column)));
          int bottom = pixelY(place, scale.height(columns.least(curve, column)));
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
            columns.isEmpty(column) ? -1 : pixelY(place, scale.height(columns.mean(curve, column)));
        if (mean >= 0) {
          // From the height of the column before, so that the line does not break.
          int high = before < 0 ? mean : Math.min(mean, before);
          int low = before < 0 ? mean : Math.max(mean, before);
          g.fillRect(left + column, high - line / 2, 1, low - high + line);
        }
        before = mean;
      }
    }
    marks(g, palette(), columns, place, zoom);
  }

  /** Marks over the columns that hold an incomplete window; on whole pixels. */
  static void marks(
      Graphics2D g, Palette palette, TrendColumns columns, Rectangle place, double zoom) {
    int wide = (int) Math.ceil(LEAST_MARK * zoom);
    int high = (int) Math.ceil(MARK * zoom);
    g.setColor(palette.warning());
    for (int column = 0; column < columns.count(); column++) {
      if (columns.isIncomplete(column)) {
        g.fillRect(place.x + column, place.y, wide, high);
      }
    }
  }

  /** The pixels of an area. */
  static Rectangle pixels(Rectangle2D area, AffineTransform zoom) {
    int left = (int) Math.round(area.getX() * zoom.getScaleX() + zoom.getTranslateX());
    int top = (int) Math.round(area.getY() * zoom.getScaleY() + zoom.getTranslateY());
    int width = (int) Math.round(area.getWidth() * zoom.getScaleX());
    int bottom = (int) Math.round(area.getMaxY() * zoom.getScaleY() + zoom.getTranslateY());
    return new Rectangle(left, top, Math.max(1, width), Math.max(1, bottom - top));
  }

  private static int pixelY(Rectangle place, double fraction) {
    return place.y + (int) Math.round((1 - Math.min(1, fraction)) * place.height);
  }

  private Path2D path(
      PlotArea area, ValueScale scale, TrendView.Curve curve, int first, int end, boolean closed) {
    WindowSeries series = view.series();
    Path2D.Double path = new Path2D.Double();
    boolean open = false;
    for (int i = first; i < end; i++) {
      double left = axis().x(area, series.get(Column.START, i));
      double right = axis().x(area, series.get(Column.END, i));
      double y = area.y(scale.height(view.value(curve, i)));
      if (open) {
        path.lineTo(left, y);
      } else {
        path.moveTo(left, closed ? area.y(0) : y);
        path.lineTo(left, y);
      }
      path.lineTo(right, y);
      open = i + 1 < end && follows(series, i);
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

  /** How much room a legend takes. */
  private record Spread(boolean values, int swatch, int gap, int between) {}

  private static final List<Spread> SPREADS =
      List.of(
          new Spread(true, 10, 5, 16), new Spread(false, 10, 5, 16), new Spread(false, 7, 3, 8));

  /** Names of the curves with their last numbers, from the right; left out if it is narrow. */
  private void legend(Graphics2D g, double free) {
    if (view.curves().size() < 2 && last() < 0) {
      return;
    }
    for (Spread spread : SPREADS) {
      if (!(spread.values() && last() < 0) && legend(g, free, spread)) {
        return;
      }
    }
  }

  private boolean legend(Graphics2D g, double free, Spread spread) {
    WindowSeries series = view.series();
    boolean values = spread.values();
    int swatch = spread.swatch();
    int gap = spread.gap();
    int between = spread.between();
    g.setFont(look().regular(11f));
    FontMetrics metrics = g.getFontMetrics();
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

  /** The last window of the stretch that is shown; negative if it holds none. */
  private int last() {
    WindowSeries series = view.series();
    int last = series.firstStartingFrom(view.to()) - 1;
    return last >= 0 && series.end(last).isAfter(view.from()) ? last : -1;
  }

  private String number(TrendView.Curve curve, WindowSeries series) {
    int last = last();
    return view.rates()
        ? Numbers.rate(view.value(curve, last))
        : Numbers.grouped(series.get(curve.column(), last));
  }

  private String text(TrendView.Curve curve, WindowSeries series, boolean value) {
    return value ? curve.name() + " " + number(curve, series) : curve.name();
  }

  private Color colour(TrendView.Ink ink) {
    return ink.colour(palette());
  }
}
