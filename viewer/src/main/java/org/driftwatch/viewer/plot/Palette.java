package org.driftwatch.viewer.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;

/**
 * The colours of the screen. The first four chambers' are Okabe and Ito's, chosen to stay apart for
 * colour-blind eyes, lightened or darkened to stand off their background; no sixteen colours do.
 *
 * @param dark true if the background is
 * @param background behind the cards
 * @param card background of a card
 * @param border edge of a card
 * @param grid lines of a plot
 * @param axis base line of a plot
 * @param text what is read first
 * @param muted what explains it
 * @param total the sum over chambers, in trends
 * @param scintillator the scintillator
 * @param good as it should be
 * @param warning to be looked at
 * @param bad not as it should be
 * @param chambers the chambers, as many as a detector can have
 */
public record Palette(
    boolean dark,
    Color background,
    Color card,
    Color border,
    Color grid,
    Color axis,
    Color text,
    Color muted,
    Color total,
    Color scintillator,
    Color good,
    Color warning,
    Color bad,
    List<Color> chambers) {

  /** For a dark control room. */
  public static final Palette DARK =
      new Palette(
          true,
          new Color(0x10151c),
          new Color(0x18202a),
          new Color(0x263140),
          new Color(0x273240),
          new Color(0x4a5a6d),
          new Color(0xe8eef5),
          new Color(0x93a3b5),
          new Color(0xd5dde6),
          new Color(0xf0e442),
          new Color(0x3ddc97),
          new Color(0xffb454),
          new Color(0xff6b6b),
          colours(
              0x56b4e9, 0xe69f00, 0x1fbf93, 0xdf8fbb, 0x9d9bff, 0xc3d24f, 0xe8835a, 0x45cfd6,
              0xb89b72, 0x86d06f, 0xc48af5, 0xf2a7a0, 0x6f93ff, 0xa7c2a4, 0xd77fd9, 0x8fb1c8));

  /** For daylight and paper. */
  public static final Palette LIGHT =
      new Palette(
          false,
          new Color(0xeef1f5),
          new Color(0xffffff),
          new Color(0xd8dee6),
          new Color(0xe6eaef),
          new Color(0x8a96a5),
          new Color(0x17202b),
          new Color(0x5b6877),
          new Color(0x2c3a4b),
          new Color(0x8a6d00),
          new Color(0x0a8754),
          new Color(0xb35c00),
          new Color(0xc62828),
          colours(
              0x0072b2, 0xd55e00, 0x00936b, 0xb8558c, 0x5a55d6, 0x6f7f00, 0xb0442a, 0x00838f,
              0x7d6238, 0x3e8e2f, 0x8a3fd0, 0xb3605a, 0x2f55d4, 0x5c7a59, 0x9c2f9e, 0x48708a));

  private static final int[] CIVIDIS = {
    0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
    0xfee838
  };

  private static List<Color> colours(int... rgb) {
    return Arrays.stream(rgb).mapToObj(Color::new).toList();
  }

  /** Colour of a chamber. */
  public Color chamber(int chamber) {
    return chambers.get(chamber);
  }

  /**
   * A colour for a height from 0 to 1: cividis, whose steps are seen alike by all eyes (Nunez,
   * Anderton and Renslow, PLoS ONE 13 (2018) e0199239).
   */
  public static Color heat(double fraction) {
    double place = Math.max(0, Math.min(1, fraction)) * (CIVIDIS.length - 1);
    int i = Math.min(CIVIDIS.length - 2, (int) place);
    return mix(new Color(CIVIDIS[i]), new Color(CIVIDIS[i + 1]), place - i);
  }

  private static Color mix(Color a, Color b, double t) {
    return new Color(
        (int) Math.round(a.getRed() + t * (b.getRed() - a.getRed())),
        (int) Math.round(a.getGreen() + t * (b.getGreen() - a.getGreen())),
        (int) Math.round(a.getBlue() + t * (b.getBlue() - a.getBlue())));
  }

  /** A colour seen through, {@code alpha} from 0 to 1. */
  public static Color faint(Color color, double alpha) {
    return new Color(
        color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(255 * alpha));
  }
}
