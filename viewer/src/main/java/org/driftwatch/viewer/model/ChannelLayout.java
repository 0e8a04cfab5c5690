package org.driftwatch.viewer.model;

import java.util.List;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/**
 * Which TDC channels the occupancy histograms of a window stand for: the first channel of each
 * chamber, 64 in a row from there. It changes if the mapping of a run does.
 *
 * @param firstChannels first TDC channel of chambers 0 to 3
 */
public record ChannelLayout(List<Integer> firstChannels) {
  /** Copies the list. */
  public ChannelLayout {
    firstChannels = List.copyOf(firstChannels);
  }

  /** The layout of a run configuration. */
  public static ChannelLayout of(RunConfiguration run) {
    return new ChannelLayout(
        run.chambers().stream().map(RunConfiguration.Chamber::firstChannel).toList());
  }

  /**
   * The layout of a summary.
   *
   * @throws IllegalArgumentException if an occupancy histogram has other bins than 64 channels in a
   *     row
   */
  public static ChannelLayout of(WindowSummary summary) {
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      Histogram occupancy = summary.chamber(chamber).occupancy();
      check("histo_ch" + chamber, occupancy, occupancy.edge(0));
      check(
          "histo_scint_ch" + chamber,
          summary.chamber(chamber).scintillatorOccupancy(),
          occupancy.edge(0));
    }
    return new ChannelLayout(
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

  /** First TDC channel of a chamber. */
  public int firstChannel(int chamber) {
    return firstChannels.get(chamber);
  }
}
