package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.swing.ToolTipManager;
import org.driftwatch.detector.Histogram;

/**
 * Draws a {@link HistogramView}; tells the value under the cursor. The wheel, or the up and down
 * keys where it has the focus, zoom; dragging, or left and right, moves along; a double click or
 * Home shows all. The zoom stays whatever is shown. For the event thread.
 */
public final class HistogramPlot extends Canvas {
  private static final double ZOOM_STEP = 0.8;
  private static final double MOVE_STEP = 0.1;

  /** Height of the data, in units of the design, from which on a ratio fits below them. */
  private static final double ROOM_FOR_RATIO = 150;

  private static final double RATIO_SHARE = 0.28;
  private static final double RATIO_TOP = 2;

  private final int chamber;
  private HistogramView view;
  private boolean log;
  private Zoom zoom = Zoom.WHOLE;
  private int readBin = -1;
  private Rectangle2D.Double counts = new Rectangle2D.Double();

  /** A plot in the colour of a chamber. */
  public HistogramPlot(int chamber, HistogramView view, Look look) {
    super(0, 0, look);
    this.chamber = chamber;
    this.view = view;
    setFocusable(true);
    ToolTipManager.sharedInstance().registerComponent(this);
    Hand hand = new Hand();
    addMouseListener(hand);
    addMouseMotionListener(hand);
    addMouseWheelListener(hand);
    addFocusListener(
        new FocusAdapter() {
          @Override
          public void focusGained(FocusEvent event) {
            repaint();
          }

          @Override
          public void focusLost(FocusEvent event) {
            readBin = -1;
            repaint();
          }
        });
  }

  /** Wheel and dragging. */
  private final class Hand extends MouseAdapter {
    private double draggedAt = Double.NaN;

    @Override
    public void mouseWheelMoved(MouseWheelEvent event) {
      double factor = event.getPreciseWheelRotation() < 0 ? ZOOM_STEP : 1 / ZOOM_STEP;
      zoom(zoom.around(zoom.place(shown(event)), factor));
    }

    @Override
    public void mousePressed(MouseEvent event) {
      requestFocusInWindow();
      draggedAt = shown(event);
    }

    @Override
    public void mouseDragged(MouseEvent event) {
      if (!zoom.whole()) {
        zoom(zoom.moved(draggedAt - shown(event)));
        draggedAt = shown(event);
      }
    }
  }

  @Override
  protected void processKeyEvent(KeyEvent event) {
    if (event.getID() == KeyEvent.KEY_PRESSED && event.getModifiersEx() == 0 && key(event)) {
      event.consume();
    }
    super.processKeyEvent(event);
  }

  private boolean key(KeyEvent event) {
    double middle = (zoom.from() + zoom.to()) / 2;
    switch (event.getKeyCode()) {
      case KeyEvent.VK_UP -> zoom(zoom.around(middle, ZOOM_STEP));
      case KeyEvent.VK_DOWN -> zoom(zoom.around(middle, 1 / ZOOM_STEP));
      case KeyEvent.VK_LEFT -> zoom(zoom.moved(-MOVE_STEP));
      case KeyEvent.VK_RIGHT -> zoom(zoom.moved(MOVE_STEP));
      case KeyEvent.VK_HOME -> zoom(Zoom.WHOLE);
      case KeyEvent.VK_COMMA -> read(readBin - 1);
      case KeyEvent.VK_PERIOD -> read(readBin + 1);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void read(int bin) {
    readBin = Math.floorMod(bin, view.axis().bins());
    repaint();
  }

  /** Shows this part of the axis from now on. */
  public void zoom(Zoom newZoom) {
    zoom = newZoom;
    repaint();
  }

  /** The part of the axis that is shown. */
  public Zoom zoom() {
    return zoom;
  }

  /** Draws this from now on. */
  public void show(HistogramView newView, boolean logarithmic, Look newLook) {
    view = newView;
    log = logarithmic;
    look(newLook);
  }

  private double shown(MouseEvent event) {
    Rectangle2D.Double data = PlotArea.dataArea(designWidth(), designHeight());
    return (designX(event) - data.x) / data.width;
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    if (designY(event) < PlotArea.TITLE_HEIGHT) {
      return PlotArea.help(view.heading());
    }
    double at = shown(event);
    int bin = at < 0 || at >= 1 ? -1 : view.axis().binAt(zoom.place(at));
    return bin < 0 ? null : view.binText().apply(bin);
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), palette());
    Rectangle2D.Double all = area.data;
    boolean ratio =
        view.overlay().isPresent() && view.histogram().isPresent() && all.height > ROOM_FOR_RATIO;
    double height = ratio ? all.height * (1 - RATIO_SHARE) - 8 : all.height;
    counts = new Rectangle2D.Double(all.x, all.y, all.width, height);
    double titleEnd = area.title(view.heading());
    if (readBin >= 0) {
      area.note(plain(view.binText().apply(readBin)), titleEnd, palette().text());
    } else {
      area.note(view.note(), titleEnd);
    }
    ValueScale scale = ValueScale.of(log, highest());
    area.valueGrid(scale, counts);
    Shape before = g.getClip();
    g.clip(new Rectangle2D.Double(all.x - 1, all.y - 1, all.width + 2, all.height + 2));
    band(g);
    squeezed(g);
    marks(g);
    if (view.histogram().isPresent()) {
      if (view.decoration().bars()) {
        bars(g, scale, view.histogram().get());
      } else {
        steps(g, scale, view.histogram().get());
      }
    }
    overlay(g, scale);
    guide(g);
    if (ratio) {
      ratio(
          g, new Rectangle2D.Double(all.x, all.y + height + 8, all.width, all.height - height - 8));
    }
    reading(g, all);
    g.setClip(before);
    if (ratio) {
      area.line(all.x, all.y + height, all.x + all.width, all.y + height);
    }
    area.baseLine();
    area.xAxis(ticks(), view.axis().title(), false);
    legend(g, area);
    if (isFocusOwner()) {
      g.setColor(Palette.faint(palette().text(), 0.5));
      g.setStroke(new BasicStroke(1f));
      g.draw(new Rectangle2D.Double(0.5, 0.5, designWidth() - 1.5, designHeight() - 1.5));
    }
  }

