package org.driftwatch.pipelines;

import java.io.IOException;
import java.time.Clock;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.kafka.clients.admin.Admin;
import org.driftwatch.pipelines.observe.MonitorReadings;
import org.driftwatch.pipelines.observe.StatusPublisher;
import org.driftwatch.pipelines.observe.StreamLag;
import org.driftwatch.pipelines.restart.RunnerShutdown;
import org.driftwatch.pipelines.restart.StartAgain;
import org.driftwatch.pipelines.restart.TopicWatch;
import org.driftwatch.telemetry.ArchivedClasses;
import org.driftwatch.telemetry.Readiness;
import org.driftwatch.telemetry.Telemetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the online monitor until it is stopped: Ctrl-C and SIGTERM end it with status 0. It ends by
 * itself, with {@link StartAgain#STATUS}, where only a new start can be exact.
 */
public final class MonitorMain {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorMain.class);
  private static final long STOP_SECONDS = 10;

  private MonitorMain() {}

  /** Parses the options, builds the pipeline, runs it and waits. */
  public static void main(String[] args) {
    Program.exitWith("monitor", () -> run(Program.options(args, MonitorOptions.class)));
  }

  private static int run(MonitorOptions options) throws InterruptedException {
    OptionalInt metricsPort = metricsPort(options);
    Plan plan = plan(options);
    Pipeline pipeline = Monitor.pipeline(options, plan);
    try (Admin admin = plan.clients().impatientAdmin()) {
      StreamLag lag = new StreamLag(admin, options.getStreamTopic(), plan.start().offsets());
      MonitorReadings readings = new MonitorReadings(lag, Clock.systemUTC());
      try (Telemetry telemetry = show(readings, metricsPort)) {
        PipelineResult result = start(pipeline);
        readings.started(result);
        telemetry.address().ifPresent(address -> LOG.info("Metrics at {}", address));
        return run(options, plan, result, readings, admin);
      }
    }
  }

  private static Plan plan(MonitorOptions options) throws InterruptedException {
    try {
      return Plan.of(options);
    } catch (FailureException e) {
      // Its topics are being deleted and created again this very moment.
      StartAgain.reason(e).ifPresent(StartAgain::exit);
      throw e;
    }
  }

  private static OptionalInt metricsPort(MonitorOptions options) {
    Integer port = options.getMetricsPort();
    if (port != null && (port < 0 || port > 65535)) {
      throw new UsageException("--metricsPort=" + port + ", expected a port, 0 to 65535");
    }
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static Telemetry show(MonitorReadings readings, OptionalInt port) {
    try {
      return Telemetry.show("monitor", port, readings);
    } catch (IOException e) {
      throw new FailureException("--metricsPort: " + e.getMessage(), e);
    }
  }

  private static int run(
      MonitorOptions options,
      Plan plan,
      PipelineResult result,
      MonitorReadings readings,
      Admin admin) {
    LOG.info(
        "Monitoring {} at {} with {}: windows of {}, out of order up to {}, late up to {}",
        options.getStreamTopic(),
        plan.clients().access(),
        options.getRunner().getSimpleName(),
        options.getWindow(),
        options.getWatermarkDelay(),
        options.getAllowedLateness());
    Program.withoutSegments(options, plan.detector()).forEach(LOG::info);
    Readiness.reached(Readiness.READY);
    TopicWatch topics =
        TopicWatch.start(
            admin,
            plan.topics(),
            options.getStreamTopic(),
            plan.start().offsets().keySet(),
            StartAgain::exit);
    StartAgain.causedBy(topics::finding);
    StatusPublisher status =
        new StatusPublisher(
            readings, plan.detector(), plan.clients(), options.getStatusTopic(), Clock.systemUTC());
    status.start(plan.publishesStatus());
    Thread stop = new Thread(() -> stop(result, topics, readings), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    PipelineResult.State state;
    try (topics;
        status) {
      state = waitUntilFinish(result);
    } catch (RuntimeException e) {
      throw plan.clients()
          .access()
          .refusal(e)
          .<RuntimeException>map(reason -> new FailureException(reason, e))
          .orElse(e);
    } finally {
      removeUnlessStopping(stop);
    }
    if (state == PipelineResult.State.FAILED) {
      throw new FailureException("the pipeline failed; the log above says why", null);
    }
    return 0;
  }

  private static PipelineResult.State waitUntilFinish(PipelineResult result) {
    try {
      return result.waitUntilFinish();
    } catch (RuntimeException e) {
      StartAgain.reason(e).ifPresent(StartAgain::exit);
      throw e;
    }
  }

  private static PipelineResult start(Pipeline pipeline) {
    try {
      return pipeline.run();
    } catch (FailureException e) {
      throw e;
    } catch (Exception e) {
      // Spark, in Scala, throws checked exceptions too, without saying so.
      throw new FailureException("the runner could not start: " + Program.cause(e), e);
    }
  }

  private static void removeUnlessStopping(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("Already stopping, the hook sets the exit status", e);
    }
  }

  /** Ends the run within a bound, whatever the runner does, with exit status 0. */
  private static void stop(PipelineResult result, TopicWatch topics, MonitorReadings readings) {
    topics.close();
    boolean hasPublished = readings.hasPublished();
    CountDownLatch stopped = RunnerShutdown.stopped().orElseGet(() -> cancel(result));
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The runner did not stop within {} s and is killed", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (hasPublished && ArchivedClasses.isAsked()) {
      LOG.info("Keeping the loaded classes: this takes some seconds, and later starts are faster");
      ArchivedClasses.keep("monitor");
    }
    Runtime.getRuntime().halt(0);
  }

  private static CountDownLatch cancel(PipelineResult result) {
    CountDownLatch cancelled = new CountDownLatch(1);
    Thread cancel =
        new Thread(
            () -> {
              try {
                result.cancel();
              } catch (IOException | RuntimeException e) {
                LOG.warn("The runner did not stop cleanly: {}", e.getMessage(), e);
              }
              cancelled.countDown();
            },
            "cancel");
    cancel.setDaemon(true);
    cancel.start();
    return cancelled;
  }
}
