package org.driftwatch.viewer.page;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.stream.Collectors;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.part.LevelSign;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.Ruling;

/** Draws verdicts as sentences below each other, alarms large and first, what is good small. */
final class Reasons {
  private static final float LINE = 1.28f;
  private static final double ALARM = 15;
  private static final double REST = 12.5;
  private static final double INDENT = 20;

  private final Graphics2D g;
  private final Look look;
  private final double left;
  private final double width;
  private final double bottom;
  private double y;

  /**
   * A place for reasons.
   *
   * @param top baseline of the first line
   * @param bottom where the last line must end
   */
  Reasons(Graphics2D g, Look look, double left, double width, double top, double bottom) {
    this.g = g;
    this.look = look;
    this.left = left;
    this.width = width;
    this.bottom = bottom;
    y = top;
  }

  /** All verdicts, and what to do, as HTML for a tool tip. */
  static String html(List<Verdict> verdicts, Ruling ruling) {
    return verdicts.stream()
        .map(
            verdict ->
                "<b>"
                    + verdict.check().title()
                    + "</b>: "
                    + verdict.message()
                    + (verdict.level().alarms() && !ruling.action(verdict).isEmpty()
                        ? "<br><i>" + ruling.action(verdict) + "</i>"
                        : ""))
        .collect(Collectors.joining("<br>", "<html><div style='width:420px'>", "</div></html>"));
  }

  /** As many as there is room for, and how many more there are. */
  void draw(List<Verdict> verdicts, Ruling ruling) {
    for (int i = 0; i < verdicts.size(); i++) {
      Verdict verdict = verdicts.get(i);
      boolean alarms = verdict.level().alarms();
      double size = alarms ? ALARM : REST;
      g.setFont(alarms ? look.medium(size) : look.regular(size));
      List<String> lines = Typeface.wrapped(verdict.message(), g.getFontMetrics(), width - INDENT);
      int left = verdicts.size() - i;
      // The line that says how many are left out needs its room, too.
      double needed = lines.size() * size * LINE + (left > 1 ? REST * LINE : 0);
      if (i > 0 && y + needed - size > bottom) {
        more(left);
        return;
      }
      LevelSign.draw(g, verdict.level(), look.palette(), this.left, y - size * 0.82, size * 0.9);
      lines(lines, size, alarms ? look.palette().text() : look.palette().muted());
      String action = alarms ? ruling.action(verdict) : "";
      if (!action.isEmpty()) {
        g.setFont(look.regular(REST));
        List<String> todo =
            Typeface.wrapped("To do: " + action, g.getFontMetrics(), width - INDENT);
        if (y + todo.size() * REST * LINE + (left > 1 ? REST * LINE : 0) <= bottom) {
          lines(todo, REST, look.palette().muted());
        }
      }
      y += 4;
    }
  }

  private void more(int left) {
    g.setFont(look.regular(REST));
    g.setColor(look.palette().muted());
    g.drawString("+ " + left + " more", (float) (this.left + INDENT), (float) Math.min(y, bottom));
  }

  private void lines(List<String> lines, double size, Color color) {
    g.setColor(color);
    for (int i = 0; i < lines.size(); i++) {
      boolean isCut = i + 1 < lines.size() && y + size * LINE > bottom;
      g.drawString(isCut ? lines.get(i) + " …" : lines.get(i), (float) (left + INDENT), (float) y);
      y += size * LINE;
      if (isCut) {
        return;
      }
    }
  }
}
