package org.driftwatch.viewer.plot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.driftwatch.quality.Level;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static final List<Palette> BOTH = List.of(Palette.DARK, Palette.LIGHT);

  /** Distance in hue, degrees; grey has none. */
  private static double hues(Color a, Color b) {
    float[] first = Color.RGBtoHSB(a.getRed(), a.getGreen(), a.getBlue(), null);
    float[] second = Color.RGBtoHSB(b.getRed(), b.getGreen(), b.getBlue(), null);
    if (Math.min(first[1], second[1]) < 0.3) {
      return 180;
    }
    double apart = Math.abs(first[0] - second[0]);
    return 360 * Math.min(apart, 1 - apart);
  }

  @Test
  void noChamberHasTheColourOfAState() {
    for (Palette palette : BOTH) {
      for (int chamber = 0; chamber < palette.chambers().size(); chamber++) {
        for (Color state : List.of(palette.good(), palette.warning(), palette.bad())) {
          assertThat(
              "chamber " + chamber, hues(palette.chamber(chamber), state), greaterThan(24.0));
        }
      }
    }
  }

  private static List<Color> all(Palette palette) {
    List<Color> all = new ArrayList<>(palette.chambers());
    all.addAll(
        List.of(
            palette.good(),
            palette.warning(),
            palette.bad(),
            palette.total(),
            palette.scintillator(),
            palette.heat(0),
            palette.heat(0.5),
            palette.heat(1)));
    for (Level level : Level.values()) {
      all.add(palette.level(level));
    }
    return all;
  }

  @Test
  void whatIsStaleHasNoColourOfAState() {
    for (Palette palette : BOTH) {
      for (Color color : all(palette.stale())) {
        for (Color state : List.of(palette.good(), palette.warning(), palette.bad())) {
          assertThat(color.equals(state), is(false));
        }
        float[] hsb = Color.RGBtoHSB(color.getRed(), color.getGreen(), color.getBlue(), null);
        assertThat(color + " is nearly grey", hsb[1] < 0.3, is(true));
      }
    }
  }

  @Test
  void whatIsPastIsNeverGreenAndKeepsItsAlarms() {
    for (Palette palette : BOTH) {
      assertThat(all(palette.past()).contains(palette.good()), is(false));
      assertThat(palette.past().level(Level.BAD), is(palette.bad()));
    }
  }
}
