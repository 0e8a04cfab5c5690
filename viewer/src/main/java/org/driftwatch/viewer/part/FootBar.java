package org.driftwatch.viewer.part;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.Optional;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** The bottom line: what could not be read or done, and the most needed keys. */
public final class FootBar extends Canvas {
  private static final String KEYS = "H help and all keys   1 2 pages   V live   P pause";

  private String results = "";
  private boolean unread;
  private String said = "";
  private boolean failed;

  /** A line that says nothing yet. */
  public FootBar(Look look) {
    super(400, 20, look);
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

  /** Says what was done, or why not, until something else is said. */
  public void say(String words, boolean failure) {
    said = words;
    failed = failure;
    setToolTipText(notice());
    repaint();
  }

  /** The words at the left. */
  private String notice() {
    return said.isEmpty() ? results : results.isEmpty() ? said : said + "   ·   " + results;
  }

  @Override
  protected void draw(Graphics2D g) {
    float base = 14f;
    boolean alarming = unread || failed;
    Color color = failed ? palette().bad() : alarming ? palette().warning() : palette().muted();
    g.setFont(alarming ? Typeface.medium(12f) : Typeface.regular(12f));
    g.setColor(color);
    String shown = Typeface.cut(notice(), g.getFontMetrics(), designWidth() - 12);
    g.drawString(shown, 6f, base);
    double end = 6f + g.getFontMetrics().stringWidth(shown);
    g.setFont(Typeface.regular(12f));
    double at = designWidth() - 6 - g.getFontMetrics().stringWidth(KEYS);
    if (at > end + 20) {
      g.setColor(palette().muted());
      g.drawString(KEYS, (float) at, base);
    }
  }
}
