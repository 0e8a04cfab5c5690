package org.driftwatch.viewer.view;

import org.driftwatch.viewer.plot.Palette;

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
}
