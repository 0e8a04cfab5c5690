package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.simulator.Truth;
import org.driftwatch.emulator.simulator.TruthLog;
import org.driftwatch.emulator.source.RecordSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say how the simulated detector really is. */
@Command(optionListHeading = "%nSimulated detector:%n")
final class TruthOptions {
  @Option(
      names = "--truth",
      split = ",",
      paramLabel = "KEY[:WHERE]=VALUE",
      description = {
        "let the simulated detector really be so, whatever its description says; without WHERE all"
            + " of it. Several between commas, or repeated:",
        "  resolution=260um  standard deviation of a hit, or in ns (default: 3ns)",
        "  efficiency:chamber1.cell5=0.5  how likely a cell answers to a muon, or 50%% (default: 97%%)",
        "  drift-velocity=54.2um/ns  constant (default: as described, within 1%%, changing over"
            + " hours)",
        "  t0:chamber2=3ns  hits later, or earlier with -3ns",
        "  displacement:chamber1=0.5mm  the chamber is so far from its place, across its wires",
        "  tilt:chamber1=2mrad  it leans towards larger x (or y), about its wires",
        "  delta-rays=6%%  how likely a hit is in a cell beside one that a muon crosses (default:"
            + " 6%%)",
        "  noise:chamber3.cell5=x20  times its usual noise; x0 for none",
        "WHERE is a chamber, for efficiency and noise also chamberN.layerM, chamberN.cellK or"
            + " chamberN.layerM.wireL; the more precise one counts"
      })
  List<String> settings = new ArrayList<>();

  @Option(
      names = "--truth-log",
      paramLabel = "FILE",
      description =
          "write a line of JSON for each simulated muon: track, cells crossed, drift times, hits and"
              + " the rows that they are; the first line tells how the detector really is. *.gz is"
              + " compressed")
  Path log;

  /**
   * What is wrong with the options' values; empty if nothing is.
   *
   * @param simulated true if the simulator is played
   */
  Optional<String> fault(boolean simulated) {
    if (simulated || (settings.isEmpty() && log == null)) {
      return Optional.empty();
    }
    return Optional.of(
        (settings.isEmpty() ? "--truth-log " + log : "--truth " + settings.get(0))
            + " is of the simulator: nobody knows the truth of recorded hits; expected no --source"
            + " or --replay");
  }

  /** What does not go with a detector; empty if all does. */
  Optional<String> fault(DetectorDescription detector) {
    return Checks.parses("--truth", () -> Truth.parse(settings, detector));
  }

  /**
   * The simulator of such a detector.
   *
   * @throws IOException if the log cannot be written, with one line that says so
   */
  RecordSource open(DetectorDescription detector, long seed) throws IOException {
    Truth truth = Truth.parse(settings, detector);
    return log == null
        ? new Simulator(detector, seed, truth)
        : new TruthLog(detector, seed, truth, log);
  }

  /** What is set, as it was given. */
  String describe() {
    return settings.isEmpty() ? "" : " and truth " + String.join(", ", settings);
  }
}
