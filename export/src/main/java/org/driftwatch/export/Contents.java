package org.driftwatch.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.TrackSummary;
import org.driftwatch.detector.WindowSummary;

/**
 * What is exported, whatever the format: histograms by name, numbers by name, and what they are of.
 *
 * @param about what they are of
 * @param numbers counts by their names in the topic {@code results}, in order: those of an array
 *     with their place behind, those of a chamber's segments with {@code tracks_ch0_} before
 * @param plots histograms by their names there, in order; and of each chamber whose cells are known
 *     {@code cells_ch0}, its hits by wire and layer
 */
public record Contents(About about, Map<String, Long> numbers, List<Plot> plots) {
  /** Copies map and list. */
  public Contents {
    numbers = new LinkedHashMap<>(numbers);
    plots = List.copyOf(plots);
  }

  /**
   * All that a summary says.
   *
   * @param detector the description of its detector
   */
  public static Contents of(WindowSummary summary, DetectorDescription detector, About about) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    SummaryLayout layout = SummaryLayout.of(summary);
    long[] counts = layout.counts(summary);
    for (SummaryLayout.Field field : layout.scalarFields()) {
      for (int i = 0; i < field.size(); i++) {
        numbers.put(field.name() + (field.isArray() ? "_" + i : ""), counts[field.index() + i]);
      }
    }
    List<Plot> plots = new ArrayList<>();
    boolean isKnown = isOf(summary, detector);
    for (int chamber = 0; chamber < summary.chambers().size(); chamber++) {
      String title = isKnown ? detector.chambers().get(chamber).name() : "Chamber " + chamber;
      ofChamber(plots, chamber, title, summary.chamber(chamber));
      String tracks = SummaryJson.tracksField(chamber) + "_";
      summary.chamber(chamber).tracks().ifPresent(of -> numbersOf(numbers, tracks, of));
      if (isKnown) {
        plots.add(cells(chamber, detector.chambers().get(chamber), summary.chamber(chamber)));
      }
    }
    return new Contents(about, numbers, plots);
  }

  private static void numbersOf(Map<String, Long> numbers, String prefix, TrackSummary tracks) {
    numbers.put(prefix + "segments", tracks.segments());
    numbers.put(prefix + "segments4", tracks.segments4());
    numbers.put(prefix + "ambiguous", tracks.ambiguous());
    numbers.put(prefix + "busy", tracks.busy());
    for (TrackSum sum : TrackSum.values()) {
      numbers.put(prefix + "sums_" + sum.field(), tracks.sum(sum));
    }
  }

  private static boolean isOf(WindowSummary summary, DetectorDescription detector) {
    int[] cells = summary.chambers().stream().mapToInt(ChamberSummary::cells).toArray();
    return Arrays.equals(cells, detector.cellsOfChambers());
  }

  private static void ofChamber(List<Plot> plots, int number, String title, ChamberSummary of) {
    for (ChamberHistogram which : ChamberHistogram.values()) {
      String axis =
          switch (which) {
            case OCCUPANCY, SCINTILLATOR_OCCUPANCY -> "TDC channel";
            case ACTIVE_CHANNELS -> "active channels in an orbit";
            case DRIFT_TIME -> "drift time";
          };
      String unit = which == ChamberHistogram.DRIFT_TIME ? "ns" : "";
      plots.add(Plot.of(which.field(number), title + ": " + axis, axis, unit, of.histogram(which)));
    }
    of.tracks().ifPresent(tracks -> ofTracks(plots, number, title, tracks));
  }

  private static void ofTracks(List<Plot> plots, int number, String title, TrackSummary tracks) {
    String prefix = SummaryJson.tracksField(number) + "_";
    for (TrackHistogram which : TrackHistogram.values()) {
      String axis =
          switch (which) {
            case POSITION -> "position of the segment";
            case ANGLE -> "angle of the segment";
            case RESIDUAL -> "residual of the hit";
            case PASSAGE -> "time of passage";
            case TRACK_RESIDUAL -> "residual to the other chambers";
            case TRACK_ANGLE -> "slope to the other chambers";
          };
      String unit =
          switch (which) {
            case POSITION -> "mm";
            case ANGLE -> "mrad";
            case RESIDUAL, TRACK_RESIDUAL -> "um";
            case PASSAGE -> "ns";
            case TRACK_ANGLE -> "1/1000";
          };
      plots.add(
          Plot.of(
              prefix + which.field(), title + ": " + axis, axis, unit, tracks.histogram(which)));
    }
    perCell(plots, prefix + "tested", title + ": muons that should hit", tracks.tested());
    perCell(plots, prefix + "found", title + ": muons that did hit", tracks.found());
    perCell(plots, prefix + "noise", title + ": hits on no segment", tracks.noise());
  }

  private static void perCell(List<Plot> plots, String name, String title, List<Long> counts) {
    long[] all = counts.stream().mapToLong(Long::longValue).toArray();
    Histogram histogram = Histogram.of(Histogram.regularEdges(0, 1, all.length), all, 0, 0);
    plots.add(Plot.of(name, title, "cell", "", histogram));
  }

  /** Hits of a chamber where its cells lie: wires to the right, layers upwards. */
  private static Plot cells(int number, Chamber chamber, ChamberSummary of) {
    int wires = chamber.wires();
    int layers = chamber.layers();
    long[] counts = new long[(wires + 2) * (layers + 2)];
    for (int cell = 0; cell < chamber.size(); cell++) {
      counts[chamber.wire(cell) + (wires + 2) * chamber.layer(cell)] += of.occupancy().count(cell);
    }
    return new Plot(
        "cells_ch" + number,
        chamber.name() + ": hits by cell",
        List.of(
            new Axis("wire", "", Histogram.regularEdges(1, 1, wires)),
            new Axis("layer", "", Histogram.regularEdges(1, 1, layers))),
        counts);
  }
}
