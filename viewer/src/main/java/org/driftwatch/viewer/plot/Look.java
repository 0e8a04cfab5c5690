package org.driftwatch.viewer.plot;

/**
 * How everything is drawn: in which colours and how large.
 *
 * @param palette colours
 * @param zoom pixels per unit of the design, which is made for a screen of 1600 x 1000
 */
public record Look(Palette palette, double zoom) {
  /** A length of the design in pixels. */
  public int pixels(double length) {
    return (int) Math.round(length * zoom);
  }
}
