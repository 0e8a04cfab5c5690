package org.driftwatch.viewer.plot;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.driftwatch.quality.Level;

/**
 * The colours of the screen. Green, amber and red are for states and alarms alone: chambers have
 * none of them. The first four chambers' colours stay apart for colour-blind eyes, too, by their
 * brightness; no sixteen do.
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
 * @param heat colours of heights in cell maps, from low to high
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
    List<Color> heat,
    List<Color> chambers) {

  /**
   * Cividis, whose steps are seen alike by all eyes (Nunez, Anderton and Renslow, PLoS ONE 13
   * (2018) e0199239).
   */
  private static final List<Color> CIVIDIS =
      colours(
          0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
          0xfee838);

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
          CIVIDIS,
          colours(
              0x56b4e9, 0xe58ac8, 0xd8cfae, 0x8d83ff, 0x8fe3f5, 0xb66fd6, 0xa9b4c2, 0x4f8dff,
              0xf3c1e3, 0xb9aef9, 0x7fb0b8, 0xcfe0ee, 0x9a7fb0, 0xb0a58f, 0x6fa3d8, 0xd09ee8));

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
          CIVIDIS,
          colours(
              0x0072b2, 0xc0489a, 0x6d6350, 0x4b3fd0, 0x0090ad, 0x8a2fb0, 0x5a6878, 0x1f55d8,
              0xd070b8, 0x7a6ad8, 0x3c7078, 0x7f96ab, 0x65487c, 0x877a62, 0x3a72ab, 0xa45cc4));

  private static List<Color> colours(int... rgb) {
    return Arrays.stream(rgb).mapToObj(Color::new).toList();
  }

  /** Colour of a level. */
  public Color level(Level level) {
    return switch (level) {
      case GOOD -> good;
      case UNDECIDED -> muted;
      case WARNING -> warning;
      case BAD -> bad;
    };
  }

  /** Colour of a chamber. */
  public Color chamber(int chamber) {
    return chambers.get(chamber);
  }

  /** A colour for a height from 0 to 1. */
  public Color heat(double fraction) {
    double place = Math.max(0, Math.min(1, fraction)) * (heat.size() - 1);
    int i = Math.min(heat.size() - 2, (int) place);
    return mix(heat.get(i), heat.get(i + 1), place - i);
  }

  /** For what is not of the present: nothing is green, since green says that all is well now. */
  public Palette past() {
    return new Palette(
        dark,
        background,
        card,
        border,
        grid,
        axis,
        text,
        muted,
        total,
        scintillator,
        muted,
        warning,
        bad,
        heat,
        chambers);
  }

  /** For data that nobody can vouch for any more: all in grey. */
  public Palette stale() {
    return new Palette(
        dark,
        background,
        card,
        border,
        grid,
        axis,
        muted,
        muted,
        muted,
        muted,
        muted,
        muted,
        muted,
        greys(heat),
        greys(chambers));
  }

  private static List<Color> greys(List<Color> colours) {
    return colours.stream().map(Palette::grey).toList();
  }

  /** A grey as bright. */
  private static Color grey(Color c) {
    int y = (int) Math.round(luminance(c));
    return new Color(y, y, y);
  }

  /** Luminance of Rec. 709, 0 to 255. */
  private static double luminance(Color c) {
    return 0.2126 * c.getRed() + 0.7152 * c.getGreen() + 0.0722 * c.getBlue();
  }

  /** Black or white: what can be read on a colour. */
  static Color inkOn(Color colour) {
    return luminance(colour) > 110 ? Color.BLACK : Color.WHITE;
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
