package org.driftwatch.emulator;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.OneLine;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;

/** Opens what is played: the files that the user names, wherever they lie, or the simulator. */
final class Sources {
  private Sources() {}

  /**
   * The rows that the options choose.
   *
   * @param truth of the simulator
   * @param detector whose rows they are
   * @param lines takes a line about files skipped and about connections that broke; from any thread
   * @throws IOException if there are none, or no log of them, with one line that says so
   */
  static RecordSource open(
      SourceOptions options,
      TruthOptions truth,
      DetectorDescription detector,
      UnreadableRows unreadable,
      Consumer<String> lines)
      throws IOException {
    if (!options.areGiven()) {
      if (!Simulator.hasHits(detector)) {
        throw new IOException(
            "nothing to simulate: the description of detector "
                + OneLine.of(detector.name())
                + " has every cell in deadCells, expected a live one");
      }
      return truth.open(detector, options.seed);
    }
    List<InputFile> files = InputFiles.findAnyVersion(options.names, options.access(), lines);
    StartPoint start = options.from == null ? StartPoint.FIRST : StartPoint.of(options.from, files);
    return new FileSequence(detector, files, start, options.loop, unreadable, lines);
  }
}
