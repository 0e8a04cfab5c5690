package org.driftwatch.viewer.part;

import java.awt.Color;
import java.awt.Graphics2D;
import java.time.Duration;
import java.util.Optional;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** The bottom line: what could not be read or done, and the most needed keys. */
public final class FootBar extends Canvas {
  private static final String KEYS =
      "H help and all keys   1 – 5 pages   A acknowledge   V live   P pause";
  private static final String SEPARATOR = "   ·   ";
  private static final Duration SHOWN = Duration.ofSeconds(15);
  private static final Duration FAILURE_SHOWN = Duration.ofMinutes(1);

  private String results = "";
  private boolean unread;
  private final Clocks clocks;
  private String said = "";
  private long saidAt;
  private boolean failed;

  /** A line that says nothing yet. */
  public FootBar(Clocks clocks, Look look) {
    super(400, 20, look);
    this.clocks = clocks;
    setName("foot");
  }

  /**
   * Says which results could not be read.
   *
   * @param objection why the results cannot be shown as the detector's, if so
   */
  public void show(Snapshot snapshot, Optional<String> objection, Look newLook) {
    look(newLook);
    unread = snapshot.lastMalformed().isPresent() || objection.isPresent();
    results =
        snapshot
            .lastMalformed()
            .map(
                last ->
                    Numbers.grouped(snapshot.malformedMessages())
                        + (snapshot.malformedMessages() == 1 ? " result" : " results")
                        + " could not be read; last: "
                        + last.line())
            .or(() -> objection)
            .orElse(snapshot.newest().isEmpty() ? "" : "all results read");
    setToolTipText(notice().isEmpty() ? null : notice());
  }

  /** Says what was done, or why not, for a while. */
  public void say(String words, boolean failure) {
    said = words;
    saidAt = clocks.nanos();
    failed = failure;
    setToolTipText(notice());
    repaint();
  }

  /** What was said long ago goes. */
  public void tick() {
    Duration shown = failed ? FAILURE_SHOWN : SHOWN;
    if (!said.isEmpty() && clocks.since(saidAt).compareTo(shown) > 0) {
      said = "";
      failed = false;
      setToolTipText(results.isEmpty() ? null : results);
      repaint();
    }
  }

  private String notice() {
    return said.isEmpty() ? results : results.isEmpty() ? said : said + SEPARATOR + results;
  }

  @Override
  protected void draw(Graphics2D g) {
    float base = 14f;
    double end = 6;
    if (!said.isEmpty()) {
      String last = results.isEmpty() ? "" : SEPARATOR;
      end = draw(g, said + last, failed, palette().bad(), end, base);
    }
    end = draw(g, results, unread, palette().warning(), end, base);
    g.setFont(look().regular(12));
    double at = designWidth() - 6 - g.getFontMetrics().stringWidth(KEYS);
    if (at > end + 20) {
      g.setColor(palette().muted());
      g.drawString(KEYS, (float) at, base);
    }
  }

  private double draw(
      Graphics2D g, String words, boolean alarming, Color color, double x, float base) {
    g.setFont(alarming ? look().medium(12) : look().regular(12));
    g.setColor(alarming ? color : palette().muted());
    String shown = Typeface.cut(words, g.getFontMetrics(), Math.max(0, designWidth() - 6 - x));
    g.drawString(shown, (float) x, base);
    return x + g.getFontMetrics().stringWidth(shown);
  }
}
