package org.driftwatch.emulator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.ByteSource;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.LocalFiles;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.emulator.source.remote.RemoteAccess;
import org.driftwatch.emulator.source.remote.S3Bucket;
import org.driftwatch.emulator.source.remote.WebContainer;

/** Opens what is played: the files that the user names, wherever they lie, or the simulator. */
public final class Sources {
  private Sources() {}

  /**
   * The rows that the options choose.
   *
   * @param detector whose rows they are
   * @param lines takes lines as {@link #find} says; from any thread
   * @throws IOException if there are none, with one line that says so
   */
  static RecordSource open(
      SourceOptions options,
      DetectorDescription detector,
      UnreadableRows unreadable,
      Consumer<String> lines)
      throws IOException {
    if (!options.areGiven()) {
      return new Simulator(detector, options.seed);
    }
    List<ByteSource> files = find(options.names, options.access(), lines);
    StartPoint start = options.from == null ? StartPoint.FIRST : StartPoint.of(options.from, files);
    return new FileSequence(detector, files, start, options.loop, unreadable, lines);
  }

  /**
   * The files of these names, in the order given.
   *
   * @param names files, folders, globs, {@code s3://} and {@code https://} addresses
   * @param access how to reach those of other machines
   * @param lines takes a line about files skipped and about connections that broke; from any thread
   * @throws IOException if a name stands for no file, with one line that says so
   */
  public static List<ByteSource> find(
      List<String> names, RemoteAccess access, Consumer<String> lines) throws IOException {
    List<ByteSource> files = new ArrayList<>();
    for (String name : names) {
      if (S3Bucket.isAddress(name)) {
        files.addAll(S3Bucket.find(name, access, lines));
      } else if (WebContainer.isAddress(name)) {
        files.addAll(WebContainer.find(name, access, lines));
      } else {
        files.addAll(LocalFiles.find(name, lines));
      }
    }
    return files;
  }
}
