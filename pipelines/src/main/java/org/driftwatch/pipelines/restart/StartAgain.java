package org.driftwatch.pipelines.restart;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.errors.InconsistentTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a run that cannot go on and be exact: the next one can, from the topics. */
public final class StartAgain {
  /** Exit status that asks for a new start: EX_TEMPFAIL of sysexits.h. */
  public static final int STATUS = 75;

  private static final Logger LOG = LoggerFactory.getLogger(StartAgain.class);

  private static volatile Supplier<Optional<String>> cause = Optional::empty;

  private StartAgain() {}

  /**
   * Who knows what lies behind failures of any kind: asked first when a run ends, and may wait
   * until it knows. What it says is logged in place of the failure.
   */
  public static void causedBy(Supplier<Optional<String>> cause) {
    StartAgain.cause = cause;
  }

  /**
   * Ends this process at once, with one line in the log, whoever else calls it meanwhile.
   *
   * @param why what has happened, as a sentence without its full stop
   */
  public static synchronized void exit(String why) {
    LOG.error(
        "{}: the monitor ends with status {}; restart it, and it resumes from the topics",
        cause.get().orElse(why),
        STATUS);
    Runtime.getRuntime().halt(STATUS);
  }

  /**
   * Why a failure asks for a new start; empty if it does not: a topic that is gone, or records that
   * were deleted before they were read.
   */
  public static Optional<String> reason(Throwable failure) {
    Optional<String> known = cause.get();
    for (Throwable e = failure; known.isEmpty() && e != null; e = e.getCause()) {
      if (e instanceof InvalidOffsetException) {
        known = Optional.of("Records were deleted before they were read (" + e.getMessage() + ")");
      } else if (e instanceof UnknownTopicOrPartitionException
          || e instanceof UnknownTopicIdException
          || e instanceof InconsistentTopicIdException) {
        known = Optional.of("A topic was deleted (" + e.getMessage() + ")");
      }
    }
    return known;
  }
}
