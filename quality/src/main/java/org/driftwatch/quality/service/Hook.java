package org.driftwatch.quality.service;

import java.io.IOException;
import org.driftwatch.quality.alarm.AlarmMessage;

/** A way to tell people of an alarm. Used by one thread. */
interface Hook {
  /** What it is, for the log. */
  String name();

  /**
   * Tells of an alarm, in bounded time.
   *
   * @throws IOException with one line, where that failed
   */
  void tell(AlarmMessage alarm) throws IOException, InterruptedException;
}
