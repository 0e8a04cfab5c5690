package org.driftwatch.telemetry;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.List;
import java.util.Map;

/**
 * All metrics of a part at one moment, as they are read. Names are Prometheus names: lower case
 * with underscores, the part's prefix first, the base unit last; of counters without the {@code
 * _total} that they are shown with. Belongs to one thread.
 */
public final class Readings {
  private final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();

  Readings() {}

  /** A count since the start of the program. */
  public void counter(String name, String help, long count) {
    snapshots.metricSnapshot(
        CounterSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(count(count, Labels.EMPTY))
            .build());
  }

  /** Counts of several kinds, by the label's value. */
  public void counter(String name, String help, String label, Map<String, Long> counts) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    counts.forEach((value, count) -> counter.dataPoint(count(count, Labels.of(label, value))));
    snapshots.metricSnapshot(counter.build());
  }

  private static CounterDataPointSnapshot count(long count, Labels labels) {
    return CounterDataPointSnapshot.builder().value((double) count).labels(labels).build();
  }

  /** A value that goes up and down. */
  public void gauge(String name, String help, double value) {
    snapshots.metricSnapshot(
        GaugeSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(value(value, Labels.EMPTY))
            .build());
  }

  /** Values of several things, by the label's value. */
  public void gauge(String name, String help, String label, Map<String, Double> values) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    values.forEach((of, value) -> gauge.dataPoint(value(value, Labels.of(label, of))));
    snapshots.metricSnapshot(gauge.build());
  }

  /** Values of several things, by the values of several labels, in the order of their names. */
  public void gauge(
      String name, String help, List<String> labels, Map<List<String>, Double> values) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    values.forEach((of, value) -> gauge.dataPoint(value(value, Labels.of(labels, of))));
    snapshots.metricSnapshot(gauge.build());
  }

  private static GaugeDataPointSnapshot value(double value, Labels labels) {
    return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
  }

  /** How often something was measured, and the sum of what was found. */
  public void summary(String name, String help, long count, double sum) {
    snapshots.metricSnapshot(
        SummarySnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(SummaryDataPointSnapshot.builder().count(count).sum(sum).build())
            .build());
  }

  MetricSnapshots snapshots() {
    return snapshots.build();
  }
}
