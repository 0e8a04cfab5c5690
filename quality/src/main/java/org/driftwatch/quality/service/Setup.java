package org.driftwatch.quality.service;

import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.check.Judge;

/**
 * What is judged, and by what. Immutable.
 *
 * @param reference windows of a healthy run, added up; empty for none
 */
record Setup(
    KafkaAccess access,
    TopicNames topics,
    DetectorDescription detector,
    Thresholds thresholds,
    Guidance guidance,
    Optional<WindowSummary> reference) {
  /** A judge that has seen nothing. */
  Judge judge() {
    return new Judge(detector, thresholds, reference);
  }
}
