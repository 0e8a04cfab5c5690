package org.driftwatch.pipelines.observe;

import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * The pipeline's metrics at one moment, by name, as the runner knows them: attempted values, which
 * is all that Spark has.
 */
final class MetricValues {
  private static final MetricsFilter OURS =
      MetricsFilter.builder()
          .addNameFilter(MetricNameFilter.inNamespace(PipelineMetrics.NAMESPACE))
          .build();

  private final Map<String, Long> counters = new TreeMap<>();
  private final Map<String, Long> gauges = new TreeMap<>();
  private final Map<String, DistributionResult> distributions = new TreeMap<>();

  private MetricValues() {}

  /** Before anything runs. */
  static MetricValues nothing() {
    return new MetricValues();
  }

  /** What a running pipeline has measured so far. */
  static MetricValues of(PipelineResult pipeline) {
    MetricValues measured = new MetricValues();
    MetricQueryResults results = pipeline.metrics().queryMetrics(OURS);
    for (MetricResult<Long> counter : results.getCounters()) {
      measured.counters.merge(counter.getName().getName(), counter.getAttempted(), Long::sum);
    }
    for (MetricResult<GaugeResult> gauge : results.getGauges()) {
      measured.gauges.merge(gauge.getName().getName(), gauge.getAttempted().getValue(), Math::max);
    }
    for (MetricResult<DistributionResult> distribution : results.getDistributions()) {
      measured.distributions.put(distribution.getName().getName(), distribution.getAttempted());
    }
    return measured;
  }

  /** A counter; 0 where nothing was counted. */
  long counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  /** The counters whose names begin so, by the rest of their names. */
  Map<String, Long> counters(String prefix) {
    return startingWith(prefix, counters);
  }

  /** A gauge; another value where nothing was measured. */
  long gauge(String name, long otherwise) {
    return gauges.getOrDefault(name, otherwise);
  }

  /** The gauges whose names begin so, by the rest of their names. */
  Map<String, Long> gauges(String prefix) {
    return startingWith(prefix, gauges);
  }

  private static Map<String, Long> startingWith(String prefix, Map<String, Long> all) {
    Map<String, Long> some = new TreeMap<>();
    all.forEach(
        (name, value) -> {
          if (name.startsWith(prefix)) {
            some.put(name.substring(prefix.length()), value);
          }
        });
    return some;
  }

  /** A distribution; of nothing where nothing was measured. */
  DistributionResult distribution(String name) {
    return distributions.getOrDefault(name, DistributionResult.IDENTITY_ELEMENT);
  }
}
