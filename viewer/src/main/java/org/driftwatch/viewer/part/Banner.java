package org.driftwatch.viewer.part;

import java.awt.Color;
import java.awt.Cursor;
import java.awt.Graphics2D;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.geom.RoundRectangle2D;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;
import org.driftwatch.viewer.view.AlarmWords;
import org.driftwatch.viewer.view.DashboardModel;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Situation;
import org.driftwatch.viewer.view.Theme;

/**
 * How everything is now, over every page, also over the past and in a pause: the state of the run,
 * the newest alarm, the age of the newest result. A click shows the alarms.
 */
public final class Banner extends Canvas {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int HEIGHT = 60;
  private static final double STATE = 250;
  private static final double AGE = 180;
  private static final float WORD = 26f;

  private final DashboardModel model;
  private Theme theme;
  private Situation situation;

  /** The banner of a model. */
  public Banner(DashboardModel model, Look look) {
    super(600, HEIGHT, look);
    this.model = model;
    theme = model.state().theme();
    situation = model.situation();
    setName("banner");
    setCursor(Cursor.getPredefinedCursor(Cursor.HAND_CURSOR));
    addMouseListener(
        new MouseAdapter() {
          @Override
          public void mousePressed(MouseEvent event) {
            model.page(Page.ALARMS);
          }
        });
  }

  /** Draws in this look, of these colours; they are those of now, whatever the pages show. */
  public void show(Theme newTheme, Look newLook) {
    theme = newTheme;
    look(new Look(theme.palette(), newLook.zoom()));
    tick();
  }

  /** Shows how everything is now. */
  public void tick() {
    situation = model.situation();
    setToolTipText(tip());
    repaint();
  }

  private String tip() {
    StringBuilder words = new StringBuilder("<html><div style='width:420px'>");
    words.append(situation.reason().isEmpty() ? "" : situation.reason() + "<br>");
    for (AlarmMessage alarm : situation.alarms().stream().limit(8).toList()) {
      words.append("<b>").append(AlarmWords.line(alarm)).append("</b><br>");
      words.append(AlarmWords.course(alarm)).append("<br>");
    }
    words.append(situation.judge());
    model.clockDifference().ifPresent(difference -> words.append("<br>").append(difference));
    return words.append("</div></html>").toString();
  }

  private Color color() {
    if (situation.flows()) {
      return palette().level(situation.level().orElseThrow());
    }
    return situation.isUrgent() ? palette().bad() : palette().warning();
  }

  @Override
  protected void draw(Graphics2D g) {
    double width = designWidth();
    double height = designHeight() - 1.0;
    Color color = color();
    RoundRectangle2D all = new RoundRectangle2D.Double(0.5, 0.5, width - 1, height, 14, 14);
    g.setColor(palette().card());
    g.fill(all);
    // What nobody has acknowledged shows from afar, also when it is over.
    Color edge =
        situation.unacknowledged() > 0 && situation.flows()
            ? mark(situation.alarm().orElseThrow())
            : color;
    g.setColor(Palette.faint(edge, 0.10));
    g.fill(all);
    g.setColor(edge);
    g.draw(all);
    state(g, color, height);
    double free = age(g, width);
    words(g, STATE + 18, free - STATE - 30);
  }

  /** The state in a word to be read from afar; dark on its colour where somebody should look. */
  private void state(Graphics2D g, Color color, double height) {
    boolean calm = situation.level().filter(level -> !level.alarms()).isPresent();
    g.setColor(calm ? Palette.faint(color, 0.16) : color);
    g.fill(new RoundRectangle2D.Double(0.5, 0.5, STATE, height, 14, 14));
    Color ink = calm ? color : palette().card();
    double x = 16;
    if (situation.flows()) {
      // A sign in the ink of the word: its shape tells levels apart.
      LevelSign.draw(
          g,
          situation.level().orElse(Level.UNDECIDED),
          ink,
          calm ? palette().card() : color,
          x,
          15,
          30);
      x += 42;
    }
    String word = situation.word().toUpperCase(Locale.ROOT);
    g.setFont(look().medium(WORD));
    double room = STATE - x - 10;
    double wide = g.getFontMetrics().stringWidth(word);
    if (wide > room) {
      g.setFont(look().medium(WORD * room / wide));
    }
    g.setColor(ink);
    g.drawString(word, (float) x, 39f);
    g.setFont(look().medium(11));
    g.drawString("NOW", (float) (STATE - 8 - g.getFontMetrics().stringWidth("NOW")), 15f);
  }

