package org.driftwatch.benchmarks.section;

/**
 * What a long run over a backlog takes beyond a short one of the same contestant, which is all
 * start-up. Neither says when reading began, and some publish many windows at a stroke at the end:
 * the difference of two runs, each from the start of the process to the last result, is right for
 * all of them. Code that is still cold at first is in it, for everybody.
 *
 * @param shorter over one small window
 * @param longer over the whole stream, or as much of it as there was time for
 */
record Throughput(BacklogRun shorter, BacklogRun longer) {
  private double hits() {
    return longer.hits() - shorter.hits();
  }

  /** NaN where the long run was too short to tell. */
  double hitsPerSecond() {
    double seconds = longer.seconds() - shorter.seconds();
    return seconds > 0 ? hits() / seconds : Double.NaN;
  }

  double cpuSecondsPerMillion() {
    return (longer.cpuSeconds() - shorter.cpuSeconds()) * 1e6 / hits();
  }

  /** Of the long run alone: what is allocated at the start hardly counts, collections are few. */
  double allocatedPerMillion() {
    return longer.allocatedMegabytes() * 1e6 / longer.hits();
  }
}
