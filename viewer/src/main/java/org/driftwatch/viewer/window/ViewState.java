package org.driftwatch.viewer.window;

import org.driftwatch.viewer.model.Accumulation;

/**
 * How the person in front of the screen wants to see the data.
 *
 * @param accumulation which windows the histograms show
 * @param log true for logarithmic counts
 * @param theme light or dark
 */
public record ViewState(Accumulation accumulation, boolean log, Theme theme) {
  /** The same with another accumulation. */
  public ViewState with(Accumulation other) {
    return new ViewState(other, log, theme);
  }

  /** The same, linear or logarithmic. */
  public ViewState withLog(boolean logarithmic) {
    return new ViewState(accumulation, logarithmic, theme);
  }

  /** The same in another theme. */
  public ViewState with(Theme other) {
    return new ViewState(accumulation, log, other);
  }
}
