package org.driftwatch.viewer.window;

import org.driftwatch.viewer.model.Accumulation;

/** What the person in front of the screen can change. On the event thread. */
interface ViewActions {
  void accumulate(Accumulation accumulation);

  void log(boolean logarithmic);

  void theme(Theme theme);
}
