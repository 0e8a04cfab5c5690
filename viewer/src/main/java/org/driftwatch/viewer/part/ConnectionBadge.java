package org.driftwatch.viewer.part;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** Name of the program, the detector and its runs; how it stands to Kafka. */
public final class ConnectionBadge extends Canvas {
  private String detector = "";
  private boolean live;
  private Connection connection;

  ConnectionBadge(Connection connection, Look look) {
    super(262, 64, look);
    this.connection = connection;
  }

  /**
   * Shows a state.
   *
   * @param newDetector the detector and its runs in words
   * @param isLive true while results come
   */
  void show(String newDetector, Connection newConnection, boolean isLive, Look newLook) {
    live = isLive;
    detector = newDetector;
    connection = newConnection;
    look(newLook);
    setToolTipText("<html>" + detector + "<br>" + connection.detail() + "</html>");
  }

  /** Colour of a state: how much of the chain works. */
  public static Color color(Connection.State state, Palette palette) {
    return switch (state) {
      case LIVE, READING_HISTORY, WAITING_FOR_KAFKA, WAITING_FOR_TOPIC -> palette.warning();
      case KAFKA_LOST, REFUSED, TOPIC_GONE, FAILED -> palette.bad();
    };
  }

  @Override
  protected void draw(Graphics2D g) {
    float x = 4f;
    g.setFont(look().medium(22f));
    g.setColor(palette().text());
    g.drawString("Driftwatch", x, 24f);
    double after = x + g.getFontMetrics().stringWidth("Driftwatch") + 14;
    badge(g, after);
    g.setFont(look().regular(12f));
    g.setColor(palette().muted());
    g.drawString(Typeface.cut(detector, g.getFontMetrics(), designWidth() - 2 * x), x, 42f);
    g.drawString(
        Typeface.cut(connection.detail(), g.getFontMetrics(), designWidth() - 2 * x), x, 58f);
  }

  private void badge(Graphics2D g, double x) {
    Color color = live ? palette().good() : color(connection.state(), palette());
    g.setFont(look().medium(12f));
    // A connection alone makes nothing live.
    String title =
        connection.state() == Connection.State.LIVE && !live
            ? "No results"
            : connection.state().title();
    double height = 20;
    double dot = 8;
    double width = g.getFontMetrics().stringWidth(title) + dot + 26;
    double y = 6;
    g.setColor(Palette.faint(color, 0.16));
    g.fill(new RoundRectangle2D.Double(x, y, width, height, height, height));
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x + 9, y + (height - dot) / 2, dot, dot));
    g.drawString(title, (float) (x + dot + 15), (float) (y + 14.5f));
  }
}
