package org.driftwatch.viewer.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/** The marks of an event, the same in its plots and in what explains them. */
public final class EventMarks {
  private static final double RADIUS = 4;
  private static final float[] DASHES = {5f, 4f};
  private static final float[] DOTS = {1.5f, 3.5f};

  private EventMarks() {}

  /** Where the muon passed: a disc. */
  public static void chosen(Graphics2D g, double x, double y, Color color, Palette palette) {
    g.setColor(palette.card());
    g.fill(circle(x, y, RADIUS + 1));
    g.setColor(color);
    g.fill(circle(x, y, RADIUS));
  }

  /** Where it might have passed as well by this hit alone: a ring. */
  public static void other(Graphics2D g, double x, double y, Color color) {
    g.setColor(color);
    g.setStroke(new BasicStroke(1.3f));
    g.draw(circle(x, y, RADIUS - 0.8));
  }

  /** The wire of a hit on no segment: a cross. */
  public static void noise(Graphics2D g, double x, double y, Palette palette) {
    g.setColor(palette.text());
    g.setStroke(new BasicStroke(1.5f));
    g.draw(new Line2D.Double(x - RADIUS, y - RADIUS, x + RADIUS, y + RADIUS));
    g.draw(new Line2D.Double(x - RADIUS, y + RADIUS, x + RADIUS, y - RADIUS));
  }

  /** The line of a segment, dashed where others are as good. */
  public static void segment(Graphics2D g, Line2D line, Color color, boolean isSure) {
    g.setColor(color);
    g.setStroke(isSure ? new BasicStroke(2f) : broken(2f, DASHES));
    g.draw(line);
  }

  /** The line through segments, dashed where one of them might lie elsewhere. */
  public static void track(Graphics2D g, Line2D line, Palette palette, boolean isSure) {
    g.setColor(palette.total());
    g.setStroke(isSure ? new BasicStroke(1.1f) : broken(1.1f, DASHES));
    g.draw(line);
  }

  /** The line through segments between two chambers, where the height is not drawn to scale. */
  static void gap(Graphics2D g, Line2D line, Palette palette) {
    g.setColor(palette.muted());
    g.setStroke(broken(1.1f, DOTS));
    g.draw(line);
  }

  private static BasicStroke broken(float width, float[] pattern) {
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, pattern, 0);
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
