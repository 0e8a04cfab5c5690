package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.driftwatch.detector.Histogram;

/**
 * Draws a {@link HistogramView} below its title: grid, shades, counts, reference and, if there is
 * room, the ratio to it. Made for each painting.
 */
final class HistogramPainter {
  /** Height of the data, in units of the design, from which on a ratio fits below them. */
  private static final double ROOM_FOR_RATIO = 150;

  private static final double RATIO_SHARE = 0.28;
  private static final double RATIO_TOP = 2;

  private final PlotArea area;
  private final Graphics2D g;
  private final Palette palette;
  private final HistogramView view;
  private final Zoom zoom;
  private final Color ink;
  private final boolean ratio;
  private final Rectangle2D.Double counts;
  private final ValueScale scale;

  /**
   * A painter.
   *
   * @param zoom the part of the axis that is shown
   * @param log true for logarithmic counts
   * @param ink colour of the counts
   */
  HistogramPainter(PlotArea area, HistogramView view, Zoom zoom, boolean log, Color ink) {
    this.area = area;
    this.g = area.g;
    this.palette = area.palette;
    this.view = view;
    this.zoom = zoom;
    this.ink = ink;
    Rectangle2D.Double all = area.data;
    ratio =
        view.overlay().isPresent() && view.histogram().isPresent() && all.height > ROOM_FOR_RATIO;
    double height = ratio ? all.height * (1 - RATIO_SHARE) - 8 : all.height;
    counts = new Rectangle2D.Double(all.x, all.y, all.width, height);
    scale = ValueScale.of(log, highest());
  }

  /** Draws everything, with a line at a bin that is read, if it is not negative. */
  void paint(int readBin) {
    Rectangle2D.Double all = area.data;
    double bottom = counts.y + counts.height;
    area.valueGrid(scale, counts);
    Shape before = g.getClip();
    g.clip(new Rectangle2D.Double(all.x - 1, all.y - 1, all.width + 2, all.height + 2));
    view.decoration().band().ifPresent(this::band);
    squeezed();
    marks();
    view.histogram().ifPresent(view.decoration().bars() ? this::bars : this::steps);
    view.overlay().ifPresent(this::overlay);
    view.decoration().guide().ifPresent(this::guide);
    if (ratio) {
      ratio(new Rectangle2D.Double(all.x, bottom + 8, all.width, all.height - counts.height - 8));
    }
    if (readBin >= 0) {
      reading(readBin);
    }
    g.setClip(before);
    if (ratio) {
      area.line(all.x, bottom, all.x + all.width, bottom);
    }
    area.baseLine();
    area.xAxis(ticks(), view.axis().title(), false);
    legend();
  }

  private long highest() {
    double max = 0;
    for (int i = 0; i < view.axis().bins(); i++) {
      if (seen(i)) {
        int bin = i;
        max = Math.max(max, view.histogram().map(h -> h.count(bin)).orElse(0L));
        max = Math.max(max, view.overlay().map(o -> o.counts().count(bin) * o.scale()).orElse(0.0));
      }
    }
    return Math.round(max);
  }

  private boolean seen(int bin) {
    return view.axis().left(bin + 1) > zoom.from() && view.axis().left(bin) < zoom.to();
  }

  private List<Tick> ticks() {
    List<Tick> shown = new ArrayList<>();
    for (Tick tick : view.axis().ticks()) {
      double at = zoom.shown(tick.fraction());
      if (at >= 0 && at <= 1) {
        shown.add(new Tick(at, tick.label()));
      }
    }
    if (shown.size() < 3 && !zoom.whole()) {
      shown.clear();
      for (int bin = 0; bin < view.axis().bins(); bin++) {
        double at = zoom.shown(view.axis().middle(bin));
        if (at >= 0 && at <= 1) {
          shown.add(new Tick(at, view.axis().binName(bin)));
        }
      }
    }
    return shown;
  }

  private double x(double place) {
    return counts.x + zoom.shown(place) * counts.width;
  }

  private double y(double fraction) {
    return counts.y + (1 - Math.min(1, fraction)) * counts.height;
  }

  private void band(HistogramView.Band band) {
    double from = x(view.axis().fraction(band.from()));
    double to = x(view.axis().fraction(band.to()));
    g.setColor(Palette.faint(palette.text(), palette.dark() ? 0.06 : 0.05));
    g.fill(new Rectangle2D.Double(from, counts.y, to - from, counts.height));
    g.setColor(Palette.faint(palette.muted(), 0.6));
    g.setStroke(dashes());
    upright(from);
    upright(to);
    g.setFont(area.look.regular(10f));
    g.setColor(palette.muted());
    label(band.label(), to);
  }

  /** A word at the right of an upright line, left out where there is no room for it. */
  private void label(String words, double x) {
    double wide = g.getFontMetrics().stringWidth(words) + 5;
    if (x >= counts.x && x + wide <= counts.x + counts.width) {
      g.drawString(words, (float) (x + 5), (float) (counts.y + 11));
    }
  }

  private void upright(double x) {
    g.draw(new Line2D.Double(x, counts.y, x, counts.y + counts.height));
  }

  /** A shade where the bins are drawn narrower than before. */
  private void squeezed() {
    double from = view.axis().squeezedFrom();
    if (from < 1) {
      g.setColor(Palette.faint(palette.muted(), 0.07));
      double left = x(from);
      g.fill(new Rectangle2D.Double(left, counts.y, x(1) - left, counts.height));
    }
  }

  private void marks() {
    for (HistogramView.Mark mark : view.decoration().marks()) {
      double left = x(view.axis().left(mark.bin()));
      double right = x(view.axis().left(mark.bin() + 1));
      g.setColor(colour(mark.kind()));
      g.fill(new Rectangle2D.Double(left, counts.y, right - left, counts.height));
    }
  }

