package org.driftwatch.viewer.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JComponent;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** Name of the program and the run configuration; how it stands to Kafka. */
final class ConnectionBadge extends JComponent {
  private final String run;
  private Connection connection;
  private Palette palette;

  ConnectionBadge(String run, Connection connection, Palette palette) {
    this.run = "run configuration " + run;
    this.connection = connection;
    this.palette = palette;
    setPreferredSize(UIScale.scale(new Dimension(290, 64)));
    setMinimumSize(UIScale.scale(new Dimension(250, 64)));
  }

  void show(Connection newConnection, Palette newPalette) {
    connection = newConnection;
    palette = newPalette;
    setToolTipText(connection.detail());
    repaint();
  }

  /** Colour of a state: how much of the chain works. */
  static Color color(Connection.State state, Palette palette) {
    return switch (state) {
      case LIVE -> palette.good();
      case READING_HISTORY, WAITING_FOR_KAFKA, WAITING_FOR_TOPIC -> palette.warning();
      case KAFKA_LOST, TOPIC_GONE -> palette.bad();
    };
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      float x = UIScale.scale(4f);
      g.setFont(Typeface.medium(22f));
      g.setColor(palette.text());
      g.drawString("Driftwatch", x, UIScale.scale(24f));
      double after = x + g.getFontMetrics().stringWidth("Driftwatch") + UIScale.scale(14);
      badge(g, after);
      g.setFont(Typeface.regular(12f));
      g.setColor(palette.muted());
      g.drawString(run, x, UIScale.scale(42f));
      g.drawString(connection.detail(), x, UIScale.scale(58f));
    } finally {
      g.dispose();
    }
  }

  private void badge(Graphics2D g, double x) {
    Color color = color(connection.state(), palette);
    g.setFont(Typeface.medium(12f));
    String title = connection.state().title();
    double height = UIScale.scale(20);
    double dot = UIScale.scale(8);
    double width = g.getFontMetrics().stringWidth(title) + dot + UIScale.scale(26);
    double y = UIScale.scale(6);
    g.setColor(Palette.faint(color, 0.16));
    g.fill(new RoundRectangle2D.Double(x, y, width, height, height, height));
    g.setColor(color);
    g.fill(new Ellipse2D.Double(x + UIScale.scale(9), y + (height - dot) / 2, dot, dot));
    g.drawString(title, (float) (x + dot + UIScale.scale(15)), (float) (y + UIScale.scale(14.5f)));
  }
}
