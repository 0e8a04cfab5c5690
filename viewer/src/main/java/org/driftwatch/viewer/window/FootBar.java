package org.driftwatch.viewer.window;

import java.awt.Color;
import java.awt.Graphics2D;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** The bottom line: what could not be read, and the keys. */
final class FootBar extends Canvas {
  private static final String KEYS =
      "N newest window   S sum since start   L linear / log   T light / dark   Ctrl+Q quit";

  private String notice = "";
  private boolean alarming;

  FootBar(Look look) {
    super(400, 20, look);
  }

  void show(Snapshot snapshot, Look newLook) {
    look(newLook);
    alarming = snapshot.lastMalformed().isPresent();
    notice =
        snapshot
            .lastMalformed()
            .map(
                last ->
                    Numbers.grouped(snapshot.malformedMessages())
                        + (snapshot.malformedMessages() == 1 ? " result" : " results")
                        + " could not be read; last: "
                        + last.line())
            .orElse("all results read");
    if (snapshot.newest().isEmpty() && !alarming) {
      notice = "";
    }
    setToolTipText(notice.isEmpty() ? null : notice);
  }

  /** The words at the left. */
  String notice() {
    return notice;
  }

  @Override
  protected void draw(Graphics2D g) {
    float base = 14f;
    Color color = alarming ? palette().warning() : palette().muted();
    g.setFont(alarming ? Typeface.medium(12f) : Typeface.regular(12f));
    g.setColor(color);
    String shown = Typeface.cut(notice, g.getFontMetrics(), designWidth() - 12);
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
