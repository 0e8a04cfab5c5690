package org.driftwatch.viewer.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/**
 * A summary's histograms as CSV, a line per bin: {@code histogram,chamber,bin_from,bin_to,count},
 * with histograms named as in the topic {@code results}. Under- and overflow are lines with one
 * edge left empty.
 */
public final class CsvTable {
  private CsvTable() {}

  /** The table, UTF-8, with its heading. */
  public static byte[] of(WindowSummary summary) {
    StringBuilder text = new StringBuilder("histogram,chamber,bin_from,bin_to,count\n");
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      ChamberSummary of = summary.chamber(chamber);
      lines(text, "histo_ch", chamber, of.occupancy());
      lines(text, "histo_orbit_ch", chamber, of.activeChannels());
      lines(text, "histo_scint_ch", chamber, of.scintillatorOccupancy());
      Histogram drift = of.driftTime();
      line(text, "histo_drift_ch", chamber, "", drift.edge(0), drift.underflow());
      lines(text, "histo_drift_ch", chamber, drift);
      line(text, "histo_drift_ch", chamber, drift.edge(drift.bins()), "", drift.overflow());
    }
    return text.toString().getBytes(UTF_8);
  }

  private static void lines(StringBuilder text, String name, int chamber, Histogram h) {
    for (int i = 0; i < h.bins(); i++) {
      line(text, name, chamber, h.edge(i), h.edge(i + 1), h.count(i));
    }
  }

  private static void line(
      StringBuilder text, String name, int chamber, Object from, Object to, long count) {
    text.append(name).append(chamber).append(',').append(chamber).append(',');
    text.append(from).append(',').append(to).append(',').append(count).append('\n');
  }
}
