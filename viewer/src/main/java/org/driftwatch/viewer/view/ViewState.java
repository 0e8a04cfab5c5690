package org.driftwatch.viewer.view;

import org.driftwatch.viewer.model.Accumulation;

/**
 * How the user wants to see the data.
 *
 * @param page what fills the window
 * @param accumulation which windows the histograms show
 * @param log true for logarithmic counts
 * @param theme light or dark
 * @param sheet which of the {@link Sheets} of chambers is shown
 * @param enlarged the chamber that fills the page of chambers, or {@link #NONE}
 */
public record ViewState(
    Page page, Accumulation accumulation, boolean log, Theme theme, int sheet, int enlarged) {
  /** No chamber is enlarged. */
  public static final int NONE = -1;

  /** A state with the first chambers side by side. */
  public ViewState(Page page, Accumulation accumulation, boolean log, Theme theme) {
    this(page, accumulation, log, theme, 0, NONE);
  }

  /** The same with another accumulation. */
  public ViewState with(Accumulation other) {
    return new ViewState(page, other, log, theme, sheet, enlarged);
  }

  /** The same, linear or logarithmic. */
  public ViewState withLog(boolean logarithmic) {
    return new ViewState(page, accumulation, logarithmic, theme, sheet, enlarged);
  }

  /** The same in another theme. */
  public ViewState with(Theme other) {
    return new ViewState(page, accumulation, log, other, sheet, enlarged);
  }

  /** Another page, its chambers side by side. */
  public ViewState with(Page other) {
    return new ViewState(other, accumulation, log, theme, sheet, NONE);
  }

  /** The chambers of a sheet side by side. */
  public ViewState withSheet(int other) {
    return new ViewState(page, accumulation, log, theme, other, NONE);
  }

  /** One chamber of a sheet large, or all of them side by side. */
  public ViewState withEnlarged(int chamber, int ofSheet) {
    return new ViewState(page, accumulation, log, theme, ofSheet, chamber);
  }
}
