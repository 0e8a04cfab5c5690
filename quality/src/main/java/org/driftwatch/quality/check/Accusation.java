package org.driftwatch.quality.check;

/**
 * Whether something is accused, since when, and which stretches may still speak for or against it.
 * Times are of windows, ms since the epoch. Not safe for several threads.
 */
class Accusation {
  private boolean isAccused;
  private long began = Long.MIN_VALUE;
  private long accusedAt = Long.MIN_VALUE;
  private long overAt = Long.MIN_VALUE;

  final boolean isAccused() {
    return isAccused;
  }

  /** Start of the stretch that it was accused on. */
  final long began() {
    return began;
  }

  /** Where what is spoken of begins: the accusation, else what came after the last one. */
  final long since() {
    return isAccused ? began : overAt;
  }

  /** True if a stretch that begins then does not reach back beyond the end of an accusation. */
  final boolean mayUse(long from) {
    return from >= overAt;
  }

  /** True if a stretch that begins then lies after the accusation, and may end it. */
  final boolean isAfter(long from) {
    return from >= accusedAt;
  }

  /** Accuses it on a stretch. */
  final void accuse(long from, long to) {
    isAccused = true;
    began = from;
    accusedAt = to;
  }

  /** Takes up an accusation of an earlier look, unless it has been accused meanwhile. */
  final void restore(long now) {
    if (!isAccused) {
      accuse(now, now);
    }
  }

  /** Ends it: what begins then or later counts. */
  final void end(long from) {
    isAccused = false;
    overAt = from;
  }
}
