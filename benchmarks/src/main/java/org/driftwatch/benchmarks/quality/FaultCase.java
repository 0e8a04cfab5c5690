package org.driftwatch.benchmarks.quality;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;

/**
 * The faults that are measured, as the emulator's {@code --fault} and {@code --inject} make them.
 */
enum FaultCase {
  /** All hits of a chamber are lost. */
  CHAMBER_DEAD("chamber dead", 6) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chamber = chamber(detector, random);
      return Drawn.of("dead:chamber" + chamber, chamber, Check.HITS, Check.RATE);
    }
  },
  /** All hits of a layer are lost. */
  LAYER_DEAD("layer dead", 10) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chamber = chamber(detector, random);
      int layer = 1 + random.nextInt(detector.chambers().get(chamber).layers());
      return Drawn.of("dead:chamber" + chamber + ".layer" + layer, chamber, Check.LAYERS)
          .naming(layer);
    }
  },
  /** All hits of a good cell are lost. */
  CELL_DEAD("cell dead", 45) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chamber = chamber(detector, random);
      int cell = goodCell(detector, chamber, random);
      return Drawn.of("dead:chamber" + chamber + ".cell" + cell, chamber, Check.DEAD_CELLS)
          .naming(cell);
    }
  },
  /** A good cell has twenty times the mean rate of its chamber. */
  CELL_NOISY("cell noisy x20", 10) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chamber = chamber(detector, random);
      int cell = goodCell(detector, chamber, random);
      return Drawn.of(
              "noisy:chamber" + chamber + ".cell" + cell + "=x20", chamber, Check.NOISY_CELLS)
          .naming(cell);
    }
  },
  /** Three in ten hits of everything are lost. */
  RATE("rate -30 %", 20) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      return Drawn.of("rate:all=0.7", Subject.RUN, Check.RATE);
    }
  },
  /** All hits of the scintillators are lost. */
  SCINTILLATOR_DEAD("scintillator dead", 60) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      return Drawn.of("dead:scintillator", Subject.RUN, Check.SCINTILLATOR);
    }
  },
  /** Two in a hundred records have a malformed one beside them. */
  MALFORMED("malformed 2 %", 10) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      return Drawn.onTheWay(SHARE, 0, Check.MALFORMED);
    }
  },
  /** Two in a hundred records come late. The time counts from the arrival of the first of them. */
  LATE("late 2 %", 10) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      return Drawn.onTheWay(0, SHARE, Check.LATE);
    }

    @Override
    long delayMillis() {
      return Transport.LATE_SECONDS * 1000L;
    }
  },
  /** The hits of a chamber come 25 ns late. */
  SHIFT("shift 25 ns", Double.NaN) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chamber = chamber(detector, random);
      SummaryLayout layout = SummaryLayout.of(detector);
      int first = layout.index(ChamberHistogram.DRIFT_TIME, chamber);
      int bins = layout.bins(ChamberHistogram.DRIFT_TIME, chamber) + 2;
      return Drawn.of("shift:chamber" + chamber + "=25ns", chamber, Check.DRIFT_BOX)
          .seenIn(IntStream.range(first, first + bins).boxed().toList());
    }
  },
  /** The hits of two chambers come on the channels of each other. */
  SWAP("swap of two chambers", Double.NaN) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chambers = detector.chambers().size();
      int one = chamber(detector, random);
      int other = (one + 1 + random.nextInt(chambers - 1)) % chambers;
      List<Integer> bins = new ArrayList<>(goodCells(detector, one));
      bins.addAll(goodCells(detector, other));
      return new Drawn(
          List.of("swap:chamber" + one + ",chamber" + other),
          0,
          0,
          Set.of(Subject.RUN),
          EnumSet.of(Check.CABLING),
          OptionalInt.empty(),
          bins);
    }
  },
  /** Three in ten hits of a chamber are lost. */
  EFFICIENCY("efficiency 0.7 of a chamber", Double.NaN) {
    @Override
    Drawn draw(DetectorDescription detector, SplittableRandom random) {
      int chamber = chamber(detector, random);
      return Drawn.of(
              "efficiency:chamber" + chamber + "=0.7",
              chamber,
              Check.RATE,
              Check.SHARE,
              Check.MUON_PEAK)
          .seenIn(goodCells(detector, chamber));
    }
  };

  private static final double SHARE = 0.02;

  private final String title;
  private final double limitSeconds;

  FaultCase(String title, double limitSeconds) {
    this.title = title;
    this.limitSeconds = limitSeconds;
  }

  /**
   * A fault at one place.
   *
   * @param faults as the emulator takes them, without their times; empty where the detector is well
   * @param malformed share of malformed records beside the others
   * @param late share of late records
   * @param subjects where it is
   * @param checks that tell of it, any of them
   * @param cell the cell, from 0, or layer, from 1, that they have to name; empty for none
   * @param bins where the counts of a window show it; empty where statistics set no limit
   */
  record Drawn(
      List<String> faults,
      double malformed,
      double late,
      Set<Subject> subjects,
      Set<Check> checks,
      OptionalInt cell,
      List<Integer> bins) {

    private static Drawn of(String fault, int chamber, Check first, Check... more) {
      return of(fault, new Subject(chamber), first, more);
    }

    private static Drawn of(String fault, Subject subject, Check first, Check... more) {
      return new Drawn(
          List.of(fault),
          0,
          0,
          Set.of(subject),
          EnumSet.of(first, more),
          OptionalInt.empty(),
          List.of());
    }

    private static Drawn onTheWay(double malformed, double late, Check check) {
      return new Drawn(
          List.of(),
          malformed,
          late,
          Set.of(Subject.RUN),
          EnumSet.of(check),
          OptionalInt.empty(),
          List.of());
    }

    private Drawn naming(int cellOrLayer) {
      return new Drawn(
          faults, malformed, late, subjects, checks, OptionalInt.of(cellOrLayer), bins);
    }

    private Drawn seenIn(List<Integer> where) {
      return new Drawn(faults, malformed, late, subjects, checks, cell, where);
    }

    /** True of an alarm of a check that tells of it, at its place, whatever cells it names. */
    boolean isCheckedBy(Episode episode) {
      return subjects.contains(episode.subject()) && checks.contains(episode.check());
    }

    /** True of an alarm that tells of it. */
    boolean isToldBy(Episode episode) {
      return isCheckedBy(episode) && episode.cell().equals(cell);
    }
  }

  /** A place for it, as the random numbers will. */
  abstract Drawn draw(DetectorDescription detector, SplittableRandom random);

  /** How long after its beginning the monitor can know of it at the earliest, ms. */
  long delayMillis() {
    return 0;
  }

  /** In words. */
  String title() {
    return title;
  }

  /**
   * How soon it has to be said at 1,000 records/s in windows of 2 s at the latest, s; NaN where
   * statistics set the limit.
   */
  double limitSeconds() {
    return limitSeconds;
  }

  private static int chamber(DetectorDescription detector, SplittableRandom random) {
    return random.nextInt(detector.chambers().size());
  }

  /** A cell that is not known to be dead, weak or hot: of all of them alike, the weakest too. */
  private static int goodCell(DetectorDescription detector, int chamber, SplittableRandom random) {
    Chamber c = detector.chambers().get(chamber);
    int cell;
    do {
      cell = random.nextInt(c.size());
    } while (!isGood(c, cell));
    return cell;
  }

  private static boolean isGood(Chamber chamber, int cell) {
    return !chamber.deadCells().contains(cell)
        && !chamber.weakCells().contains(cell)
        && !chamber.hotCells().contains(cell);
  }

  private static List<Integer> goodCells(DetectorDescription detector, int chamber) {
    Chamber c = detector.chambers().get(chamber);
    int first = SummaryLayout.of(detector).index(ChamberHistogram.OCCUPANCY, chamber);
    return IntStream.range(0, c.size())
        .filter(cell -> isGood(c, cell))
        .map(cell -> first + cell)
        .boxed()
        .toList();
  }
}
