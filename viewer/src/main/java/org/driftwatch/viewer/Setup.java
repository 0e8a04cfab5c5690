package org.driftwatch.viewer;

import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.HistoryLimits;

/**
 * What every way to show the results needs.
 *
 * @param results the topic of window summaries
 * @param status the topic of the monitor's status
 * @param quality the topic of the verdicts
 * @param alarms the topic of the alarms
 * @param commands the topic of what is to be done with alarms
 * @param events the topic of events
 * @param detector its description
 * @param isChosen true where the user chose it; else results of another detector are shown, too
 * @param thresholds limits of the verdicts that the viewer gives itself
 * @param history how long windows are kept as they are
 */
record Setup(
    KafkaSettings results,
    KafkaSettings status,
    KafkaSettings quality,
    KafkaSettings alarms,
    KafkaSettings commands,
    KafkaSettings events,
    DetectorDescription detector,
    boolean isChosen,
    Thresholds thresholds,
    HistoryLimits history) {

  /** The detector whose results alone are shown; empty for any. */
  Optional<Detector> only() {
    return isChosen ? Optional.of(Detector.of(detector)) : Optional.empty();
  }
}
