package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.event.MouseEvent;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.swing.ToolTipManager;

/**
 * Draws an {@link EventView}: its chambers one below the other, each to scale, with the height
 * between them left out. Where cells would be too small to be seen, those around the muon are
 * shown, or heights have another scale, and it says so. Tells the cell under the cursor. For the
 * event thread.
 */
public final class EventPlot extends Canvas {
  private static final int LEFT = 92;

  /** Title and axis, and the least that chambers need. */
  private static final int LEAST = 90;

  /** Between two chambers. */
  private static final double GAP = 16;

  /** Cells that are narrower, or lower, than this are hard to see. */
  private static final double LEAST_WIDTH = 20;

  private static final double LEAST_HEIGHT = 10;

  /** Cells beside the muon that are shown. */
  private static final double AROUND = 3;

  private EventView view;

  /** A plot. */
  public EventPlot(EventView view, Look look) {
    super(0, LEAST, look);
    this.view = view;
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  /** Draws this from now on. */
  public void show(EventView newView, Look newLook) {
    view = newView;
    look(newLook);
  }

  /** From mm of the view to the plot. */
  private final class Frame {
    private final Rectangle2D.Double data;
    private final double slot;
    private final double middle;
    private final double perX;
    private final double perZ;

    Frame(Rectangle2D.Double data) {
      this.data = data;
      slot = data.height / Math.max(1, view.panels().size());
      double room = Math.max(1, slot - GAP);
      double highest =
          view.panels().stream().mapToDouble(this::height).max().orElse(view.cellHeight());
      DoubleSummaryStatistics all = new DoubleSummaryStatistics();
      view.panels().forEach(panel -> panel.cells().forEach(cell -> accept(all, cell.x(), 0.5)));
      DoubleSummaryStatistics shown = all;
      if (data.width / length(all) * view.cellWidth() < LEAST_WIDTH) {
        DoubleSummaryStatistics muon = muon();
        shown = muon.getCount() > 0 ? muon : all;
      }
      middle = (shown.getMin() + shown.getMax()) / 2;
      double fits = data.width / length(shown);
      double same = Math.min(fits, room / highest);
      perX = same * view.cellWidth() < LEAST_WIDTH ? fits : same;
      perZ =
          Math.min(
              room / highest, Math.max(Math.min(perX, same), LEAST_HEIGHT / view.cellHeight()));
    }

    private static double length(DoubleSummaryStatistics of) {
      return Math.max(1, of.getMax() - of.getMin());
    }

    private void accept(DoubleSummaryStatistics range, double x, double cells) {
      range.accept(x - cells * view.cellWidth());
      range.accept(x + cells * view.cellWidth());
    }

    /** Where the segments and their hits are; without segments, where all hits are. */
    private DoubleSummaryStatistics muon() {
      boolean hasSegments = view.panels().stream().anyMatch(panel -> !panel.segments().isEmpty());
      DoubleSummaryStatistics range = new DoubleSummaryStatistics();
      for (EventView.Panel panel : view.panels()) {
        panel.hits().stream()
            .filter(hit -> !hasSegments || hit.side() != 0)
            .forEach(hit -> accept(range, panel.cells().get(hit.cell()).x(), AROUND));
        panel.segments().forEach(segment -> accept(range, segment.x(), AROUND));
      }
      return range;
    }

    /** Hits of a panel that lie beside what is shown. */
    long beyond(EventView.Panel panel) {
      return panel.hits().stream()
          .mapToDouble(hit -> x(panel.cells().get(hit.cell()).x()))
          .filter(x -> x < data.x || x > data.getMaxX())
          .count();
    }

    private double height(EventView.Panel panel) {
      DoubleSummaryStatistics z =
          panel.cells().stream().mapToDouble(EventView.Cell::z).summaryStatistics();
      return z.getMax() - z.getMin() + view.cellHeight();
    }

    double x(double mm) {
      return data.x + data.width / 2 + (mm - middle) * perX;
    }

    /** A height above the middle of a panel. */
    double y(int panel, double mm) {
      return data.y + (panel + 0.5) * slot - mm * perZ;
    }

    Rectangle2D.Double cell(int panel, EventView.Cell cell) {
      return new Rectangle2D.Double(
          x(cell.x() - view.cellWidth() / 2),
          y(panel, cell.z() + view.cellHeight() / 2),
          view.cellWidth() * perX,
          view.cellHeight() * perZ);
    }

    /** A line across a panel, a little beyond its cells. */
    Line2D.Double line(int panel, EventView.Line line) {
      double half = height(view.panels().get(panel)) / 2 + GAP / 4 / perZ;
      return new Line2D.Double(
          x(line.at(-half)), y(panel, -half), x(line.at(half)), y(panel, half));
    }

    List<Tick> ticks() {
      double half = data.width / 2 / perX;
      return ValueScale.between(middle - half, middle + half).ticks();
    }
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    if (designY(event) < PlotArea.TITLE_HEIGHT) {
      return PlotArea.help(view.heading());
    }
    Rectangle2D.Double data = PlotArea.dataArea(designWidth(), designHeight(), LEFT);
    Frame frame = new Frame(data);
    if (!data.contains(designX(event), designY(event))) {
      return null;
    }
    for (int panel = 0; panel < view.panels().size(); panel++) {
      for (EventView.Cell cell : view.panels().get(panel).cells()) {
        if (frame.cell(panel, cell).contains(designX(event), designY(event))) {
          return "<html>" + cell.words() + "</html>";
        }
      }
    }
    return null;
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), look(), LEFT);
    Frame frame = new Frame(area.data);
    double end = area.title(view.heading());
    double stretch = frame.perZ / frame.perX;
    if (Math.abs(stretch - 1) > 0.02) {
      String words = String.format(Locale.ROOT, "heights × %.2g", stretch);
      area.note(words, end, palette().muted());
    }
    area.xAxis(frame.ticks(), view.across(), false);
    area.baseLine();
    Shape before = g.getClip();
    for (int panel = 0; panel < view.panels().size(); panel++) {
      label(g, frame, panel);
      heightAxis(g, frame, panel);
    }
    g.clip(area.data);
    for (int panel = 0; panel < view.panels().size(); panel++) {
      cells(g, frame, panel);
    }
    track(g, frame);
    for (int panel = 0; panel < view.panels().size(); panel++) {
      Color color = palette().chamber(view.panels().get(panel).chamber());
      for (EventView.Line segment : view.panels().get(panel).segments()) {
        within(area.data, frame.line(panel, segment))
            .ifPresent(line -> EventMarks.segment(g, line, color, segment.isSure()));
      }
      for (EventView.Hit hit : view.panels().get(panel).hits()) {
        hit(g, frame, panel, hit, color);
      }
    }
    g.setClip(before);
  }

  private void label(Graphics2D g, Frame frame, int panel) {
    EventView.Panel of = view.panels().get(panel);
    double y = frame.y(panel, 0);
    g.setFont(look().medium(12));
    g.setColor(palette().text());
    FontMetrics metrics = g.getFontMetrics();
    g.drawString(Typeface.cut(of.name(), metrics, LEFT - 12.0), 4, (float) y - 1);
    g.setFont(look().regular(11));
    g.setColor(palette().muted());
    String height = String.format(Locale.ROOT, "z %.0f mm", of.height());
    g.drawString(height, 4, (float) y + metrics.getAscent() + 1);
    long beyond = frame.beyond(of);
    if (beyond > 0) {
      String words = beyond == 1 ? "1 hit beyond" : beyond + " hits beyond";
      g.drawString(words, 4, (float) y + 2 * metrics.getAscent() + 2);
    }
  }

  /** The axis of heights along a panel, and two strokes where it is broken above. */
  private void heightAxis(Graphics2D g, Frame frame, int panel) {
    double x = frame.data.x - 7;
    double half = frame.height(view.panels().get(panel)) / 2;
    g.setColor(palette().axis());
    g.setStroke(new BasicStroke(1f));
    g.draw(new Line2D.Double(x, frame.y(panel, half), x, frame.y(panel, -half)));
    if (panel > 0) {
      double y = frame.data.y + panel * frame.slot;
      g.draw(new Line2D.Double(x - 5, y + 1, x + 5, y - 4));
      g.draw(new Line2D.Double(x - 5, y + 4, x + 5, y - 1));
    }
  }

  private void cells(Graphics2D g, Frame frame, int panel) {
    EventView.Panel of = view.panels().get(panel);
    boolean[] isHit = new boolean[of.cells().size()];
    boolean[] isOn = new boolean[of.cells().size()];
    for (EventView.Hit hit : of.hits()) {
      isHit[hit.cell()] = true;
      isOn[hit.cell()] |= hit.side() != 0;
    }
    for (int i = 0; i < isHit.length; i++) {
      EventView.Cell cell = of.cells().get(i);
      Rectangle2D.Double place = frame.cell(panel, cell);
      if (isHit[i]) {
        Color color = isOn[i] ? palette().chamber(of.chamber()) : palette().muted();
        g.setColor(Palette.faint(color, isOn[i] ? 0.3 : 0.22));
        g.fill(place);
      }
      g.setColor(Palette.faint(palette().axis(), 0.6));
      g.setStroke(new BasicStroke(1f));
      g.draw(place);
      g.setColor(palette().muted());
      if (cell.isDead()) {
        g.draw(new Line2D.Double(place.x, place.y, place.getMaxX(), place.getMaxY()));
        g.draw(new Line2D.Double(place.x, place.getMaxY(), place.getMaxX(), place.y));
      } else {
        g.fill(new Ellipse2D.Double(place.getCenterX() - 1, place.getCenterY() - 1, 2, 2));
      }
    }
  }

  private void track(Graphics2D g, Frame frame) {
    if (view.track().isEmpty()) {
      return;
    }
    EventView.Line track = view.track().get();
    Line2D.Double above = null;
    for (int panel = 0; panel < view.panels().size(); panel++) {
      double height = view.panels().get(panel).height();
      EventView.Line here = new EventView.Line(track.at(height), track.tangent(), track.isSure());
      Line2D.Double line = frame.line(panel, here);
      within(frame.data, line)
          .ifPresent(seen -> EventMarks.track(g, seen, palette(), track.isSure()));
      if (above != null) {
        within(frame.data, new Line2D.Double(above.x1, above.y1, line.x2, line.y2))
            .ifPresent(gap -> EventMarks.gap(g, gap, palette()));
      }
      above = line;
    }
  }

  /**
   * The part of a line that is in the plot, after Liang and Barsky: dashes of one that goes on for
   * miles would be drawn for minutes, seen or not.
   */
  static Optional<Line2D.Double> within(Rectangle2D.Double room, Line2D.Double line) {
    double dx = line.x2 - line.x1;
    double dy = line.y2 - line.y1;
    double[] into = {-dx, dx, -dy, dy};
    double[] left = {
      line.x1 - room.getMinX(),
      room.getMaxX() - line.x1,
      line.y1 - room.getMinY(),
      room.getMaxY() - line.y1
    };
    double from = 0;
    double to = 1;
    for (int edge = 0; edge < into.length; edge++) {
      if (into[edge] == 0 && left[edge] < 0) {
        return Optional.empty();
      }
      if (into[edge] < 0) {
        from = Math.max(from, left[edge] / into[edge]);
      } else if (into[edge] > 0) {
        to = Math.min(to, left[edge] / into[edge]);
      }
    }
    return from < to && Double.isFinite(dx + dy)
        ? Optional.of(
            new Line2D.Double(
                line.x1 + from * dx, line.y1 + from * dy, line.x1 + to * dx, line.y1 + to * dy))
        : Optional.empty();
  }

  private void hit(Graphics2D g, Frame frame, int panel, EventView.Hit hit, Color color) {
    EventView.Cell cell = view.panels().get(panel).cells().get(hit.cell());
    double y = frame.y(panel, cell.z());
    if (hit.side() == 0) {
      EventMarks.noise(g, frame.x(cell.x()), y, palette());
    }
    if (hit.drift().isPresent()) {
      double drift = hit.drift().get();
      int chosen = hit.side();
      Color calm = palette().muted();
      EventMarks.other(g, frame.x(cell.x() - (chosen == 0 ? 1 : chosen) * drift), y, calm);
      if (chosen == 0) {
        EventMarks.other(g, frame.x(cell.x() + drift), y, calm);
      } else {
        EventMarks.chosen(g, frame.x(cell.x() + chosen * drift), y, color, palette());
      }
    }
  }
}
