/** Swing components that draw histograms, trends and cell maps. */
package org.driftwatch.viewer.plot;
