package org.driftwatch.pipelines.restart;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether the runner stops by itself when the JVM ends. Such a one, as Spark's driver is, takes its
 * parts down in an order of its own: cancelled at the same time it would wait for parts that are
 * gone. Nothing is lost by an end in the middle of a window, the next run resumes from the topics.
 *
 * <p>Safe for use by several threads.
 */
public final class RunnerShutdown {
  private static final AtomicReference<CountDownLatch> OWN = new AtomicReference<>();

  private RunnerShutdown() {}

  /**
   * Announces that the runner stops by itself.
   *
   * @return the action to run when it has stopped
   */
  public static Runnable announce() {
    CountDownLatch stopped = new CountDownLatch(1);
    OWN.set(stopped);
    return stopped::countDown;
  }

  /** Open when the runner has stopped by itself; empty if it has to be cancelled. */
  public static Optional<CountDownLatch> stopped() {
    return Optional.ofNullable(OWN.get());
  }
}
