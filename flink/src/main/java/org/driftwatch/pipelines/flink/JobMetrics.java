package org.driftwatch.pipelines.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricResults;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metrics of a job while it runs. Beam's FlinkRunner gives none before the job has ended; but
 * it registers them with Flink, where the JobManager collects them from all TaskManagers: they are
 * asked for over its REST interface, at most once a second. Safe for use by several threads.
 */
final class JobMetrics {
  private static final Logger LOG = LoggerFactory.getLogger(JobMetrics.class);
  private static final long ASK_AGAIN_NANOS = 1_000_000_000;

  /** The server takes lines of up to 4096 characters. */
  private static final int MOST_IN_A_QUERY = 3_000;

  /** {@code SUBTASK.OPERATOR.driftwatch_NAME}; Flink has put _ for the dot in Beam's name. */
  private static final Pattern ID =
      Pattern.compile("(\\d+)\\..*\\b" + PipelineMetrics.NAMESPACE + "[._]([^.]+)");

  /** A distribution as Beam writes it. */
  private static final Pattern DISTRIBUTION =
      Pattern.compile(
          "DistributionResult\\{sum=(-?\\d+), count=(\\d+), min=(-?\\d+), max=(-?\\d+)\\}");

  private final RestApi rest;
  private final String job;
  private MetricsContainerStepMap measured = new MetricsContainerStepMap();
  private long askedAt;
  private boolean asked;

  JobMetrics(RestApi rest, String job) {
    this.rest = rest;
    this.job = job;
  }

  /** As they are; as they were last where the JobManager does not answer. */
  synchronized MetricResults read() {
    long now = System.nanoTime();
    if (!asked || now - askedAt >= ASK_AGAIN_NANOS) {
      asked = true;
      askedAt = now;
      try {
        measured = ask();
      } catch (IOException e) {
        LOG.debug("The metrics of job {} are not known", job, e);
      }
    }
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(measured);
  }

  private MetricsContainerStepMap ask() throws IOException {
    MetricsContainerStepMap all = new MetricsContainerStepMap();
    for (JsonNode vertex : rest.get("/jobs/" + job).path("vertices")) {
      String metrics = "/jobs/" + job + "/vertices/" + vertex.path("id").asText() + "/metrics";
      List<String> ours = new ArrayList<>();
      for (JsonNode metric : rest.get(metrics)) {
        String id = metric.path("id").asText();
        if (ID.matcher(id).matches()) {
          ours.add(id);
        }
      }
      for (String query : queries(ours)) {
        for (JsonNode metric : rest.get(metrics + "?get=" + query)) {
          add(all, metric.path("id").asText(), metric.path("value").asText());
        }
      }
    }
    return all;
  }

  private static List<String> queries(List<String> ids) {
    List<String> queries = new ArrayList<>();
    StringBuilder query = new StringBuilder();
    for (String id : ids) {
      String encoded = URLEncoder.encode(id, UTF_8);
      if (query.length() > 0 && query.length() + encoded.length() > MOST_IN_A_QUERY) {
        queries.add(query.toString());
        query.setLength(0);
      }
      query.append(query.length() == 0 ? "" : ",").append(encoded);
    }
    if (query.length() > 0) {
      queries.add(query.toString());
    }
    return queries;
  }

  /**
   * Adds a value of one subtask: counts add up over them all, what was measured last is each one's
   * own.
   */
  static void add(MetricsContainerStepMap all, String id, String value) {
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      return;
    }
    String name = parts.group(2);
    MetricName metric = MetricName.named(PipelineMetrics.NAMESPACE, name);
    MetricsContainerImpl total = all.getContainer("total");
    Matcher distribution = DISTRIBUTION.matcher(value);
    if (distribution.matches()) {
      total
          .getDistribution(metric)
          .update(
              Long.parseLong(distribution.group(1)),
              Long.parseLong(distribution.group(2)),
              Long.parseLong(distribution.group(3)),
              Long.parseLong(distribution.group(4)));
    } else if (PipelineMetrics.isGauge(name)) {
      all.getContainer(id).getGauge(metric).set(Long.parseLong(value));
    } else {
      total.getCounter(metric).inc(Long.parseLong(value));
    }
  }
}
