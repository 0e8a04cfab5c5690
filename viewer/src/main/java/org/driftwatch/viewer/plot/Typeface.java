package org.driftwatch.viewer.plot;

import com.formdev.flatlaf.fonts.roboto.FlatRobotoFont;
import com.formdev.flatlaf.util.FontUtils;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The screen's type: Roboto, which comes with the program so that it looks the same everywhere, and
 * whose figures are all of one width so that ticking numbers stand still.
 */
public final class Typeface {
  private static final String MEDIUM = "Roboto Medium";
  private static final Pattern SPACES = Pattern.compile(" ");

  private Typeface() {}

  /** Makes the fonts known; to be called once, before anything is drawn. */
  public static void install() {
    FontUtils.installFont(FlatRobotoFont.class.getResource(FlatRobotoFont.STYLE_REGULAR));
    FontUtils.installFont(FlatRobotoFont.class.getResource(FlatRobotoFont.STYLE_SEMIBOLD));
  }

  /** Upright text of a size in points at 96 dpi. */
  public static Font regular(float size) {
    return new Font(FlatRobotoFont.FAMILY, Font.PLAIN, 12).deriveFont(size);
  }

  /** The heavier cut for titles and figures. */
  public static Font medium(float size) {
    return new Font(MEDIUM, Font.PLAIN, 12).deriveFont(size);
  }

  /** A text cut to a width, with dots if something was cut off. */
  public static String cut(String text, FontMetrics metrics, double width) {
    if (metrics.stringWidth(text) <= width) {
      return text;
    }
    int end = text.length();
    while (end > 0 && metrics.stringWidth(text.substring(0, end) + "…") > width) {
      end--;
    }
    return text.substring(0, end) + "…";
  }

  /** A text in lines of this width at most, broken at spaces. */
  public static List<String> wrapped(String text, FontMetrics metrics, double width) {
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

  /** Smooth lines and letters. */
  public static void smooth(Graphics2D g) {
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }
}
