package org.driftwatch.viewer.model;

import java.util.List;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;

/**
 * Which channels the occupancy histograms of a window stand for: the number of each chamber's
 * cells, and what its first bin is called; the others follow in a row. It changes if the mapping of
 * a run does.
 *
 * @param counts how many cells the chambers have
 * @param firstChannels number of the first bin of each chamber's occupancy
 */
public record ChannelLayout(SummaryLayout counts, List<Integer> firstChannels) {
  /** Copies the list and checks its length. */
  public ChannelLayout {
    firstChannels = List.copyOf(firstChannels);
    if (firstChannels.size() != counts.chambers()) {
      throw new IllegalArgumentException(
          firstChannels.size() + " first channels of " + counts.chambers() + " chambers");
    }
  }

  /** The layout that a description foresees. */
  public static ChannelLayout of(DetectorDescription detector) {
    return new ChannelLayout(
        SummaryLayout.of(detector),
        detector.chambers().stream().map(DetectorDescription.Chamber::firstBin).toList());
  }

  /**
   * The layout of a summary.
   *
   * @throws IllegalArgumentException if the bins of an occupancy histogram are not one per channel
   *     in a row
   */
  public static ChannelLayout of(WindowSummary summary) {
    for (int chamber = 0; chamber < summary.chambers().size(); chamber++) {
      Histogram occupancy = summary.chamber(chamber).occupancy();
      check("histo_ch" + chamber, occupancy, occupancy.edge(0));
      check(
          "histo_scint_ch" + chamber,
          summary.chamber(chamber).scintillatorOccupancy(),
          occupancy.edge(0));
    }
    return new ChannelLayout(
        SummaryLayout.of(summary),
        summary.chambers().stream().map(chamber -> chamber.occupancy().edge(0)).toList());
  }

  private static void check(String field, Histogram h, int first) {
    for (int i = 0; i <= h.bins(); i++) {
      if (h.edge(i) != first + i) {
        throw new IllegalArgumentException(
            field
                + " edge "
                + i
                + " is "
                + h.edge(i)
                + ", expected "
                + (first + i)
                + ": one bin per TDC channel from "
                + first
                + " on");
      }
    }
  }

  /** Number of chambers. */
  public int chambers() {
    return counts.chambers();
  }

  /** Number of cells of a chamber. */
  public int cells(int chamber) {
    return counts.cells(chamber);
  }

  /** Number of the first bin of a chamber's occupancy. */
  public int firstChannel(int chamber) {
    return firstChannels.get(chamber);
  }

  /** Chambers and cells in words: {@code 4 chambers of 64 cells}. */
  public String words() {
    List<String> cells =
        IntStream.range(0, chambers()).mapToObj(this::cells).map(String::valueOf).toList();
    String chambers = chambers() == 1 ? "1 chamber of " : chambers() + " chambers of ";
    boolean alike = cells.stream().distinct().count() == 1;
    return chambers + (alike ? cells.get(0) : String.join(", ", cells)) + " cells";
  }
}
