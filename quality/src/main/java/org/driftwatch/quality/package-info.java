/**
 * Whether the detector is well, and why: checks, verdicts and alarms, without Kafka and without a
 * screen. Each check accuses only what lies <em>significantly</em> beyond a limit, by exact Poisson
 * and binomial probabilities, so that few entries never accuse and many entries find what is wrong.
 */
package org.driftwatch.quality;
