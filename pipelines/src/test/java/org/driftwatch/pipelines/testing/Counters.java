package org.driftwatch.pipelines.testing;

import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.driftwatch.pipelines.observe.PipelineMetrics;

/** Driftwatch's counters after a run. */
public final class Counters {
  private Counters() {}

  /** The counters that are not zero, by name. */
  public static SortedMap<String, Long> of(PipelineResult result) {
    SortedMap<String, Long> counters = new TreeMap<>();
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace(PipelineMetrics.NAMESPACE))
            .build();
    for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
      counters.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    counters.values().removeIf(count -> count == 0);
    return counters;
  }
}
