package org.driftwatch.pipelines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.driftwatch.pipelines.FailureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster that the monitor is about to run on: what is asked of it first, and refused in one
 * line where Flink itself would wait for minutes or fail in a hundred lines. Used by one thread.
 */
final class FlinkCluster {
  /** The versions that the jar's runner was made for. */
  static final String VERSION = "1.19.";

  private static final Logger LOG = LoggerFactory.getLogger(FlinkCluster.class);
  private static final long END_SECONDS = 20;
  private static final long LOOK_EACH_NANOS = 200_000_000;
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  private final RestApi rest;

  FlinkCluster(RestApi rest) {
    this.rest = rest;
  }

  /** A condition of the cluster. */
  private interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * Makes sure that this is a cluster of the right kind.
   *
   * @throws FailureException if it is not; the message says why and what to do
   */
  void check() {
    String version = overview().path("flink-version").asText();
    if (!version.startsWith(VERSION)) {
      throw new FailureException(
          "Flink at "
              + rest.address()
              + " is version "
              + (version.isEmpty() ? "unknown" : version)
              + ", expected "
              + VERSION
              + "x");
    }
  }

  /**
   * Waits until a job has room.
   *
   * @param slots how many it takes
   * @param patienceSeconds how long it waits: TaskManagers may have been started just now
   * @throws FailureException if there are fewer; the message says why and what to do
   * @throws IOException if the JobManager no longer answers
   */
  void awaitSlots(int slots, long patienceSeconds) throws IOException {
    if (!await(patienceSeconds, () -> free(rest.get("/overview")) >= slots)) {
      JsonNode now = rest.get("/overview");
      throw new FailureException(
          "Flink at "
              + rest.address()
              + " has "
              + free(now)
              + " of its "
              + now.path("slots-total").asInt()
              + " task slots free, the monitor takes "
              + slots
              + "; cancel another job there, start a TaskManager, or ask for less with"
              + " --parallelism");
    }
  }

  private static int free(JsonNode overview) {
    return overview.path("slots-available").asInt();
  }

  private JsonNode overview() {
    try {
      JsonNode overview = rest.get("/overview");
      if (!overview.has("slots-total")) {
        throw new FailureException(notFlink());
      }
      return overview;
    } catch (RestApi.UnexpectedAnswerException e) {
      throw new FailureException(notFlink(), e);
    } catch (IOException e) {
      throw new FailureException(
          "no Flink JobManager answers at "
              + rest.address()
              + "; is it running, and is this the address of its REST interface (port 8081 by"
              + " default)?",
          e);
    }
  }

  private String notFlink() {
    return "what answers at "
        + rest.address()
        + " is not the REST interface of a Flink JobManager (port 8081 by default)";
  }

  /**
   * Cancels the jobs of earlier runs whose monitor was killed: they would publish beside this one,
   * and keep its slots.
   *
   * @param prefix what the names of such jobs begin with
   */
  void cancelEarlier(String prefix) throws IOException {
    List<String> earlier = new ArrayList<>();
    for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().startsWith(prefix)
          && !ENDED.contains(job.path("state").asText())) {
        earlier.add(job.path("jid").asText());
      }
    }
    for (String job : earlier) {
      LOG.info("Cancelling job {}, left by an earlier monitor of the same topics", job);
      rest.cancel(job);
    }
    for (String job : earlier) {
      if (!await(END_SECONDS, () -> ENDED.contains(state(job)))) {
        throw new FailureException(
            "job "
                + job
                + " of an earlier monitor of the same topics, on Flink at "
                + rest.address()
                + ", did not end within "
                + END_SECONDS
                + " s of being cancelled");
      }
    }
  }

  private String state(String job) throws IOException {
    return rest.get("/jobs/" + job + "/status").path("status").asText();
  }

  /** The number of the job of this name; empty while the JobManager does not know it. */
  Optional<String> job(String name) throws IOException {
    for (JsonNode job : rest.get("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(name)) {
        return Optional.of(job.path("jid").asText());
      }
    }
    return Optional.empty();
  }

  private static boolean await(long seconds, Condition condition) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EACH_NANOS);
    }
    return true;
  }
}
