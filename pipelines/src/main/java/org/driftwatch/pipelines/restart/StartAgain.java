package org.driftwatch.pipelines.restart;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a run that cannot go on and be exact: the next one can, from the topics. */
public final class StartAgain {
  /** Exit status that asks for a new start: EX_TEMPFAIL of sysexits.h. */
  public static final int STATUS = 75;

  private static final Logger LOG = LoggerFactory.getLogger(StartAgain.class);

  private StartAgain() {}

  /**
   * Ends this process at once, with one line in the log.
   *
   * @param why what has happened, as a sentence without its full stop
   */
  public static void now(String why) {
    LOG.error(
        "{}: the monitor ends with status {} and must be started again; it goes on from the topics",
        why,
        STATUS);
    Runtime.getRuntime().halt(STATUS);
  }
}
