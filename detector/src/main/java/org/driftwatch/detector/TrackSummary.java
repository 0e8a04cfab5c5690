package org.driftwatch.detector;

import java.util.List;

/**
 * What one window says of a chamber's muon segments. Immutable, but for its arrays, which nobody
 * changes.
 *
 * @param segments local muon segments
 * @param segments4 those with four hits or more
 * @param ambiguous those that might as well pass their wires on other sides: they count, but are in
 *     no histogram and no sum
 * @param busy clusters of hits that were left alone because they have too many
 * @param tested per cell, how often hits of other layers say that a muon crossed it
 * @param found per cell, how often it had a hit then
 * @param noise per cell, hits on no segment
 * @param histograms one of each {@link TrackHistogram}, in their order
 * @param sums one of each {@link TrackSum}, in their order
 */
public record TrackSummary(
    long segments,
    long segments4,
    long ambiguous,
    long busy,
    List<Long> tested,
    List<Long> found,
    List<Long> noise,
    List<Histogram> histograms,
    List<Long> sums) {

  /** Checks that each histogram and sum is there, and that the cells are as many. */
  public TrackSummary {
    tested = List.copyOf(tested);
    found = List.copyOf(found);
    noise = List.copyOf(noise);
    histograms = List.copyOf(histograms);
    sums = List.copyOf(sums);
    if (histograms.size() != TrackHistogram.values().length
        || sums.size() != TrackSum.values().length
        || tested.size() != found.size()
        || tested.size() != noise.size()) {
      throw new IllegalArgumentException(
          "%d histograms, %d sums, cells %d, %d, %d"
              .formatted(
                  histograms.size(), sums.size(), tested.size(), found.size(), noise.size()));
    }
  }

  /** One of the histograms. */
  @SuppressWarnings("EnumOrdinal") // They are in the order of the constants, by definition.
  public Histogram histogram(TrackHistogram which) {
    return histograms.get(which.ordinal());
  }

  /** One of the sums. */
  @SuppressWarnings("EnumOrdinal") // They are in the order of the constants, by definition.
  public long sum(TrackSum which) {
    return sums.get(which.ordinal());
  }
}
