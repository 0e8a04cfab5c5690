package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Insets;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Title, frame, grid and ticks that all plots have in common, and where within them the data go.
 * Made for each painting.
 */
final class PlotArea {
  private static final float TITLE = 13f;
  private static final float LABEL = 11f;
  static final int TITLE_HEIGHT = 24;
  private static final int LEFT = 40;
  private static final int RIGHT = 8;
  private static final int X_LABELS = 16;
  private static final int X_TITLE = 14;

  final Rectangle2D.Double data;
  final Graphics2D g;
  final Look look;
  final Palette palette;
  private final int width;
  private final int height;

  PlotArea(Graphics2D g, int width, int height, Look look) {
    this(g, width, height, look, LEFT);
  }

  /** An area with more room for words at the left. */
  PlotArea(Graphics2D g, int width, int height, Look look, int left) {
    this.g = g;
    this.look = look;
    this.palette = look.palette();
    this.width = width;
    this.height = height;
    this.data = dataArea(width, height, left);
  }

  /** Where the data lie in a plot of this size. */
  static Rectangle2D.Double dataArea(int width, int height) {
    return dataArea(width, height, LEFT);
  }

  /** Where they lie with this much room at the left. */
  static Rectangle2D.Double dataArea(int width, int height, int left) {
    Insets around = new Insets(TITLE_HEIGHT + 4, left, X_LABELS + X_TITLE + 2, RIGHT);
    return new Rectangle2D.Double(
        around.left,
        around.top,
        Math.max(1, width - around.left - around.right),
        Math.max(1, height - around.top - around.bottom));
  }

  /** Title and help as a tool tip. */
  static String help(Heading heading) {
    return "<html><div style='width:240px'><b>%s</b><br>%s</div></html>"
        .formatted(heading.title(), heading.help());
  }

  double x(double fraction) {
    return data.x + fraction * data.width;
  }

  double y(double fraction) {
    return data.y + (1 - Math.min(1, fraction)) * data.height;
  }

  /** Title in bold, detail after it as far as it fits. Returns where the free space begins. */
  double title(Heading heading) {
    float base = 15f;
    g.setFont(look.medium(TITLE));
    g.setColor(palette.text());
    g.drawString(heading.title(), 4f, base);
    double end = 4f + g.getFontMetrics().stringWidth(heading.title()) + 8f;
    g.setFont(look.regular(LABEL));
    g.setColor(palette.muted());
    String detail = Typeface.cut(heading.detail(), g.getFontMetrics(), width - RIGHT - end);
    g.drawString(detail, (float) end, base);
    return end + g.getFontMetrics().stringWidth(detail);
  }

  /** The first of these words that fits at the right of the title; none if none does. */
  void note(List<String> notes, double from, Color color) {
    g.setFont(look.regular(LABEL));
    notes.stream()
        .filter(n -> width - RIGHT - g.getFontMetrics().stringWidth(n) > from + 10)
        .findFirst()
        .ifPresent(n -> note(n, from, color));
  }

  /** A word at the right of the title, left out if it would touch it. */
  void note(String note, double from, Color color) {
    g.setFont(look.regular(LABEL));
    double at = width - RIGHT - g.getFontMetrics().stringWidth(note);
    if (at > from + 10) {
      g.setColor(color);
      g.drawString(note, (float) at, 15f);
    }
  }

  void valueGrid(ValueScale scale) {
    valueGrid(scale, data);
  }

  /** The grid in a part of the plot. */
  void valueGrid(ValueScale scale, Rectangle2D.Double room) {
    g.setFont(look.regular(LABEL));
    FontMetrics metrics = g.getFontMetrics();
    double lastLabel = Double.POSITIVE_INFINITY;
    for (Tick tick : scale.ticks()) {
      double y = room.y + (1 - Math.min(1, tick.fraction())) * room.height;
      boolean minor = tick.label().isEmpty();
      g.setColor(minor ? Palette.faint(palette.grid(), 0.45) : palette.grid());
      line(data.x, y, data.x + data.width, y);
      if (!minor && lastLabel - y > metrics.getAscent() + 2) {
        g.setColor(palette.muted());
        g.drawString(
            tick.label(),
            (float) (data.x - 6 - metrics.stringWidth(tick.label())),
            (float) (y + metrics.getAscent() * 0.36));
        lastLabel = y;
      }
    }
  }

  /** The base line with its ticks' names; {@code lines} draws a line up from each. */
  void xAxis(List<Tick> ticks, String title, boolean lines) {
    double base = data.y + data.height;
    g.setFont(look.regular(LABEL));
    FontMetrics metrics = g.getFontMetrics();
    double free = Double.NEGATIVE_INFINITY;
    for (Tick tick : ticks) {
      double x = x(tick.fraction());
      double labelWidth = metrics.stringWidth(tick.label());
      if (lines) {
        g.setColor(palette.grid());
        line(x, data.y, x, base);
      }
      double left = Math.min(x - labelWidth / 2, width - labelWidth - 1);
      if (left > free) {
        g.setColor(palette.axis());
        line(x, base, x, base + 3);
        g.setColor(palette.muted());
        g.drawString(tick.label(), (float) left, (float) (base + 14f));
        free = left + labelWidth + 5;
      }
    }
    g.setColor(palette.muted());
    g.drawString(title, (float) (data.x + data.width - metrics.stringWidth(title)), height - 3f);
  }

  void baseLine() {
    double base = data.y + data.height;
    g.setColor(palette.axis());
    line(data.x, base, data.x + data.width, base);
  }

  /** A line of one pixel of the screen, laid onto its pixels: zoomed ones would be blurred. */
  void line(double x1, double y1, double x2, double y2) {
    AffineTransform t = g.getTransform();
    g.setStroke(new BasicStroke((float) (1 / t.getScaleX())));
    double left = onPixel(x1, t.getScaleX(), t.getTranslateX());
    double right = onPixel(x2, t.getScaleX(), t.getTranslateX());
    double top = onPixel(y1, t.getScaleY(), t.getTranslateY());
    double bottom = onPixel(y2, t.getScaleY(), t.getTranslateY());
    g.draw(new Line2D.Double(left, top, right, bottom));
  }

  private static double onPixel(double at, double scale, double shift) {
    return (Math.floor(at * scale + shift) + 0.5 - shift) / scale;
  }

  /** Baseline for words beside the axis title. */
  float footY() {
    return height - 3f;
  }
}
