/** The pages: states and rates of all chambers, and the histograms of each. */
package org.driftwatch.viewer.page;
