/**
 * The run as the viewer knows it: windows, packed and immutable, and sums over any stretch. Without
 * Swing.
 */
package org.driftwatch.viewer.model;
