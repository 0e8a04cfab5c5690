package org.driftwatch.viewer.window;

import com.formdev.flatlaf.util.UIScale;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import javax.swing.JComponent;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** The bottom line: what could not be read, and the keys. */
final class FootBar extends JComponent {
  private static final String KEYS =
      "N newest window   S sum since start   L linear / log   T light / dark   Ctrl+Q quit";

  private String notice = "";
  private boolean alarming;
  private Palette palette;

  FootBar(Palette palette) {
    this.palette = palette;
    setPreferredSize(new Dimension(UIScale.scale(400), UIScale.scale(20)));
  }

  void show(Snapshot snapshot, Palette newPalette) {
    palette = newPalette;
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
    repaint();
  }

  /** The words at the left. */
  String notice() {
    return notice;
  }

  @Override
  protected void paintComponent(Graphics graphics) {
    Graphics2D g = (Graphics2D) graphics.create();
    try {
      Typeface.smooth(g);
      float base = UIScale.scale(14f);
      Color color = alarming ? palette.warning() : palette.muted();
      g.setFont(alarming ? Typeface.medium(12f) : Typeface.regular(12f));
      g.setColor(color);
      g.drawString(notice, UIScale.scale(6f), base);
      double end = UIScale.scale(6f) + g.getFontMetrics().stringWidth(notice);
      g.setFont(Typeface.regular(12f));
      double at = getWidth() - UIScale.scale(6) - g.getFontMetrics().stringWidth(KEYS);
      if (at > end + UIScale.scale(20)) {
        g.setColor(palette.muted());
        g.drawString(KEYS, (float) at, base);
      }
    } finally {
      g.dispose();
    }
  }
}
