package org.driftwatch.viewer.view;

import org.driftwatch.viewer.plot.Palette;

/** Of when what is shown is, and so which colours it may have. */
public enum Tone {
  /** Live, and results come. */
  NOW,
  /** A picked stretch, or a picture held: nothing is green. */
  PAST,
  /** Results have stopped: all is grey. */
  STALE;

  /** A theme's colours in this tone. */
  public Palette palette(Theme theme) {
    Palette palette = theme.palette();
    return switch (this) {
      case NOW -> palette;
      case PAST -> palette.past();
      case STALE -> palette.stale();
    };
  }
}
