package org.driftwatch.viewer.plot;

/**
 * What a plot says above its data.
 *
 * @param title what it is
 * @param detail what it counts, drawn after the title
 * @param help what a healthy one looks like, in two sentences, for the tool tip
 */
public record Heading(String title, String detail, String help) {
  /** No words, as of the curve on the time line. */
  static final Heading NONE = new Heading("", "", "");
}