  private Color colour(HistogramView.Kind kind) {
    return switch (kind) {
      case DEAD -> Palette.faint(palette.muted(), 0.30);
      case WEAK -> Palette.faint(palette.muted(), 0.16);
      case HOT -> Palette.faint(palette.text(), 0.24);
      case FOUND_DEAD -> Palette.faint(palette.warning(), 0.55);
      case FOUND_NOISY -> Palette.faint(palette.bad(), 0.60);
    };
  }

  private void bars(Histogram h) {
    double base = y(0);
    for (int i = 0; i < h.bins(); i++) {
      if (h.count(i) > 0 && seen(i)) {
        double left = x(view.axis().left(i));
        double right = x(view.axis().left(i + 1));
        double gap = right - left > 5 ? (right - left) * 0.12 : 0;
        double top = Math.min(base - 1, y(scale.fraction(h.count(i))));
        g.setColor(Palette.faint(ink, 0.85));
        g.fill(new Rectangle2D.Double(left + gap, top, right - left - 2 * gap, base - top));
      }
    }
  }

  private void steps(Histogram h) {
    Path2D.Double outline = stepped(h, 1);
    outline.lineTo(x(1), y(0));
    g.setColor(Palette.faint(ink, palette.dark() ? 0.38 : 0.30));
    g.fill(outline);
    g.setColor(ink);
    g.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(outline);
  }

  /** A line from the base over the bins, each count times a factor. */
  private Path2D.Double stepped(Histogram h, double factor) {
    Path2D.Double line = new Path2D.Double();
    line.moveTo(x(0), y(0));
    for (int i = 0; i < h.bins(); i++) {
      double top = y(scale.height(h.count(i) * factor));
      line.lineTo(x(view.axis().left(i)), top);
      line.lineTo(x(view.axis().left(i + 1)), top);
    }
    return line;
  }

  /** The reference, as a line in the colour of the text. */
  private void overlay(HistogramView.Overlay overlay) {
    g.setColor(palette.text());
    g.setStroke(
        new BasicStroke(
            1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5f, 2f}, 0));
    g.draw(stepped(overlay.counts(), overlay.scale()));
  }

  /** Counts over the reference's, with the errors of both. */
  private void ratio(Rectangle2D.Double room) {
    HistogramView.Overlay overlay = view.overlay().orElseThrow();
    Histogram h = view.histogram().orElseThrow();
    g.setColor(palette.grid());
    g.setStroke(new BasicStroke(1f));
    double one = room.y + room.height / RATIO_TOP;
    g.draw(new Line2D.Double(room.x, one, room.x + room.width, one));
    for (int i = 0; i < h.bins(); i++) {
      double expected = overlay.counts().count(i) * overlay.scale();
      if (expected > 0 && h.count(i) > 0 && seen(i)) {
        double value = h.count(i) / expected;
        double error = value * Math.sqrt(1.0 / h.count(i) + 1.0 / overlay.counts().count(i));
        double x = x(view.axis().middle(i));
        g.setColor(ink);
        g.draw(new Line2D.Double(x, ratioY(room, value - error), x, ratioY(room, value + error)));
        if (value > RATIO_TOP) {
          arrow(x, room.y);
        } else {
          g.fill(new Rectangle2D.Double(x - 1.5, ratioY(room, value) - 1.5, 3, 3));
        }
      }
    }
    g.setFont(area.look.regular(10f));
    g.setColor(palette.muted());
    g.drawString(
        "ratio to reference, 0 to 2; arrows: above", (float) room.x + 4, (float) room.y + 11);
  }

  /** Points at what lies above. */
  private void arrow(double x, double top) {
    Path2D.Double arrow = new Path2D.Double();
    arrow.moveTo(x, top);
    arrow.lineTo(x + 4, top + 7);
    arrow.lineTo(x - 4, top + 7);
    arrow.closePath();
    g.fill(arrow);
  }

  private static double ratioY(Rectangle2D.Double room, double value) {
    return room.y + room.height * (1 - Math.max(0, Math.min(RATIO_TOP, value)) / RATIO_TOP);
  }

  private void reading(int bin) {
    double x = x(view.axis().middle(bin));
    g.setColor(palette.text());
    g.setStroke(new BasicStroke(1f));
    g.draw(new Line2D.Double(x, area.data.y, x, area.data.y + area.data.height));
  }

  private void guide(HistogramView.Guide guide) {
    double x = x(view.axis().middle(guide.bin()));
    g.setColor(palette.muted());
    g.setStroke(dashes());
    upright(x);
    g.setFont(area.look.regular(10f));
    label(guide.label(), x);
  }

  /** Which shades stand for what, if there are any. */
  private void legend() {
    Map<String, HistogramView.Kind> kinds = new LinkedHashMap<>();
    view.decoration().marks().forEach(mark -> kinds.put(mark.words(), mark.kind()));
    g.setFont(area.look.regular(10f));
    FontMetrics metrics = g.getFontMetrics();
    double x = area.data.x;
    double end = area.data.x + area.data.width - 90;
    float size = 8f;
    for (Map.Entry<String, HistogramView.Kind> kind : kinds.entrySet()) {
      double width = size + metrics.stringWidth(kind.getKey()) + 14;
      if (x + width > end) {
        break;
      }
      g.setColor(colour(kind.getValue()));
      g.fill(new Rectangle2D.Double(x, area.footY() - size, size, size));
      g.setColor(palette.muted());
      g.drawString(kind.getKey(), (float) (x + size + 4), area.footY());
      x += width;
    }
  }

  static BasicStroke dashes() {
    return new BasicStroke(
        1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {3f, 3f}, 0);
  }
}
