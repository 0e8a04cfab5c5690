package org.driftwatch.pipelines.flink;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.junit.jupiter.api.Test;

class JobMetricsTest {
  private static final String PARSE = ".Monitor/Parse/Parse_blocks.driftwatch_";
  private static final String SEND = ".Monitor/Publish_summaries/ParMultiDo(Send).driftwatch_";

  /** The server of the tests answers the list of names and their values alike. */
  private static MetricQueryResults of(Map<String, String> metrics) throws IOException {
    List<String> values = new ArrayList<>();
    metrics.forEach(
        (id, value) -> values.add("{\"id\":\"" + id + "\",\"value\":\"" + value + "\"}"));
    try (FakeJobManager jobManager = new FakeJobManager()) {
      jobManager
          .answers("/jobs/j", "{\"vertices\":[{\"id\":\"v\"}]}")
          .answers("/jobs/j/vertices/v/metrics", "[" + String.join(",", values) + "]");
      return new JobMetrics(jobManager.rest(), "j")
          .read()
          .queryMetrics(MetricsFilter.builder().build());
    }
  }

  @Test
  void countsOfAllSubtasksAddUp() throws IOException {
    Map<String, Long> counters = new TreeMap<>();
    of(Map.of(
            "0" + PARSE + "records",
            "3",
            "1" + PARSE + "records",
            "4",
            "0" + PARSE + "head-2",
            "1"))
        .getCounters()
        .forEach(counter -> counters.put(counter.getName().getName(), counter.getAttempted()));
    assertThat(counters, is(Map.of("records", 7L, "head-2", 1L)));
  }

  @Test
  void whatWasMeasuredLastIsEachSubtasksOwn() throws IOException {
    List<Long> gauges = new ArrayList<>();
    of(Map.of("0" + PARSE + "position-0", "30", "1" + PARSE + "position-0", "40"))
        .getGauges()
        .forEach(gauge -> gauges.add(gauge.getAttempted().getValue()));
    assertThat(gauges, containsInAnyOrder(30L, 40L));
  }

  @Test
  void distributionsAreJoined() throws IOException {
    List<DistributionResult> found = new ArrayList<>();
    of(Map.of(
            "0" + SEND + "windowDelayMillis",
            DistributionResult.create(30, 2, 10, 20).toString(),
            "1" + SEND + "windowDelayMillis",
            DistributionResult.create(5, 1, 5, 5).toString()))
        .getDistributions()
        .forEach(distribution -> found.add(distribution.getAttempted()));
    assertThat(found, is(List.of(DistributionResult.create(35, 3, 5, 20))));
  }

  @Test
  void flinksOwnAreLeftOut() throws IOException {
    assertThat(
        of(Map.of("0.numRecordsIn", "5", "0.Source__Read.numRecordsOut", "5"))
            .getCounters()
            .iterator()
            .hasNext(),
        is(false));
  }

  @Test
  void metricsOfAJobManagerThatDoesNotAnswerAreThoseOfBefore() throws IOException {
    FakeJobManager jobManager = new FakeJobManager();
    JobMetrics metrics = new JobMetrics(jobManager.rest(), "j");
    jobManager.close();
    assertThat(
        metrics
            .read()
            .queryMetrics(MetricsFilter.builder().build())
            .getCounters()
            .iterator()
            .hasNext(),
        is(false));
  }
}
