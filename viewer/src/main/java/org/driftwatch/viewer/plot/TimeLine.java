package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.driftwatch.viewer.plot.TrendView.Curve;
import org.driftwatch.viewer.plot.TrendView.Ink;

/**
 * The whole run as one strip of hits per window, with the stretch that is shown. Dragging over it
 * picks a stretch; dragging a picked stretch moves it through the run; a click picks one as long as
 * the last around it. For the event thread.
 */
public final class TimeLine extends Canvas {
  /** Hears what was picked. */
  public interface Listener {
    /** A stretch of the run. */
    void picked(Instant from, Instant to);

    /** Back to the present. */
    void live();
  }

  /** Of when what is shown is. */
  public enum Mode {
    /** The newest windows, and they come. */
    LIVE("LIVE"),
    /** The newest windows, and no newer come. */
    STALE("NOT LIVE: NO NEW RESULTS"),
    /** The newest windows of when it was paused. */
    PAUSED("PAUSED (P)"),
    /** Windows that were picked. */
    HISTORY("HISTORY — back to live (V)");

    private final String words;

    Mode(String words) {
      this.words = words;
    }
  }

  private static final int LEFT = 40;
  private static final int RIGHT = 8;
  private static final int TOP = 26;
  private static final int BOTTOM = 18;
  private static final int TICK_DISTANCE = 110;
  private static final double LEAST_DRAG = 4;
  private static final double LEAST_ALARM = 3;
  private static final int MOST_TOLD = 5;
  private static final Duration LEAST_RUN = Duration.ofMinutes(1);
  private static final Duration FIRST_CLICK = Duration.ofMinutes(1);

  private static final String TIP =
      "The whole run: drag to pick a stretch, drag the stretch to move it; V returns to live";

  private final Listener listener;
  private WindowSeries series = WindowSeries.EMPTY;
  private Instant from = Instant.EPOCH;
  private Instant to = Instant.EPOCH;
  private Mode mode = Mode.LIVE;
  private List<AlarmMark> alarms = List.of();
  private String words = "";
  private Instant runStart = Instant.EPOCH;
  private Instant runEnd = Instant.EPOCH.plus(LEAST_RUN);

  private final LatestColumns latest = new LatestColumns(this);
  private final Still still = new Still();
  private Rectangle2D.Double button = new Rectangle2D.Double();

  /** A strip. */
  public TimeLine(Look look, Listener listener) {
    super(400, 96, look);
    this.listener = listener;
    setName("timeline");
    Hand hand = new Hand();
    addMouseListener(hand);
    addMouseMotionListener(hand);
    setToolTipText(TIP);
  }

  /** Picks by mouse. */
  private final class Hand extends MouseAdapter {
    private double pressedAt = Double.NaN;
    private Instant pressed = Instant.EPOCH;
    private Duration length = Duration.ZERO;
    private Instant start = Instant.EPOCH;
    private boolean moves;

    @Override
    public void mousePressed(MouseEvent event) {
      pressedAt = Double.NaN;
      if (button.contains(designX(event), designY(event))) {
        listener.live();
      } else if (!series.isEmpty()) {
        pressedAt = designX(event);
        pressed = time(pressedAt);
        length = Duration.between(from, to);
        start = from;
        moves = mode == Mode.HISTORY && !pressed.isBefore(from) && pressed.isBefore(to);
      }
    }

    @Override
    public void mouseDragged(MouseEvent event) {
      if (Double.isNaN(pressedAt) || Math.abs(designX(event) - pressedAt) < LEAST_DRAG) {
        return;
      }
      Instant now = time(designX(event));
      if (moves) {
        pick(start.plus(Duration.between(pressed, now)), length);
      } else {
        Instant first = now.isBefore(pressed) ? now : pressed;
        pick(first, Duration.between(pressed, now).abs());
      }
    }

    @Override
    public void mouseReleased(MouseEvent event) {
      if (!Double.isNaN(pressedAt) && Math.abs(designX(event) - pressedAt) < LEAST_DRAG && !moves) {
        Duration wide = mode != Mode.HISTORY || length.isZero() ? FIRST_CLICK : length;
        pick(pressed.minus(wide.dividedBy(2)), wide);
      }
    }
  }

