package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.EnumSet;
import java.util.Set;
import javax.swing.ToolTipManager;
import org.driftwatch.detector.Histogram;

/** Draws a {@link HistogramView}; tells the value under the cursor. For the event thread. */
public final class HistogramPlot extends Canvas {
  private final int chamber;
  private HistogramView view;
  private boolean log;

  /** A plot in the colour of a chamber. */
  public HistogramPlot(int chamber, HistogramView view, Look look) {
    super(0, 0, look);
    this.chamber = chamber;
    this.view = view;
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  /** Draws this from now on. */
  public void show(HistogramView newView, boolean logarithmic, Look newLook) {
    view = newView;
    log = logarithmic;
    look(newLook);
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    Rectangle2D.Double data = PlotArea.dataArea(designWidth(), designHeight());
    int bin = view.axis().binAt((designX(event) - data.x) / data.width);
    return bin < 0 ? null : view.binText().apply(bin);
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), palette());
    double titleEnd = area.title(view.title(), view.unit());
    area.note(view.note(), titleEnd);
    long max = 0;
    if (view.histogram().isPresent()) {
      Histogram h = view.histogram().get();
      for (int i = 0; i < h.bins(); i++) {
        max = Math.max(max, h.count(i));
      }
    }
    ValueScale scale = ValueScale.of(log, max);
    area.valueGrid(scale);
    band(g, area);
    squeezed(g, area);
    marks(g, area);
    if (view.histogram().isPresent()) {
      if (view.bars()) {
        bars(g, area, scale, view.histogram().get());
      } else {
        steps(g, area, scale, view.histogram().get());
      }
    }
    guide(g, area);
    area.baseLine();
    area.xAxis(view.axis().ticks(), view.xTitle(), false);
    legend(g, area);
  }

  private void band(Graphics2D g, PlotArea area) {
    if (view.band().isEmpty()) {
      return;
    }
    HistogramView.Band band = view.band().get();
    double from = area.x(view.axis().fraction(band.from()));
    double to = area.x(view.axis().fraction(band.to()));
    g.setColor(Palette.faint(palette().text(), palette().dark() ? 0.06 : 0.05));
    g.fill(new Rectangle2D.Double(from, area.data.y, to - from, area.data.height));
    g.setColor(Palette.faint(palette().muted(), 0.6));
    g.setStroke(dashes());
    g.draw(new Line2D.Double(from, area.data.y, from, area.data.y + area.data.height));
    g.draw(new Line2D.Double(to, area.data.y, to, area.data.y + area.data.height));
    g.setFont(Typeface.regular(10f));
    g.setColor(palette().muted());
    g.drawString(band.label(), (float) (to + 5), (float) (area.data.y + 10));
  }

  /** A shade where the bins are drawn narrower than before. */
  private void squeezed(Graphics2D g, PlotArea area) {
    double from = view.axis().squeezedFrom();
    if (from < 1) {
      g.setColor(Palette.faint(palette().muted(), 0.07));
      double left = area.x(from);
      g.fill(new Rectangle2D.Double(left, area.data.y, area.x(1) - left, area.data.height));
    }
  }

  private void marks(Graphics2D g, PlotArea area) {
    for (HistogramView.Mark mark : view.marks()) {
      double left = area.x(view.axis().left(mark.bin()));
      double right = area.x(view.axis().left(mark.bin() + 1));
      g.setColor(colour(mark.kind()));
      g.fill(new Rectangle2D.Double(left, area.data.y, right - left, area.data.height));
    }
  }

  private Color colour(HistogramView.Kind kind) {
    return switch (kind) {
      case DEAD -> Palette.faint(palette().muted(), 0.30);
      case WEAK -> Palette.faint(palette().muted(), 0.16);
      case HOT -> Palette.faint(palette().bad(), 0.24);
    };
  }

  private void bars(Graphics2D g, PlotArea area, ValueScale scale, Histogram h) {
    double base = area.y(0);
    for (int i = 0; i < h.bins(); i++) {
      if (h.count(i) > 0) {
        double left = area.x(view.axis().left(i));
        double right = area.x(view.axis().left(i + 1));
        double gap = right - left > 5 ? (right - left) * 0.12 : 0;
        double top = Math.min(base - 1, area.y(scale.fraction(h.count(i))));
        Rectangle2D bar =
            new Rectangle2D.Double(left + gap, top, right - left - 2 * gap, base - top);
        g.setColor(Palette.faint(palette().chamber(chamber), 0.85));
        g.fill(bar);
      }
    }
  }

  private void steps(Graphics2D g, PlotArea area, ValueScale scale, Histogram h) {
    double base = area.y(0);
    Path2D.Double outline = new Path2D.Double();
    outline.moveTo(area.x(0), base);
    for (int i = 0; i < h.bins(); i++) {
      double top = area.y(scale.fraction(h.count(i)));
      outline.lineTo(area.x(view.axis().left(i)), top);
      outline.lineTo(area.x(view.axis().left(i + 1)), top);
    }
    outline.lineTo(area.x(1), base);
    g.setColor(Palette.faint(palette().chamber(chamber), palette().dark() ? 0.38 : 0.30));
    g.fill(outline);
    g.setColor(palette().chamber(chamber));
    g.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(outline);
  }

  private void guide(Graphics2D g, PlotArea area) {
    if (view.guide().isEmpty()) {
      return;
    }
    HistogramView.Guide guide = view.guide().get();
    double x = area.x(view.axis().middle(guide.bin()));
    g.setColor(palette().muted());
    g.setStroke(dashes());
    g.draw(new Line2D.Double(x, area.data.y, x, area.data.y + area.data.height));
    g.setFont(Typeface.regular(10f));
    g.drawString(guide.label(), (float) (x + 5), (float) (area.data.y + 10));
  }

  /** Which shades stand for what, where there are any. */
  private void legend(Graphics2D g, PlotArea area) {
    Set<HistogramView.Kind> kinds = EnumSet.noneOf(HistogramView.Kind.class);
    view.marks().forEach(mark -> kinds.add(mark.kind()));
    g.setFont(Typeface.regular(10f));
    FontMetrics metrics = g.getFontMetrics();
    double x = area.data.x;
    float size = 8f;
    for (HistogramView.Kind kind : kinds) {
      g.setColor(colour(kind));
      g.fill(new Rectangle2D.Double(x, area.footY() - size, size, size));
      g.setColor(palette().muted());
      g.drawString(kind.words(), (float) (x + size + 4), area.footY());
      x += size + metrics.stringWidth(kind.words()) + 14;
    }
  }

  private static BasicStroke dashes() {
    return new BasicStroke(
        1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {3f, 3f}, 0);
  }
}
