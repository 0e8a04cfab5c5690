package org.driftwatch.pipelines;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.driftwatch.kafka.KafkaAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the online monitor until it is stopped: Ctrl-C and SIGTERM end it with status 0. */
public final class MonitorMain {
  private static final Logger LOG = LoggerFactory.getLogger(MonitorMain.class);
  private static final long STOP_SECONDS = 10;

  private MonitorMain() {}

  /** Parses the options, builds the pipeline, runs it and waits. */
  public static void main(String[] args) {
    Program.exitWith("monitor", () -> run(Program.options(args, MonitorOptions.class)));
  }

  private static int run(MonitorOptions options) throws InterruptedException {
    KafkaAccess access = Topics.access(options);
    PipelineResult result = start(Monitor.pipeline(options));
    LOG.info(
        "Monitoring {} at {} with {}: windows of {}, out of order up to {}, late up to {}",
        options.getStreamTopic(),
        access,
        options.getRunner().getSimpleName(),
        options.getWindow(),
        options.getWatermarkDelay(),
        options.getAllowedLateness());
    Thread stop = new Thread(() -> stop(result), "stop");
    Runtime.getRuntime().addShutdownHook(stop);
    PipelineResult.State state;
    try {
      state = result.waitUntilFinish();
    } catch (RuntimeException e) {
      throw access
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

  private static PipelineResult start(Pipeline pipeline) {
    try {
      return pipeline.run();
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
  private static void stop(PipelineResult result) {
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
    try {
      if (!cancelled.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The runner did not stop within {} s and is ended", STOP_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(0);
  }
}
