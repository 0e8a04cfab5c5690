package org.driftwatch.benchmarks.quality;

import org.driftwatch.detector.SummaryLayout;

/**
 * What was counted of the records stamped in one second of the stream, laid out as {@link
 * SummaryLayout} says.
 *
 * @param index the second, from 0
 * @param onTime counts of the records that came in time
 * @param complete counts of all of them: the same array where none came late
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Second(long index, long[] onTime, long[] complete) {
  /** True where some records came late. */
  boolean isRefined() {
    return complete != onTime;
  }

  /** Records that came late. */
  long late() {
    return complete[SummaryLayout.RECORDS] - onTime[SummaryLayout.RECORDS];
  }

  /** Records that came in time, malformed ones not among them. */
  long records() {
    return onTime[SummaryLayout.RECORDS];
  }

  /** Malformed records. */
  long malformed() {
    return onTime[SummaryLayout.MALFORMED];
  }
}
