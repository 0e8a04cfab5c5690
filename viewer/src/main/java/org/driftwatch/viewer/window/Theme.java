package org.driftwatch.viewer.window;

import com.formdev.flatlaf.FlatDarkLaf;
import com.formdev.flatlaf.FlatLaf;
import com.formdev.flatlaf.FlatLightLaf;
import com.formdev.flatlaf.fonts.roboto.FlatRobotoFont;
import org.driftwatch.viewer.plot.Palette;
import org.driftwatch.viewer.plot.Typeface;

/** Light or dark, all over the window. */
public enum Theme {
  /** For daylight and paper. */
  LIGHT,
  /** For a dark control room. */
  DARK;

  /** Its colours. */
  public Palette palette() {
    return this == LIGHT ? Palette.LIGHT : Palette.DARK;
  }

  /** The other one. */
  public Theme other() {
    return this == LIGHT ? DARK : LIGHT;
  }

  /** Sets the look and feel, before the first component is made. */
  public void install() {
    Typeface.install();
    FlatLaf.setPreferredFontFamily(FlatRobotoFont.FAMILY);
    setUp();
  }

  /** Changes the look and feel of what is there. */
  public void change() {
    setUp();
    FlatLaf.updateUI();
  }

  private void setUp() {
    boolean done = this == DARK ? FlatDarkLaf.setup() : FlatLightLaf.setup();
    if (!done) {
      throw new IllegalStateException("the look and feel " + this + " does not start");
    }
  }
}