  /** Keeps the stretch within the run, and a window long at least. */
  private void pick(Instant start, Duration length) {
    int newest = series.size() - 1;
    Duration window = Duration.between(series.start(newest), series.end(newest));
    Duration wide = length.compareTo(window) < 0 ? window : length;
    Instant first = series.start(0);
    Instant end = series.end(newest);
    Instant at = start.isBefore(first) ? first : start;
    if (at.plus(wide).isAfter(end)) {
      at = end.minus(wide).isBefore(first) ? first : end.minus(wide);
    }
    listener.picked(at, at.plus(wide));
  }

  private Instant time(double x) {
    double fraction = (x - LEFT) / (designWidth() - LEFT - RIGHT);
    long length = runEnd.toEpochMilli() - runStart.toEpochMilli();
    return runStart.plusMillis(Math.round(Math.max(0, Math.min(1, fraction)) * length));
  }

  private double x(Instant time) {
    double length = runEnd.toEpochMilli() - runStart.toEpochMilli();
    double fraction =
        time.isAfter(runEnd) ? 1 : (time.toEpochMilli() - runStart.toEpochMilli()) / length;
    return LEFT + Math.max(0, Math.min(1, fraction)) * (designWidth() - LEFT - RIGHT);
  }

  /**
   * Shows the run.
   *
   * @param newFrom start of the stretch that is shown
   * @param newTo its end
   * @param newMode of when it is
   * @param newAlarms to be marked
   * @param newWords the stretch in words
   */
  public void show(
      WindowSeries newSeries,
      Instant newFrom,
      Instant newTo,
      Mode newMode,
      List<AlarmMark> newAlarms,
      String newWords,
      Look newLook) {
    series = newSeries;
    from = newFrom;
    to = newTo;
    mode = newMode;
    alarms = newAlarms;
    words = newWords;
    if (!series.isEmpty()) {
      runStart = series.start(0);
      runEnd = series.end(series.size() - 1);
      if (runEnd.isBefore(runStart.plus(LEAST_RUN))) {
        runEnd = runStart.plus(LEAST_RUN);
      }
    }
    look(newLook);
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    double x = designX(event);
    String words =
        alarms.stream()
            .filter(
                mark -> x >= x(mark.from()) - 2 && x <= Math.max(x(mark.to()), x(mark.from()) + 4))
            .map(mark -> "<br><b>alarm</b>: " + mark.words())
            .limit(MOST_TOLD)
            .collect(Collectors.joining());
    return "<html>" + TIP + words + "</html>";
  }

  @Override
  protected void draw(Graphics2D g) {
    double width = Math.max(1, designWidth() - LEFT - RIGHT);
    double height = Math.max(1, designHeight() - TOP - BOTTOM);
    Rectangle2D.Double data = new Rectangle2D.Double(LEFT, TOP, width, height);
    g.setFont(look().medium(13f));
    g.setColor(palette().text());
    g.drawString("Time line", 4f, 15f);
    float x = 4f + g.getFontMetrics().stringWidth("Time line") + 12f;
    x = (float) pill(g, x);
    g.setFont(look().regular(12f));
    g.setColor(mode == Mode.LIVE ? palette().muted() : palette().warning());
    g.drawString(Typeface.cut(words, g.getFontMetrics(), designWidth() - x - 8), x + 10f, 15f);
    g.setColor(palette().grid());
    g.fill(new Rectangle2D.Double(data.x, data.y + data.height, data.width, 1));
    if (series.isEmpty()) {
      return;
    }
    stretch(g, data);
    curve(g, data);
    ticks(g, data);
  }

  /** Live or history, and the way back. */
  private double pill(Graphics2D g, double x) {
    String text = mode.words;
    Color color = colour();
    g.setFont(look().medium(11.5f));
    double width = g.getFontMetrics().stringWidth(text) + 18;
    button =
        mode != Mode.HISTORY ? new Rectangle2D.Double() : new Rectangle2D.Double(x, 2, width, 18);
    g.setColor(Palette.faint(color, 0.18));
    g.fill(new RoundRectangle2D.Double(x, 2, width, 18, 18, 18));
    g.setColor(color);
    g.drawString(text, (float) x + 9f, 15f);
    return x + width;
  }

