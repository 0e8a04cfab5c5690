package org.driftwatch.emulator;

import java.util.Locale;
import org.driftwatch.emulator.faults.FaultInjection;
import org.driftwatch.emulator.send.Tally;

/**
 * What became of a stream.
 *
 * @param tally what was sent and acknowledged
 * @param seconds how long the rows were sent
 * @param unreadable rows of the source that were skipped
 * @param faults what was injected; null for none
 * @param lateness by how much rows were sent after they were due
 */
record Summary(
    Tally tally, double seconds, long unreadable, FaultInjection faults, Lateness lateness) {
  /** The summary in one line. */
  String line() {
    StringBuilder line =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "sent %d records (%d hits, in %d Kafka records) in %.2f s, %.1f records/s;"
                    + " acknowledged %d",
                tally.rows(),
                tally.hits(),
                tally.messages(),
                seconds,
                tally.rows() / seconds,
                tally.acknowledged()));
    missing(line, tally);
    if (unreadable > 0) {
      line.append("; skipped as unreadable ").append(unreadable);
    }
    if (faults != null) {
      line.append("; injected ").append(faults.totals());
      missing(line, faults.tally());
    }
    return line.append("; ").append(lateness).toString();
  }

  private static void missing(StringBuilder line, Tally tally) {
    long missing = tally.rows() - tally.acknowledged();
    if (missing > 0) {
      line.append(", NOT acknowledged ").append(missing);
      if (tally.reason() != null) {
        line.append(": ").append(tally.reason());
      }
    }
  }
}
