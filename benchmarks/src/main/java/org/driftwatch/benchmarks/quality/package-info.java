/**
 * How soon faults of the detector are said, and how often a healthy one is accused: simulated
 * readout, windows and judgements at once, without Kafka and faster than time.
 */
package org.driftwatch.benchmarks.quality;
