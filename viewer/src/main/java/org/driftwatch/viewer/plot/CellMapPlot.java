package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.event.MouseEvent;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.swing.ToolTipManager;

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
    Scale scale = new Scale();
    for (int cell = 0; cell < map.cells().size(); cell++) {
      Rectangle2D.Double place = scale.place(cell);
      // Cells that are hardly wider than the gap between them have none.
      double gap = Math.min(place.width, place.height) < LEAST_WITH_GAP ? 0 : 1;
      Rectangle2D.Double inner =
          new Rectangle2D.Double(
              place.x + gap / 2, place.y + gap / 2, place.width - gap, place.height - gap);
      cell(g, cell, inner);
    }
    layers(g, scale);
    for (HistogramView.Mark mark : map.marks()) {
      mark(g, scale.place(mark.bin()), mark.kind());
    }
    map.shades()
        .filter(shades -> shades.most() > shades.least())
        .filter(shades -> designWidth() - RIGHT - BAR - 60 > end)
        .ifPresent(shades -> bar(g, shades));
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

  private void cell(Graphics2D g, int cell, Rectangle2D.Double place) {
    Optional<CellMap.Shades> shades = map.shades().filter(s -> s.most() > s.least());
    if (shades.isEmpty()) {
      g.setColor(palette().grid());
      g.fill(place);
      return;
    }
    double value = shades.get().values().get(cell);
    if (Double.isNaN(value)) {
      g.setColor(palette().grid());
      g.setStroke(new BasicStroke(1f));
      g.draw(place);
      return;
    }
    Color colour = palette().heat(shades.get().place(cell, log));
    g.setColor(colour);
    g.fill(place);
    if (!shades.get().isCount()) {
      number(g, (long) value, place, colour);
    }
  }

  /** A number in its cell, if the largest ones have room in it. */
  private void number(Graphics2D g, long value, Rectangle2D.Double place, Color on) {
    g.setFont(look().regular(10f));
    FontMetrics metrics = g.getFontMetrics();
    if (metrics.stringWidth("100") < place.width && metrics.getAscent() < place.height) {
      String words = Long.toString(value);
      g.setColor(Palette.inkOn(on));
      g.drawString(
          words,
          (float) (place.getCenterX() - metrics.stringWidth(words) / 2.0),
          (float) (place.getCenterY() + metrics.getAscent() * 0.36));
    }
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
  private void bar(Graphics2D g, CellMap.Shades shades) {
    String least = shades.words().apply(shades.least());
    String most = shades.words().apply(shades.most());
    g.setFont(look().regular(10f));
    FontMetrics metrics = g.getFontMetrics();
    double x = designWidth() - RIGHT - metrics.stringWidth(most) - BAR - 4;
    for (int i = 0; i < BAR; i++) {
      g.setColor(palette().heat(i / (double) BAR));
      g.fill(new Rectangle2D.Double(x + i, 7, 1.2, 8));
    }
    g.setColor(palette().muted());
    g.drawString(least, (float) (x - 4 - metrics.stringWidth(least)), 15f);
    g.drawString(most, (float) (x + BAR + 4), 15f);
  }
}
