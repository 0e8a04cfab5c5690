package org.driftwatch.pipelines.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.driftwatch.pipelines.FailureException;
import org.driftwatch.pipelines.restart.StartAgain;
import org.joda.time.Duration;

/**
 * The job that runs on Flink. It ends this process where only a new start can be exact: where the
 * job has failed, as it does when a TaskManager is lost, and where the JobManager is. Safe for use
 * by several threads.
 */
final class FlinkRun implements PipelineResult {
  private static final long LOOK_EACH_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long STARTING_LOOK_EACH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(90);

  /** A JobManager that pauses is not lost. */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(8);

  private static final long REASON_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int MOST_LETTERS = 300;

  private final RestApi rest;
  private final String job;
  private final JobMetrics metrics;
  private volatile boolean cancelled;

  /** Watches a job that was submitted. */
  FlinkRun(RestApi rest, String job) {
    this.rest = rest;
    this.job = job;
    metrics = new JobMetrics(rest, job);
  }

  /**
   * Waits until all tasks run.
   *
   * @throws FailureException if they do not run within minutes
   * @throws IOException if the JobManager no longer answers
   */
  void awaitTasks() throws IOException {
    long deadline = System.nanoTime() + START_NANOS;
    while (true) {
      JsonNode details = rest.get("/jobs/" + job);
      String state = details.path("state").asText();
      if (hasFailed(state)) {
        startAgain("its job failed at the start (" + failure() + ")");
      }
      boolean runs = state.equals("RUNNING");
      for (JsonNode vertex : details.path("vertices")) {
        String vertexState = vertex.path("status").asText();
        // A part of the source that has nothing to read is done at once.
        runs &= vertexState.equals("RUNNING") || vertexState.equals("FINISHED");
      }
      if (runs) {
        return;
      }
      if (System.nanoTime() > deadline) {
        rest.cancel(job);
        throw new FailureException(
            "not all tasks of the job run after "
                + TimeUnit.NANOSECONDS.toSeconds(START_NANOS)
                + " s; see the pages of Flink at http://"
                + rest.address());
      }
      LockSupport.parkNanos(STARTING_LOOK_EACH_NANOS);
    }
  }

  private static boolean hasFailed(String state) {
    // Nothing is started again that fails, whatever the cluster's own strategy.
    return state.equals("FAILED") || state.equals("FAILING") || state.equals("RESTARTING");
  }

  /** Why the job failed, in one line: the innermost of its causes. It is there a moment later. */
  private String failure() throws IOException {
    long deadline = System.nanoTime() + REASON_NANOS;
    String found = trace();
    while (found.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(STARTING_LOOK_EACH_NANOS);
      found = trace();
    }
    String trace = found;
    String why =
        trace
            .lines()
            .filter(line -> line.startsWith("Caused by: "))
            .map(line -> line.substring("Caused by: ".length()))
            .reduce((outer, inner) -> inner)
            .or(() -> trace.lines().findFirst())
            .orElse("Flink does not say why");
    return why.length() <= MOST_LETTERS ? why : why.substring(0, MOST_LETTERS) + "...";
  }

  private String trace() throws IOException {
    return rest.get("/jobs/" + job + "/exceptions?maxExceptions=1")
        .path("root-exception")
        .asText("");
  }

  /** Its state; that of a job that the JobManager does not know is unknown. */
  private State state() throws IOException {
    String state = "";
    for (JsonNode known : rest.get("/jobs").path("jobs")) {
      if (known.path("id").asText().equals(job)) {
        state = known.path("status").asText();
      }
    }
    if (hasFailed(state)) {
      return State.FAILED;
    }
    return switch (state) {
      case "" -> State.UNKNOWN;
      case "CANCELED" -> State.CANCELLED;
      case "FINISHED" -> State.DONE;
      case "SUSPENDED" -> State.STOPPED;
      default -> State.RUNNING;
    };
  }

  @Override
  public State getState() {
    try {
      return state();
    } catch (IOException e) {
      return State.UNKNOWN;
    }
  }

  /** Waits until the job was cancelled; whatever else ends it ends this process. */
  @Override
  public State waitUntilFinish() {
    long answered = System.nanoTime();
    while (true) {
      try {
        State state = state();
        answered = System.nanoTime();
        if (state == State.FAILED) {
          startAgain("its job failed (" + failure() + ")");
        } else if (state == State.UNKNOWN) {
          startAgain("its JobManager was started anew and has lost the job");
        } else if (state.isTerminal()) {
          return ended(state);
        }
      } catch (IOException e) {
        if (System.nanoTime() - answered > LOST_NANOS) {
          startAgain("its JobManager at " + rest.address() + " no longer answers");
        }
      }
      LockSupport.parkNanos(LOOK_EACH_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        return State.UNKNOWN;
      }
    }
  }

  private State ended(State state) {
    if (!cancelled) {
      throw new FailureException(
          "the job was ended on Flink ("
              + state
              + "), by hand or by another monitor of its topics");
    }
    return state;
  }

  private void startAgain(String why) {
    if (!cancelled) {
      StartAgain.exit("Flink: " + why);
    }
  }

  @Override
  public State waitUntilFinish(Duration duration) {
    throw new UnsupportedOperationException("a monitor runs until it is stopped");
  }

  /** Cancels the job and waits until it has ended; the caller bounds the time. */
  @Override
  public State cancel() throws IOException {
    cancelled = true;
    rest.cancel(job);
    State state = state();
    while (!state.isTerminal() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(STARTING_LOOK_EACH_NANOS);
      state = state();
    }
    return state;
  }

  @Override
  public MetricResults metrics() {
    return metrics.read();
  }
}
