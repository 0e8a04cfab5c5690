package org.driftwatch.pipelines.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Metric;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.StringSet;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What KafkaIO counts while a block is read, added up and told to the runner once. KafkaIO counts
 * five times for each record, and each time the runner looks for the counter by its name: two
 * thirds of the time that reading took. The metrics and their values are the same. Used by one
 * thread.
 */
final class BlockMetrics implements MetricsContainer {
  private static final long serialVersionUID = 1;

  private final List<Count> counts = new ArrayList<>();
  private final List<Spread> spreads = new ArrayList<>();
  private @Nullable MetricsContainer runners;

  /** From here on this thread counts here; not where the runner does not count at all. */
  void begin() {
    runners = MetricsEnvironment.getCurrentContainer();
    if (runners != null) {
      MetricsEnvironment.setCurrentContainer(this);
    }
  }

  /** Gives what was counted to the runner, where this thread counts again. */
  void end() {
    if (runners == null) {
      return;
    }
    MetricsEnvironment.setCurrentContainer(runners);
    for (Count count : counts) {
      count.tell(runners);
    }
    for (Spread spread : spreads) {
      spread.tell(runners);
    }
    runners = null;
  }

  private MetricsContainer runners() {
    if (runners == null) {
      throw new IllegalStateException("counted after the end of the block");
    }
    return runners;
  }

  @Override
  public Counter getCounter(MetricName name) {
    return of(name, counts, Count::new);
  }

  @Override
  public Distribution getDistribution(MetricName name) {
    return of(name, spreads, Spread::new);
  }

  /** A handful of names, asked for with each record: looked through faster than hashed. */
  private static <M extends Metric> M of(
      MetricName name, List<M> known, Function<MetricName, M> made) {
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).getName().equals(name)) {
        return known.get(i);
      }
    }
    M metric = made.apply(name);
    known.add(metric);
    return metric;
  }

  @Override
  public Gauge getGauge(MetricName name) {
    return runners().getGauge(name);
  }

  @Override
  public StringSet getStringSet(MetricName name) {
    return runners().getStringSet(name);
  }

  @Override
  public BoundedTrie getBoundedTrie(MetricName name) {
    return runners().getBoundedTrie(name);
  }

  private static final class Count implements Counter {
    private static final long serialVersionUID = 1;

    private final MetricName name;
    private long sum;

    Count(MetricName name) {
      this.name = name;
    }

    void tell(MetricsContainer runners) {
      if (sum != 0) {
        runners.getCounter(name).inc(sum);
        sum = 0;
      }
    }

    @Override
    public void inc() {
      sum++;
    }

    @Override
    public void inc(long n) {
      sum += n;
    }

    @Override
    public void dec() {
      sum--;
    }

    @Override
    public void dec(long n) {
      sum -= n;
    }

    @Override
    public MetricName getName() {
      return name;
    }
  }

  private static final class Spread implements Distribution {
    private static final long serialVersionUID = 1;

    private final MetricName name;
    private long sum;
    private long count;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;

    Spread(MetricName name) {
      this.name = name;
    }

    void tell(MetricsContainer runners) {
      if (count > 0) {
        runners.getDistribution(name).update(sum, count, min, max);
        sum = 0;
        count = 0;
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
      }
    }

    @Override
    public void update(long value) {
      update(value, 1, value, value);
    }

    @Override
    public void update(long moreSum, long moreCount, long moreMin, long moreMax) {
      sum += moreSum;
      count += moreCount;
      min = Math.min(min, moreMin);
      max = Math.max(max, moreMax);
    }

    @Override
    public MetricName getName() {
      return name;
    }
  }
}
