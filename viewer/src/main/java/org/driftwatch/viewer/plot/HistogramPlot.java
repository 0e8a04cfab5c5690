package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.KeyEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.MouseWheelEvent;
import java.awt.geom.Rectangle2D;
import javax.swing.ToolTipManager;

/**
 * Draws a {@link HistogramView}; shows the value under the cursor. The wheel, or the up and down
 * keys if it has the focus, zoom; dragging, or left and right, moves along; Home shows all. The
 * zoom stays when the data change. For the event thread.
 */
public final class HistogramPlot extends Canvas {
  private static final double ZOOM_STEP = 0.8;
  private static final double MOVE_STEP = 0.1;

  private final int chamber;
  private HistogramView view;
  private boolean log;
  private Zoom zoom = Zoom.WHOLE;
  private int readBin = -1;

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
    int bins = view.axis().bins();
    int first = 0;
    int last = bins - 1;
    while (first < last && view.axis().middle(first) < zoom.from()) {
      first++;
    }
    while (last > first && view.axis().middle(last) > zoom.to()) {
      last--;
    }
    // Round within what is shown.
    readBin = bin < first ? last : bin > last ? first : bin;
    if (readBin < 0) {
      readBin = first;
    }
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
    PlotArea area = new PlotArea(g, designWidth(), designHeight(), look());
    double titleEnd = area.title(view.heading());
    if (readBin >= 0) {
      area.note(plain(view.binText().apply(readBin)), titleEnd, palette().text());
    } else {
      area.note(view.notes(), titleEnd, view.differs() ? palette().text() : palette().muted());
    }
    new HistogramPainter(area, view, zoom, log, palette().chamber(chamber)).paint(readBin);
    if (isFocusOwner()) {
      g.setColor(Palette.faint(palette().text(), 0.5));
      g.setStroke(new BasicStroke(1f));
      g.draw(new Rectangle2D.Double(0.5, 0.5, designWidth() - 1.5, designHeight() - 1.5));
    }
  }

  private static String plain(String html) {
    return html.replace("<br>", ", ").replaceAll("<[^>]*>", "");
  }
}
