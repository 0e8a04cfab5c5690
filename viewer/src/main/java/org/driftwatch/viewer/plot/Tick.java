package org.driftwatch.viewer.plot;

/**
 * A mark on an axis.
 *
 * @param fraction place on the axis, 0 to 1
 * @param label its text; empty for a line without one
 */
public record Tick(double fraction, String label) {}
