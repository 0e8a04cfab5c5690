package org.driftwatch.viewer.view;

import org.driftwatch.viewer.model.Accumulation;

/**
 * How the user wants to see the data.
 *
 * @param page what fills the window
 * @param accumulation which windows the histograms show
 * @param log true for logarithmic counts
 * @param theme light or dark
 * @param enlarged the chamber that fills the page of chambers, or {@link #NONE}
 */
public record ViewState(
    Page page, Accumulation accumulation, boolean log, Theme theme, int enlarged) {
  /** No chamber is enlarged. */
  public static final int NONE = -1;

  /** The same with another accumulation. */
  public ViewState with(Accumulation other) {
    return new ViewState(page, other, log, theme, enlarged);
  }

  /** The same, linear or logarithmic. */
  public ViewState withLog(boolean logarithmic) {
    return new ViewState(page, accumulation, logarithmic, theme, enlarged);
  }

  /** The same in another theme. */
  public ViewState with(Theme other) {
    return new ViewState(page, accumulation, log, other, enlarged);
  }

  /** Another page. */
  public ViewState with(Page other) {
    return new ViewState(other, accumulation, log, theme, enlarged);
  }

  /** One chamber large, or all side by side. */
  public ViewState withEnlarged(int chamber) {
    return new ViewState(page, accumulation, log, theme, chamber);
  }
}
