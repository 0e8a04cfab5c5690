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
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * What KafkaIO counts while a block is read, added up and told to the runner once, and the records
 * that it does not see: of a {@link RecordRun} it counts the last. The metrics and their values are
 * the same as if it read each. Used by one thread.
 */
final class BlockMetrics implements MetricsContainer {
  private static final long serialVersionUID = 1;

  /** What the names of KafkaIO's counters of bytes end with; the others count records. */
  private static final String BYTES = SourceMetrics.bytesRead().getName().getName();

  private final List<Count> counts = new ArrayList<>();
  private final List<Spread> spreads = new ArrayList<>();
  private @Nullable Spread lastSpread;
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

  /** Counts the records of a run that KafkaIO did not see, as it has just counted the last. */
  void readAsOne(List<ConsumerRecord<byte[], byte[]>> run) {
    int unseen = run.size() - 1;
    if (runners == null || unseen == 0) {
      return;
    }
    long bytes = 0;
    int least = Integer.MAX_VALUE;
    int most = 0;
    for (int i = 0; i < unseen; i++) {
      int size = RecordRun.bytes(run.get(i));
      bytes += size;
      least = Math.min(least, size);
      most = Math.max(most, size);
    }
    for (Count count : counts) {
      count.sum += count.ofBytes ? bytes : unseen;
    }
    if (lastSpread != null) {
      lastSpread.update(bytes, unseen, least, most);
    }
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
    lastSpread = of(name, spreads, Spread::new);
    return lastSpread;
  }

  /** A handful of names, asked for with each run: looked through faster than hashed. */
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
    private final boolean ofBytes;
    private long sum;

    Count(MetricName name) {
      this.name = name;
      ofBytes = name.getName().endsWith(BYTES);
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
