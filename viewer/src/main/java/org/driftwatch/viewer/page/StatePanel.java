package org.driftwatch.viewer.page;

import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.driftwatch.viewer.part.LevelSign;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.verdict.Judgement;
import org.driftwatch.viewer.verdict.Level;
import org.driftwatch.viewer.verdict.Verdict;

/** A state to be read from three metres: name, sign and word; below it the reasons. */
final class StatePanel extends Canvas {
  private static final Pattern SPACES = Pattern.compile(" ");
  private static final float STATE = 40f;
  private static final float LINE = 1.28f;

  private final String name;
  private final Optional<Integer> chamber;
  private Level level = Level.UNDECIDED;
  private List<Verdict> verdicts = List.of();
  private String number = "";
  private String detail = "";

  /** A panel; of a chamber in its colour. */
  StatePanel(String name, Optional<Integer> chamber, Look look) {
    super(200, 150, look);
    this.name = name;
    this.chamber = chamber;
  }

  void show(
      Level newLevel, List<Verdict> newVerdicts, String newNumber, String newDetail, Look look) {
    level = newLevel;
    verdicts = Judgement.worstFirst(newVerdicts);
    number = newNumber;
    detail = newDetail;
    setToolTipText(
        verdicts.stream()
            .map(verdict -> "<b>" + verdict.check().title() + "</b>: " + verdict.reason())
            .collect(Collectors.joining("<br>", "<html>", "</html>")));
    look(look);
  }

  @Override
  protected void draw(Graphics2D g) {
    float base = 20f;
    double x = 4;
    if (chamber.isPresent()) {
      g.setColor(palette().chamber(chamber.get()));
      g.fill(new RoundRectangle2D.Double(x, base - 14, 16, 16, 5, 5));
      x += 24;
    }
    g.setFont(Typeface.medium(19f));
    g.setColor(palette().text());
    String shown = Typeface.cut(name, g.getFontMetrics(), designWidth() - x - 4);
    g.drawString(shown, (float) x, base);
    double end = x + g.getFontMetrics().stringWidth(shown) + 12;
    double right = designWidth() - 4;
    g.setFont(Typeface.medium(19f));
    double numberAt = right - g.getFontMetrics().stringWidth(number);
    if (numberAt > end) {
      g.drawString(number, (float) numberAt, base);
    }
    g.setFont(Typeface.regular(13f));
    g.setColor(palette().muted());
    g.drawString(detail, (float) (right - g.getFontMetrics().stringWidth(detail)), base + 18f);
    LevelSign.draw(g, level, palette(), 4, 42, 40);
    g.setFont(Typeface.medium(STATE));
    g.setColor(LevelSign.color(level, palette()));
    String word = level.word().toUpperCase(Locale.ROOT);
    double room = designWidth() - 64;
    double wide = g.getFontMetrics().stringWidth(word);
    if (wide > room) {
      g.setFont(Typeface.medium((float) (STATE * room / wide)));
    }
    g.drawString(word, 56f, 76f);
    reasons(g, 104f);
  }

  /** As many reasons as there is room for, the worst first; what is good in small letters. */
  private void reasons(Graphics2D g, float from) {
    float y = from;
    boolean first = true;
    for (Verdict verdict : verdicts) {
      boolean alarm = verdict.level().alarms();
      float size = alarm ? 15f : 12.5f;
      g.setFont(alarm ? Typeface.medium(size) : Typeface.regular(size));
      double room = designWidth() - 26;
      List<String> lines = wrapped(verdict.reason(), g.getFontMetrics(), room);
      double height = lines.size() * size * LINE;
      if (!first && y + height - size > designHeight() - 4) {
        return;
      }
      Color color = alarm ? palette().text() : palette().muted();
      LevelSign.draw(g, verdict.level(), palette(), 4, y - size * 0.82, size * 0.9);
      g.setColor(color);
      g.setFont(alarm ? Typeface.medium(size) : Typeface.regular(size));
      for (int i = 0; i < lines.size(); i++) {
        boolean isCut = i + 1 < lines.size() && y + size * LINE > designHeight();
        g.drawString(isCut ? lines.get(i) + " …" : lines.get(i), 24f, y);
        if (isCut) {
          return;
        }
        y += size * LINE;
      }
      y += 4;
      first = false;
    }
  }

  private static List<String> wrapped(String text, FontMetrics metrics, double width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : SPACES.split(text, -1)) {
      if (line.length() > 0 && metrics.stringWidth(line + " " + word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
