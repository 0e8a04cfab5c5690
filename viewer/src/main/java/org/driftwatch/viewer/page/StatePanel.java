package org.driftwatch.viewer.page;

import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.viewer.part.LevelSign;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.Ruling;

/** A state to be read from three metres: name, sign and word; below it the reasons. */
final class StatePanel extends Canvas {
  private static final float STATE = 40f;

  private final String name;
  private final Optional<Integer> chamber;
  private Level level = Level.UNDECIDED;
  private List<Verdict> verdicts = List.of();
  private Ruling ruling;
  private boolean now = true;
  private String number = "";
  private String detail = "";

  /** A panel; of a chamber in its colour. */
  StatePanel(String name, Optional<Integer> chamber, Ruling ruling, Look look) {
    super(200, 150, look);
    this.name = name;
    this.ruling = ruling;
    this.chamber = chamber;
  }

  /** Shows verdicts, {@code isNow} or of before. */
  void show(Ruling newRuling, boolean isNow, String newNumber, String newDetail, Look look) {
    now = isNow;
    Subject subject = chamber.map(Subject::new).orElse(Subject.RUN);
    ruling = newRuling;
    level = ruling.level(subject);
    verdicts = ruling.of(subject);
    number = newNumber;
    detail = newDetail;
    setToolTipText(Reasons.html(verdicts, ruling));
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
    g.setFont(look().medium(19f));
    g.setColor(palette().text());
    String shown = Typeface.cut(name, g.getFontMetrics(), designWidth() - x - 4);
    g.drawString(shown, (float) x, base);
    double end = x + g.getFontMetrics().stringWidth(shown) + 12;
    double right = designWidth() - 4;
    g.setFont(look().medium(19f));
    double numberAt = right - g.getFontMetrics().stringWidth(number);
    if (numberAt > end) {
      g.drawString(number, (float) numberAt, base);
    }
    g.setFont(look().regular(13f));
    g.setColor(palette().muted());
    g.drawString(detail, (float) (right - g.getFontMetrics().stringWidth(detail)), base + 18f);
    LevelSign.draw(g, level, palette(), 4, 42, 40);
    g.setFont(look().medium(STATE));
    g.setColor(palette().level(level));
    // What was good may be bad by now.
    String before = now || level != Level.GOOD ? "" : "was ";
    String word = before.concat(level.word()).toUpperCase(Locale.ROOT);
    double room = designWidth() - 64;
    double wide = g.getFontMetrics().stringWidth(word);
    if (wide > room) {
      g.setFont(look().medium(STATE * room / wide));
    }
    g.drawString(word, 56f, 76f);
    new Reasons(g, look(), 4, designWidth() - 8.0, 104, designHeight() - 2.0)
        .draw(verdicts, ruling);
  }
}
