package org.driftwatch.emulator;

import java.util.function.LongSupplier;
import org.driftwatch.emulator.faults.FaultInjection;
import org.driftwatch.emulator.send.Tally;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.telemetry.Readings;
import org.driftwatch.telemetry.Telemetry;

/**
 * The emulator's metrics: what its counters say whenever somebody looks.
 *
 * @param tally what was sent and acknowledged
 * @param unreadable rows of the source that were skipped
 * @param faults what was injected; null for none
 * @param behindNs by how much the rows are sent after their due time, ns
 */
record EmulatorMetrics(
    Tally tally, UnreadableRows unreadable, FaultInjection faults, LongSupplier behindNs)
    implements Telemetry.Source {
  @Override
  public void read(Readings readings) {
    readings.counter(
        "driftwatch_emulator_records_sent",
        "Records of the readout handed to Kafka's client.",
        tally.rows());
    readings.counter("driftwatch_emulator_hits_sent", "Hits among them.", tally.hits());
    readings.counter(
        "driftwatch_emulator_messages_sent",
        "Kafka records that they were sent in.",
        tally.messages());
    readings.counter(
        "driftwatch_emulator_records_acknowledged",
        "Records that the broker acknowledged.",
        tally.acknowledged());
    readings.counter(
        "driftwatch_emulator_records_failed", "Records that were given up.", tally.failed());
    readings.counter(
        "driftwatch_emulator_rows_unreadable",
        "Rows of the source that were skipped as unreadable.",
        unreadable.count());
    readings.counter(
        "driftwatch_emulator_records_injected",
        "Records sent as injected faults, beyond those of the source.",
        faults == null ? 0 : faults.tally().rows());
    readings.gauge(
        "driftwatch_emulator_behind_seconds",
        "By how much the last record was sent after it was due.",
        behindNs.getAsLong() / 1e9);
  }
}
