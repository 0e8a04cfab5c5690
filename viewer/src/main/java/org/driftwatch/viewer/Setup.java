package org.driftwatch.viewer;

import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.verdict.Thresholds;

/**
 * What every way to show the results needs.
 *
 * @param results the topic of window summaries
 * @param status the topic of the monitor's status
 * @param run names, channels and cells known to be bad
 * @param thresholds limits of the verdicts
 */
record Setup(
    KafkaSettings results, KafkaSettings status, RunConfiguration run, Thresholds thresholds) {}