  /** The age of the newest result at the right; returns where it begins. */
  private double age(Graphics2D g, double width) {
    double x = width - AGE;
    g.setColor(palette().border());
    g.fillRect((int) x - 12, 10, 1, HEIGHT - 20);
    g.setFont(look().medium(21));
    g.setColor(situation.flows() ? palette().text() : color());
    String age = situation.age().map(a -> Numbers.duration(a) + " ago").orElse("no result yet");
    g.drawString(Typeface.cut(age, g.getFontMetrics(), AGE - 14), (float) x, 29f);
    g.setFont(look().regular(12));
    g.setColor(palette().muted());
    Optional<WindowSummary.Span> span = model.newestSpan();
    String of =
        span.map(s -> TIME.format(s.start()) + " – " + TIME.format(s.end()) + " UTC").orElse("");
    g.drawString(Typeface.cut(of, g.getFontMetrics(), AGE - 14), (float) x, 48f);
    return x - 12;
  }

  /** Two lines: what matters most now, and what goes with it. */
  private void words(Graphics2D g, double x, double room) {
    Optional<AlarmMessage> alarm = situation.alarm();
    String first;
    String second;
    Color ink = palette().text();
    if (!situation.flows()) {
      first = sentence(situation.reason());
      second = join(open(), alarm.map(AlarmWords::line).orElse(""));
      second = second.isEmpty() ? situation.judge() : second;
    } else if (alarm.isPresent()) {
      first = AlarmWords.line(alarm.get());
      second = join(open(), AlarmWords.course(alarm.get()));
      ink = alarm.get().acknowledged().isPresent() ? palette().text() : mark(alarm.get());
    } else if (!situation.reason().isEmpty()) {
      first = situation.reason();
      second = join(open(), situation.judge());
    } else {
      first = situation.isJudged() ? "No open alarm" : "All verdicts are good";
      second = join(open(), situation.judge());
    }
    second = join(second, model.clockDifference().orElse(""));
    g.setFont(look().medium(16));
    g.setColor(ink);
    g.drawString(Typeface.cut(first, g.getFontMetrics(), room), (float) x, 26f);
    g.setFont(look().regular(13));
    g.setColor(situation.isJudged() ? palette().muted() : palette().warning());
    String shown =
        situation.isJudged() || alarm.isEmpty() || !situation.flows()
            ? second
            : join(situation.judge(), second);
    g.drawString(Typeface.cut(shown, g.getFontMetrics(), room), (float) x, 47f);
  }

  private Color mark(AlarmMessage alarm) {
    return palette().level(alarm.level());
  }

  private String open() {
    int all = situation.alarms().size();
    String open = all == 0 ? "" : all == 1 ? "1 open alarm" : all + " open alarms";
    long waiting = situation.unacknowledged();
    String acknowledged =
        all > 0 && waiting == 0
            ? "acknowledged"
            : waiting < all ? waiting + " not acknowledged" : "";
    String shelved = situation.shelved() == 0 ? "" : situation.shelved() + " shelved";
    return join(join(open, acknowledged), shelved);
  }

  private static String join(String a, String b) {
    return a.isEmpty() || b.isEmpty() ? a + b : a + " · " + b;
  }

  private static String sentence(String words) {
    return words.isEmpty()
        ? ""
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