  private Color colour() {
    return mode == Mode.LIVE ? palette().good() : palette().warning();
  }

  private void stretch(Graphics2D g, Rectangle2D.Double data) {
    double left = x(from);
    double right = Math.max(x(to), left + 2);
    Color color = colour();
    g.setColor(Palette.faint(color, 0.16));
    g.fill(new Rectangle2D.Double(left, data.y, right - left, data.height));
    g.setColor(color);
    g.setStroke(new BasicStroke(1.2f));
    g.draw(new Line2D.Double(left, data.y, left, data.y + data.height));
    g.draw(new Line2D.Double(right, data.y, right, data.y + data.height));
  }

  /** The mean of each pixel's windows, as an area; upright strokes on whole pixels. */
  private void curve(Graphics2D g, Rectangle2D.Double data) {
    AffineTransform zoom = g.getTransform();
    int count = Math.max(1, (int) Math.round(data.width * zoom.getScaleX()));
    TrendView view =
        new TrendView(
            Heading.NONE,
            series,
            runStart,
            runEnd,
            false,
            List.of(new Curve("", Column.HITS, Ink.TOTAL, true)),
            List.of());
    TrendColumns columns = latest.of(view, count);
    double max = 1;
    for (int column = 0; column < count; column++) {
      if (!columns.isEmpty(column)) {
        max = Math.max(max, columns.mean(0, column));
      }
    }
    double highest = max;
    Rectangle place = TrendPlot.pixels(data, zoom);
    g.setTransform(new AffineTransform());
    still.draw(
        g,
        place,
        List.of(columns, palette(), zoom.getScaleX()),
        isPaintingForPrint(),
        pixels -> curve(pixels, columns, highest, place, zoom.getScaleX()));
    g.setTransform(zoom);
    for (AlarmMark mark : alarms) {
      double from = x(mark.from());
      double wide = Math.max(LEAST_ALARM, x(mark.to()) - from);
      g.setColor(palette().level(mark.level()));
      g.fill(
          new Rectangle2D.Double(
              from, data.y + data.height - TimeAxis.ALARM, wide, TimeAxis.ALARM));
    }
  }

  private void curve(Graphics2D g, TrendColumns columns, double max, Rectangle place, double zoom) {
    int base = place.y + place.height;
    double full = place.height * 0.94;
    int line = Math.max(1, (int) Math.round(1.4 * zoom));
    int before = -1;
    for (int column = 0; column < columns.count(); column++) {
      int high =
          columns.isEmpty(column) ? -1 : (int) Math.round(full * columns.mean(0, column) / max);
      if (high >= 0) {
        g.setColor(Palette.faint(palette().total(), 0.22));
        g.fillRect(place.x + column, base - high, 1, high);
        // From the height of the column before, so that the line does not break.
        int top = Math.max(high, before);
        int low = before < 0 ? high : Math.min(high, before);
        g.setColor(palette().total());
        g.fillRect(place.x + column, base - top, 1, Math.min(top - low + line, Math.max(1, top)));
      }
      before = high;
    }
    TrendPlot.marks(g, palette(), columns, place, zoom);
  }

  private void ticks(Graphics2D g, Rectangle2D.Double data) {
    g.setFont(look().regular(11f));
    g.setColor(palette().muted());
    int most = Math.max(1, (int) (data.width / TICK_DISTANCE));
    for (Tick tick : TimeTicks.between(runStart, runEnd, most)) {
      double x = data.x + tick.fraction() * data.width;
      double wide = g.getFontMetrics().stringWidth(tick.label());
      g.fill(new Rectangle2D.Double(x, data.y + data.height, 1, 3));
      g.drawString(
          tick.label(),
          (float) Math.min(x - wide / 2, designWidth() - wide - 2),
          (float) (data.y + data.height + 14));
    }
  }
}
