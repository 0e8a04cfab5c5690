package org.driftwatch.viewer.window;

import org.driftwatch.viewer.model.Accumulation;

/** What the person in front of the screen can change. On the event thread. */
interface ViewActions {
  void page(Page page);

  void accumulate(Accumulation accumulation);

  /** The stretch that was picked last, or the newest one to start from. */
  void pickLatest();

  /** Back from the past to what was shown before. */
  void live();

  void log(boolean logarithmic);

  void theme(Theme theme);

  /** One chamber large; {@link ViewState#NONE} for all side by side. */
  void enlarge(int chamber);

  void pause(boolean paused);
}
