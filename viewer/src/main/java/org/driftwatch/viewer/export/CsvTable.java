package org.driftwatch.viewer.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.Histogram;
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
    for (int chamber = 0; chamber < summary.chambers().size(); chamber++) {
      for (ChamberHistogram which : ChamberHistogram.values()) {
        lines(text, which, chamber, summary.chamber(chamber).histogram(which));
      }
    }
    return text.toString().getBytes(UTF_8);
  }

  private static void lines(StringBuilder text, ChamberHistogram which, int chamber, Histogram h) {
    String name = which.field(chamber);
    if (which.hasFlows()) {
      line(text, name, chamber, "", h.edge(0), h.underflow());
    }
    for (int i = 0; i < h.bins(); i++) {
      line(text, name, chamber, h.edge(i), h.edge(i + 1), h.count(i));
    }
    if (which.hasFlows()) {
      line(text, name, chamber, h.edge(h.bins()), "", h.overflow());
    }
  }

  private static void line(
      StringBuilder text, String name, int chamber, Object from, Object to, long count) {
    text.append(name).append(',').append(chamber).append(',');
    text.append(from).append(',').append(to).append(',').append(count).append('\n');
  }
}
