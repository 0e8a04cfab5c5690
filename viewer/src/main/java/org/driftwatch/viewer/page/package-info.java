/** The pages that fill the window: states and rates of all, and the histograms of each chamber. */
package org.driftwatch.viewer.page;