  private static String plain(String html) {
    return html.replace("<br>", ", ").replaceAll("<[^>]*>", "");
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

  private void band(Graphics2D g) {
    if (view.decoration().band().isEmpty()) {
      return;
    }
    HistogramView.Band band = view.decoration().band().get();
    double from = x(view.axis().fraction(band.from()));
    double to = x(view.axis().fraction(band.to()));
    g.setColor(Palette.faint(palette().text(), palette().dark() ? 0.06 : 0.05));
    g.fill(new Rectangle2D.Double(from, counts.y, to - from, counts.height));
    g.setColor(Palette.faint(palette().muted(), 0.6));
    g.setStroke(dashes());
    upright(g, from);
    upright(g, to);
    g.setFont(Typeface.regular(10f));
    g.setColor(palette().muted());
    g.drawString(band.label(), (float) (to + 5), (float) (counts.y + 10));
  }

  private void upright(Graphics2D g, double x) {
    g.draw(new Line2D.Double(x, counts.y, x, counts.y + counts.height));
  }

  /** A shade where the bins are drawn narrower than before. */
  private void squeezed(Graphics2D g) {
    double from = view.axis().squeezedFrom();
    if (from < 1) {
      g.setColor(Palette.faint(palette().muted(), 0.07));
      double left = x(from);
      g.fill(new Rectangle2D.Double(left, counts.y, x(1) - left, counts.height));
    }
  }

  private void marks(Graphics2D g) {
    for (HistogramView.Mark mark : view.decoration().marks()) {
      double left = x(view.axis().left(mark.bin()));
      double right = x(view.axis().left(mark.bin() + 1));
      g.setColor(colour(mark.kind()));
      g.fill(new Rectangle2D.Double(left, counts.y, right - left, counts.height));
    }
  }

  private Color colour(HistogramView.Kind kind) {
    return switch (kind) {
      case DEAD -> Palette.faint(palette().muted(), 0.30);
      case WEAK -> Palette.faint(palette().muted(), 0.16);
      case HOT -> Palette.faint(palette().bad(), 0.24);
      case FOUND_DEAD -> Palette.faint(palette().warning(), 0.55);
      case FOUND_NOISY -> Palette.faint(palette().bad(), 0.60);
    };
  }

  private void bars(Graphics2D g, ValueScale scale, Histogram h) {
    double base = y(0);
    for (int i = 0; i < h.bins(); i++) {
      if (h.count(i) > 0 && seen(i)) {
        double left = x(view.axis().left(i));
        double right = x(view.axis().left(i + 1));
        double gap = right - left > 5 ? (right - left) * 0.12 : 0;
        double top = Math.min(base - 1, y(scale.fraction(h.count(i))));
        g.setColor(Palette.faint(palette().chamber(chamber), 0.85));
        g.fill(new Rectangle2D.Double(left + gap, top, right - left - 2 * gap, base - top));
      }
    }
  }

  private void steps(Graphics2D g, ValueScale scale, Histogram h) {
    double base = y(0);
    Path2D.Double outline = new Path2D.Double();
    outline.moveTo(x(0), base);
    for (int i = 0; i < h.bins(); i++) {
      double top = y(scale.fraction(h.count(i)));
      outline.lineTo(x(view.axis().left(i)), top);
      outline.lineTo(x(view.axis().left(i + 1)), top);
    }
    outline.lineTo(x(1), base);
    g.setColor(Palette.faint(palette().chamber(chamber), palette().dark() ? 0.38 : 0.30));
    g.fill(outline);
    g.setColor(palette().chamber(chamber));
    g.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    g.draw(outline);
  }

  /** The reference, as a line in the colour of the text. */
  private void overlay(Graphics2D g, ValueScale scale) {
    if (view.overlay().isEmpty()) {
      return;
    }
    HistogramView.Overlay overlay = view.overlay().get();
    Path2D.Double line = new Path2D.Double();
    line.moveTo(x(0), y(0));
    for (int i = 0; i < overlay.counts().bins(); i++) {
      double top = y(scale.height(overlay.counts().count(i) * overlay.scale()));
      line.lineTo(x(view.axis().left(i)), top);
      line.lineTo(x(view.axis().left(i + 1)), top);
    }
    g.setColor(palette().text());
    g.setStroke(
        new BasicStroke(
            1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {5f, 2f}, 0));
    g.draw(line);
  }

  /** Counts over the reference's, with the errors of both. */
  private void ratio(Graphics2D g, Rectangle2D.Double room) {
    HistogramView.Overlay overlay = view.overlay().orElseThrow();
    Histogram h = view.histogram().orElseThrow();
    g.setColor(palette().grid());
    g.setStroke(new BasicStroke(1f));
    double one = room.y + room.height / RATIO_TOP;
    g.draw(new Line2D.Double(room.x, one, room.x + room.width, one));
    for (int i = 0; i < h.bins(); i++) {
      double expected = overlay.counts().count(i) * overlay.scale();
      if (expected > 0 && h.count(i) > 0 && seen(i)) {
        double value = h.count(i) / expected;
        double error = value * Math.sqrt(1.0 / h.count(i) + 1.0 / overlay.counts().count(i));
        double x = x(view.axis().middle(i));
        g.setColor(palette().chamber(chamber));
        g.draw(new Line2D.Double(x, ratioY(room, value - error), x, ratioY(room, value + error)));
        g.fill(new Rectangle2D.Double(x - 1.5, ratioY(room, value) - 1.5, 3, 3));
      }
    }
    g.setFont(Typeface.regular(10f));
    g.setColor(palette().muted());
    g.drawString("ratio to reference, 0 to 2", (float) room.x + 4, (float) room.y + 10);
  }

  private static double ratioY(Rectangle2D.Double room, double value) {
    return room.y + room.height * (1 - Math.max(0, Math.min(RATIO_TOP, value)) / RATIO_TOP);
  }

  private void reading(Graphics2D g, Rectangle2D.Double all) {
    if (readBin >= 0) {
      double x = x(view.axis().middle(readBin));
      g.setColor(palette().text());
      g.setStroke(new BasicStroke(1f));
      g.draw(new Line2D.Double(x, all.y, x, all.y + all.height));
    }
  }

  private void guide(Graphics2D g) {
    if (view.decoration().guide().isEmpty()) {
      return;
    }
    HistogramView.Guide guide = view.decoration().guide().get();
    double x = x(view.axis().middle(guide.bin()));
    g.setColor(palette().muted());
    g.setStroke(dashes());
    upright(g, x);
    g.setFont(Typeface.regular(10f));
    g.drawString(guide.label(), (float) (x + 5), (float) (counts.y + 10));
  }

  /** Which shades stand for what, where there are any. */
  private void legend(Graphics2D g, PlotArea area) {
    Set<HistogramView.Kind> kinds = EnumSet.noneOf(HistogramView.Kind.class);
    view.decoration().marks().forEach(mark -> kinds.add(mark.kind()));
    g.setFont(Typeface.regular(10f));
    FontMetrics metrics = g.getFontMetrics();
    double x = area.data.x;
    double end = area.data.x + area.data.width - 90;
    float size = 8f;
    for (HistogramView.Kind kind : kinds) {
      double width = size + metrics.stringWidth(kind.words()) + 14;
      if (x + width > end) {
        break;
      }
      g.setColor(colour(kind));
      g.fill(new Rectangle2D.Double(x, area.footY() - size, size, size));
      g.setColor(palette().muted());
      g.drawString(kind.words(), (float) (x + size + 4), area.footY());
      x += width;
    }
  }

  private static BasicStroke dashes() {
    return new BasicStroke(
        1f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {3f, 3f}, 0);
  }
}
