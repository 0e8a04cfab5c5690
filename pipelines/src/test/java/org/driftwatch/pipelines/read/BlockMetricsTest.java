package org.driftwatch.pipelines.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.metrics.DistributionData;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.SourceMetrics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockMetricsTest {
  private static final MetricName READ = MetricName.named("test", "read");
  private static final MetricName BYTES = MetricName.named("test", "bytes");
  private static final MetricName BACKLOG = MetricName.named("test", "backlog");

  private final Counter read = Metrics.counter("test", "read");
  private final Gauge backlog = Metrics.gauge("test", "backlog");
  private final MetricsContainerImpl runners = new MetricsContainerImpl("a step");
  private final BlockMetrics metrics = new BlockMetrics();

  @AfterEach
  void countNowhere() {
    MetricsEnvironment.setCurrentContainer(null);
  }

  @Test
  void theRunnerIsToldTheSameSumsAtTheEndOfEachBlock() {
    MetricsEnvironment.setCurrentContainer(runners);
    for (int block = 0; block < 2; block++) {
      metrics.begin();
      for (int i = 1; i <= 10; i++) {
        read.inc();
        read.inc(i);
        read.dec();
        // As KafkaIO does: a name of its own for each record, equal to that of the one before.
        Distribution bytes = Metrics.distribution("test", "bytes");
        bytes.update(100L * (block + 1) + i);
      }
      assertThat(runners.getCounter(READ).getCumulative(), is(55L * block));
      metrics.end();
    }

    assertThat(runners.getCounter(READ).getCumulative(), is(110L));
    assertThat(
        runners.getDistribution(BYTES).getCumulative(),
        is(DistributionData.create(1055 + 2055, 20, 101, 210)));
  }

  @Test
  void theRecordsOfARunAreCountedThoughOnlyTheLastIsSeen() {
    MetricsEnvironment.setCurrentContainer(runners);
    List<ConsumerRecord<byte[], byte[]>> run = new ArrayList<>();
    for (int size : new int[] {7, 2, 9, 4}) {
      run.add(FakeRecords.record(0, run.size(), 1, new byte[size], null));
    }
    metrics.begin();
    // As KafkaIO does with a record.
    SourceMetrics.elementsRead().inc();
    SourceMetrics.elementsReadBySplit("0").inc();
    SourceMetrics.bytesRead().inc(4);
    SourceMetrics.bytesReadBySplit("0").inc(4);
    Metrics.distribution("test", "bytes").update(4);
    metrics.readAsOne(run);
    metrics.end();

    for (Counter records :
        List.of(SourceMetrics.elementsRead(), SourceMetrics.elementsReadBySplit("0"))) {
      assertThat(runners.getCounter(records.getName()).getCumulative(), is(4L));
    }
    for (Counter bytes : List.of(SourceMetrics.bytesRead(), SourceMetrics.bytesReadBySplit("0"))) {
      assertThat(runners.getCounter(bytes.getName()).getCumulative(), is(22L));
    }
    assertThat(
        runners.getDistribution(BYTES).getCumulative(), is(DistributionData.create(22, 4, 2, 9)));
  }

  @Test
  void whatIsNoSumGoesToTheRunnerAtOnce() {
    MetricsEnvironment.setCurrentContainer(runners);
    metrics.begin();
    backlog.set(17);

    assertThat(runners.getGauge(BACKLOG).getCumulative().value(), is(17L));
  }

  @Test
  void afterABlockTheThreadCountsWhereItCountedBefore() {
    MetricsEnvironment.setCurrentContainer(runners);
    metrics.begin();
    assertThat(MetricsEnvironment.getCurrentContainer(), is(sameInstance(metrics)));
    metrics.end();

    assertThat(MetricsEnvironment.getCurrentContainer(), is(sameInstance(runners)));
  }

  @Test
  void whereTheRunnerCountsNothingNothingIsKept() {
    metrics.begin();
    read.inc();
    metrics.end();
    assertThat(MetricsEnvironment.getCurrentContainer(), is(nullValue()));

    MetricsEnvironment.setCurrentContainer(runners);
    metrics.begin();
    metrics.end();
    assertThat(runners.getCounter(READ).getCumulative(), is(0L));
  }
}
