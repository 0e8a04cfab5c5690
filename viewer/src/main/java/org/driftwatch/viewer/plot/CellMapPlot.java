package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.swing.ToolTipManager;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.model.Numbers;

/**
 * Draws a {@link CellMap} to the geometry, layer above layer; heights may be stretched to fill the
 * room, widths are true. Tells the cell under the cursor. For the event thread.
 */
public final class CellMapPlot extends Canvas {
  private static final int LEFT = 40;
  private static final int RIGHT = 8;
  private static final int TOP = 24;
  private static final int BOTTOM = 6;
  private static final int BAR = 90;
  private static final int LABEL = 10;
  private static final double LEAST_WITH_GAP = 5;

  private CellMap map;
  private boolean log;

  /** A plot. */
  public CellMapPlot(CellMap map, Look look) {
    super(0, 0, look);
    this.map = map;
    ToolTipManager.sharedInstance().registerComponent(this);
  }

  /** Draws this from now on. */
  public void show(CellMap newMap, boolean logarithmic, Look newLook) {
    map = newMap;
    log = logarithmic;
    look(newLook);
  }

  /** Cells to the plot: where the chamber begins, and how large a mm is. */
  private final class Scale {
    private double left = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private final double perX;
    private final double perZ;

    Scale() {
      double right = Double.NEGATIVE_INFINITY;
      double low = Double.POSITIVE_INFINITY;
      for (CellMap.Cell cell : map.cells()) {
        left = Math.min(left, cell.x() - cell.width() / 2);
        right = Math.max(right, cell.x() + cell.width() / 2);
        low = Math.min(low, cell.z() - cell.height() / 2);
        high = Math.max(high, cell.z() + cell.height() / 2);
      }
      perX = (designWidth() - LEFT - RIGHT) / (right - left);
      perZ = (designHeight() - TOP - BOTTOM) / (high - low);
    }

    Rectangle2D.Double place(int number) {
      CellMap.Cell cell = map.cells().get(number);
      return new Rectangle2D.Double(
          LEFT + (cell.x() - cell.width() / 2 - left) * perX,
          TOP + (high - cell.z() - cell.height() / 2) * perZ,
          cell.width() * perX,
          cell.height() * perZ);
    }
  }

  @Override
  public String getToolTipText(MouseEvent event) {
    if (designY(event) < PlotArea.TITLE_HEIGHT) {
      return PlotArea.help(map.heading());
    }
    Scale scale = new Scale();
    for (int cell = 0; cell < map.cells().size(); cell++) {
      if (scale.place(cell).contains(designX(event), designY(event))) {
        return map.cellText().apply(cell);
      }
    }
    return null;
  }

  @Override
  protected void draw(Graphics2D g) {
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), look());
    double end = area.title(map.heading());
    long max = 0;
    for (int i = 0; map.counts().isPresent() && i < map.cells().size(); i++) {
      max = Math.max(max, map.counts().get().count(i));
    }
    Scale scale = new Scale();
    for (int cell = 0; cell < map.cells().size(); cell++) {
      Rectangle2D.Double place = scale.place(cell);
      // Cells that are hardly wider than the gap between them have none.
      double gap = Math.min(place.width, place.height) < LEAST_WITH_GAP ? 0 : 1;
      Rectangle2D.Double inner =
          new Rectangle2D.Double(
              place.x + gap / 2, place.y + gap / 2, place.width - gap, place.height - gap);
      g.setColor(colour(map.counts().isPresent() ? map.counts().get() : null, cell, max));
      g.fill(inner);
    }
    layers(g, scale);
    for (HistogramView.Mark mark : map.marks()) {
      mark(g, scale.place(mark.bin()), mark.kind());
    }
    if (max > 0 && designWidth() - RIGHT - BAR - 60 > end) {
      bar(g, max);
    }
  }

  /** Names the layers at the left, as many as there is room for. */
  private void layers(Graphics2D g, Scale scale) {
    g.setFont(look().regular(10f));
    g.setColor(palette().muted());
    SortedMap<Integer, Double> middles = new TreeMap<>();
    for (int cell = 0; cell < map.cells().size(); cell++) {
      middles.put(map.cells().get(cell).layer(), scale.place(cell).getCenterY());
    }
    double free = Double.POSITIVE_INFINITY;
    for (Map.Entry<Integer, Double> layer : middles.entrySet()) {
      if (layer.getValue() <= free) {
        g.drawString("L" + layer.getKey(), 20f, (float) (layer.getValue() + 4));
        free = layer.getValue() - LABEL;
      }
    }
  }

  private Color colour(Histogram counts, int cell, long max) {
    if (counts == null || max == 0) {
      return palette().grid();
    }
    long count = counts.count(cell);
    return palette()
        .heat(log ? Math.log1p((double) count) / Math.log1p((double) max) : count / (double) max);
  }

  /** Known cells are crossed, those found now are framed: distinct without their colour. */
  private void mark(Graphics2D g, Rectangle2D.Double place, HistogramView.Kind kind) {
    boolean found = kind == HistogramView.Kind.FOUND_DEAD || kind == HistogramView.Kind.FOUND_NOISY;
    if (found) {
      // A double frame is seen on bright cells and on dark ones, whatever colours the eye sees.
      g.setColor(palette().background());
      g.setStroke(new BasicStroke(4.4f));
      g.draw(new Rectangle2D.Double(place.x, place.y, place.width, place.height));
      g.setColor(palette().bad());
      g.setStroke(new BasicStroke(2.2f));
      g.draw(new Rectangle2D.Double(place.x, place.y, place.width, place.height));
      return;
    }
    g.setColor(kind == HistogramView.Kind.HOT ? palette().text() : palette().muted());
    g.setStroke(new BasicStroke(1f));
    g.draw(new Line2D.Double(place.x + 2, place.getMaxY() - 2, place.getMaxX() - 2, place.y + 2));
    if (kind != HistogramView.Kind.HOT) {
      g.draw(new Line2D.Double(place.x + 2, place.y + 2, place.getMaxX() - 2, place.getMaxY() - 2));
    }
  }

  /** The colours' scale, at the right of the title. */
  private void bar(Graphics2D g, long max) {
    String most = Numbers.brief((double) max);
    g.setFont(look().regular(10f));
    double textWidth = g.getFontMetrics().stringWidth(most);
    double x = designWidth() - RIGHT - textWidth - BAR - 4;
    for (int i = 0; i < BAR; i++) {
      g.setColor(palette().heat(i / (double) BAR));
      g.fill(new Rectangle2D.Double(x + i, 7, 1.2, 8));
    }
    g.setColor(palette().muted());
    g.drawString("0", (float) (x - 10), 15f);
    g.drawString(most, (float) (x + BAR + 4), 15f);
  }
}
