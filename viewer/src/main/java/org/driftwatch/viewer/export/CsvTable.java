package org.driftwatch.viewer.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;

/**
 * A summary's histograms as CSV, a line per bin: {@code histogram,chamber,bin_from,bin_to,count},
 * with histograms named as in the topic {@code results}. Under- and overflow are lines with one
 * edge left empty. What it says of muon segments follows each chamber's histograms, named by its
 * place in the message: {@code tracks_ch0.histo_x}, {@code tracks_ch0.sums.free_ww}; by cell, or a
 * number alone with both edges left empty.
 */
public final class CsvTable {
  private CsvTable() {}

  /** The table, UTF-8, with its heading. */
  public static byte[] of(WindowSummary summary) {
    StringBuilder text = new StringBuilder("histogram,chamber,bin_from,bin_to,count\n");
    for (int chamber = 0; chamber < summary.chambers().size(); chamber++) {
      for (ChamberHistogram which : ChamberHistogram.values()) {
        Histogram histogram = summary.chamber(chamber).histogram(which);
        lines(text, which.field(chamber), chamber, histogram, which.hasFlows());
      }
      int number = chamber;
      summary.chamber(chamber).tracks().ifPresent(t -> lines(text, number, t));
    }
    return text.toString().getBytes(UTF_8);
  }

  private static void lines(StringBuilder text, int chamber, TrackSummary t) {
    String prefix = SummaryJson.tracksField(chamber) + ".";
    line(text, prefix + "segments", chamber, "", "", t.segments());
    line(text, prefix + "segments4", chamber, "", "", t.segments4());
    line(text, prefix + "ambiguous", chamber, "", "", t.ambiguous());
    line(text, prefix + "busy", chamber, "", "", t.busy());
    perCell(text, prefix + "tested", chamber, t.tested());
    perCell(text, prefix + "found", chamber, t.found());
    perCell(text, prefix + "noise", chamber, t.noise());
    for (TrackHistogram which : TrackHistogram.values()) {
      lines(text, prefix + which.field(), chamber, t.histogram(which), true);
    }
    for (TrackSum which : TrackSum.values()) {
      line(text, prefix + "sums." + which.field(), chamber, "", "", t.sum(which));
    }
  }

  private static void perCell(StringBuilder text, String name, int chamber, List<Long> counts) {
    for (int cell = 0; cell < counts.size(); cell++) {
      line(text, name, chamber, cell, cell + 1, counts.get(cell));
    }
  }

  private static void lines(
      StringBuilder text, String name, int chamber, Histogram h, boolean hasFlows) {
    if (hasFlows) {
      line(text, name, chamber, "", h.edge(0), h.underflow());
    }
    for (int i = 0; i < h.bins(); i++) {
      line(text, name, chamber, h.edge(i), h.edge(i + 1), h.count(i));
    }
    if (hasFlows) {
      line(text, name, chamber, h.edge(h.bins()), "", h.overflow());
    }
  }

  private static void line(
      StringBuilder text, String name, int chamber, Object from, Object to, long count) {
    text.append(name).append(',').append(chamber).append(',');
    text.append(from).append(',').append(to).append(',').append(count).append('\n');
  }
}
