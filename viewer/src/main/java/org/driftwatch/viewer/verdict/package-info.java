/**
 * Whether the detector is healthy, and why: statistics and limits, apart from the screen. Each
 * check accuses only what lies <em>significantly</em> beyond a limit, by exact Poisson and binomial
 * probabilities, so that few entries never accuse and many entries find what is wrong.
 */
package org.driftwatch.viewer.verdict;
