package org.driftwatch.viewer.page;

import java.awt.Graphics2D;
import org.driftwatch.viewer.plot.Canvas;
import org.driftwatch.viewer.plot.Look;
import org.driftwatch.viewer.plot.Typeface;

/** Sentences in place of plots: why there are none. */
final class Note extends Canvas {
  private static final double SIZE = 15;

  private String text = "";

  Note(Look look) {
    super(0, 0, look);
  }

  void show(String newText, Look newLook) {
    text = newText;
    getAccessibleContext().setAccessibleName(text);
    look(newLook);
  }

  @Override
  protected void draw(Graphics2D g) {
    g.setFont(look().regular(SIZE));
    g.setColor(palette().text());
    float y = 30;
    for (String line : Typeface.wrapped(text, g.getFontMetrics(), designWidth() - 16.0)) {
      g.drawString(line, 8, y);
      y += (float) (SIZE * 1.4);
    }
  }
}
