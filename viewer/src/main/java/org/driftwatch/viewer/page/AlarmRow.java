package org.driftwatch.viewer.page;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.part.LevelSign;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.AlarmWords;

/** Draws one alarm of a list in three lines: what, when and who, what to do. */
final class AlarmRow extends Canvas {
  private static final int HEIGHT = 84;

  private AlarmMessage alarm;
  private boolean waits;
  private boolean selected;
  private String nothing = "";
  private String why = "";

  AlarmRow(Look look) {
    super(400, HEIGHT, look);
  }

  void show(AlarmMessage newAlarm, boolean newWaits, boolean isSelected) {
    alarm = newAlarm;
    waits = newWaits;
    selected = isSelected;
    // Screen readers read lists by the names of their rows.
    getAccessibleContext().setAccessibleName(AlarmWords.line(alarm));
  }

  /** Draws it like this from now on. */
  void dress(Look newLook) {
    look(newLook);
  }

  /** What an empty list says. */
  void nothing(String words, String detail) {
    nothing = words;
    why = detail;
  }

  void paintNothing(Graphics2D g) {
    Typeface.smooth(g);
    g.scale(look().zoom(), look().zoom());
    g.setColor(palette().text());
    g.setFont(look().medium(20));
    g.drawString(nothing, 12f, 40f);
    g.setColor(palette().muted());
    g.setFont(look().regular(13));
    g.drawString(why, 12f, 64f);
  }

  @Override
  protected void draw(Graphics2D g) {
    double width = designWidth() - 4.0;
    Color color = palette().level(alarm.level());
    boolean isOpen = alarm.isOpen();
    RoundRectangle2D all = new RoundRectangle2D.Double(1, 2, width, HEIGHT - 8.0, 10, 10);
    g.setColor(selected ? palette().border() : palette().background());
    g.fill(all);
    boolean calls = isOpen && alarm.acknowledged().isEmpty() && !alarm.isShelved();
    if (calls) {
      g.setColor(Palette.faint(color, 0.12));
      g.fill(all);
    }
    // Calls are filled to the edge, what is taken notice of bears a line, what is over none.
    g.setColor(isOpen ? color : palette().border());
    g.fill(new Rectangle2D.Double(1, 4, calls ? 8 : 3, HEIGHT - 12.0));
    LevelSign.draw(g, alarm.level(), palette(), 20, 12, 20);
    double x = 52;
    g.setFont(look().medium(14));
    String state = state();
    double wide = g.getFontMetrics().stringWidth(state);
    g.setColor(calls ? color : palette().muted());
    g.drawString(state, (float) (width - wide - 12), 26f);
    g.setFont(look().medium(16));
    g.setColor(isOpen ? palette().text() : palette().muted());
    g.drawString(
        Typeface.cut(AlarmWords.line(alarm), g.getFontMetrics(), width - wide - x - 30),
        (float) x,
        27f);
    g.setFont(look().regular(13));
    g.setColor(palette().muted());
    double room = width - x - 12;
    String course = AlarmWords.course(alarm);
    g.drawString(Typeface.cut(course, g.getFontMetrics(), room), (float) x, 47f);
    g.setColor(isOpen ? palette().text() : palette().muted());
    String action = alarm.action().isEmpty() ? "" : "To do: " + alarm.action();
    g.drawString(Typeface.cut(action, g.getFontMetrics(), room), (float) x, 66f);
  }

  private String state() {
    if (waits) {
      return "asked…";
    }
    String lasts = alarm.active() ? "lasts" : "over";
    return switch (alarm.state()) {
      case RAISED -> alarm.isShelved() ? "SHELVED, " + lasts : "RAISED, " + lasts;
      case ACKNOWLEDGED -> "ACKNOWLEDGED, " + lasts;
      case CLEARED -> "CLEARED";
    };
  }
}
