package org.driftwatch.viewer.plot;

import java.awt.Font;

/**
 * How everything is drawn: in which colours and how large.
 *
 * @param palette colours
 * @param zoom pixels per unit of the design, which is made for a screen of 1600 x 1000
 */
public record Look(Palette palette, double zoom) {
  /** No letter on the screen is smaller, in pixels: one that was would not be read. */
  private static final double LEAST_LETTER = 10;

  /** A length of the design in pixels. */
  public int pixels(double length) {
    return (int) Math.round(length * zoom);
  }

  /** Upright letters for a {@link Canvas}, of a size in units of the design. */
  public Font regular(double size) {
    return Typeface.regular((float) Math.max(size, LEAST_LETTER / zoom));
  }

  /** The heavier cut of {@link #regular}. */
  public Font medium(double size) {
    return Typeface.medium((float) Math.max(size, LEAST_LETTER / zoom));
  }

  /** Upright letters for other components: a size of the design in pixels. */
  public Font letters(double size) {
    return Typeface.regular((float) Math.max(size * zoom, LEAST_LETTER));
  }
}
