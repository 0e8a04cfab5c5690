package org.driftwatch.viewer;

import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.verdict.Thresholds;

/**
 * What every way to show the results needs.
 *
 * @param results the topic of window summaries
 * @param status the topic of the monitor's status
 * @param detector its description
 * @param isChosen true where the user chose it; else results of another detector are shown, too
 * @param thresholds limits of the verdicts
 */
record Setup(
    KafkaSettings results,
    KafkaSettings status,
    DetectorDescription detector,
    boolean isChosen,
    Thresholds thresholds) {

  /** The detector whose results alone are shown; empty for any. */
  Optional<Detector> only() {
    return isChosen ? Optional.of(Detector.of(detector)) : Optional.empty();
  }
}
