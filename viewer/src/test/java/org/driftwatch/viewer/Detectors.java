package org.driftwatch.viewer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Cell;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.testing.RandomDescriptions;

/** Detectors with other chambers than the course's, as files describe them. */
public final class Detectors {
  private static final DetectorDescription COURSE = DetectorDescription.course();

  private Detectors() {}

  /** A detector of chambers of as many layers and wires, with a scintillator. */
  public static DetectorDescription of(String name, int chambers, int layers, int wires) {
    List<Chamber> all = new ArrayList<>();
    for (int i = 0; i < chambers; i++) {
      all.add(chamber(Integer.toString(i), i, layers, wires));
    }
    return of(name, all, COURSE.scintillators());
  }

  /** The same chambers without a scintillator. */
  public static DetectorDescription withoutScintillator(DetectorDescription d) {
    return of(d.name(), d.chambers(), List.of());
  }

  /** Any detector that a file can describe. */
  public static DetectorDescription random(Random random) {
    return RandomDescriptions.read(new RandomDescriptions(random).next());
  }

  /** A detector of these chambers. */
  public static DetectorDescription of(
      String name, List<Chamber> chambers, List<Channel> scintillators) {
    return new DetectorDescription(
        name,
        COURSE.clock(),
        COURSE.format(),
        chambers,
        scintillators,
        COURSE.cellWidthMm(),
        COURSE.cellHeightMm(),
        COURSE.driftVelocityUmPerNs(),
        COURSE.maxDriftNs(),
        DetectorDescription.Expected.UNKNOWN);
  }

  /** A chamber of one board, its channels counted from 100 per board number on. */
  public static Chamber chamber(String name, int board, int layers, int wires) {
    List<Channel> channels = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    List<Double> shifts = new ArrayList<>();
    for (int i = 0; i < layers * wires; i++) {
      channels.add(new Channel(board, 100 * board + i));
      cells.add(new Cell(1 + i % layers, 1 + i / layers));
    }
    for (int layer = 0; layer < layers; layer++) {
      shifts.add(layer % 2 == 0 ? 0.5 : 0);
    }
    return new Chamber(
        name,
        channels,
        cells,
        layers,
        wires,
        board % 2 == 0 ? View.X : View.Y,
        0,
        100 * board,
        shifts,
        BigDecimal.ZERO,
        List.of(),
        List.of(),
        List.of());
  }
}
