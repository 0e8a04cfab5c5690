package org.driftwatch.viewer.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.export.WholeFile;
import org.driftwatch.quality.SavedReference;
import org.driftwatch.viewer.model.ChannelLayout;

/**
 * An accumulation kept to be compared with: a JSON file with the detector's name, the number of
 * windows, and the sum as a message of the topic {@code results}.
 *
 * @param name of the file, for the screen
 * @param detector name of the detector it was taken with
 * @param windows how many windows it sums up
 * @param sum the sum
 */
public record Reference(String name, String detector, int windows, WindowSummary sum) {
  /**
   * Writes the file, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    WholeFile.write(file, new SavedReference(detector, windows, sum).write());
  }

  /**
   * Reads a file.
   *
   * @throws IOException with one line that says the file, what is wrong and what was expected
   */
  public static Reference load(Path file) throws IOException {
    return of(file, SavedReference.load(file));
  }

  /** Reads a file's content; errors name the file. */
  static Reference read(Path file, byte[] content) throws IOException {
    return of(file, SavedReference.read(file, content));
  }

  private static Reference of(Path file, SavedReference saved) throws IOException {
    try {
      ChannelLayout.of(saved.sum());
    } catch (IllegalArgumentException e) {
      throw new IOException("reference " + file + ": " + e.getMessage(), e);
    }
    return new Reference(
        String.valueOf(file.getFileName()), saved.detector(), saved.windows(), saved.sum());
  }

  /** Why data of these channels cannot be compared with it, in one line; empty if they can. */
  public Optional<String> objection(ChannelLayout data) {
    ChannelLayout mine = ChannelLayout.of(sum);
    if (!mine.counts().equals(data.counts())) {
      return Optional.of(
          "reference "
              + name
              + " is of another detector: it has "
              + mine.words()
              + ", the data "
              + data.words());
    }
    for (int chamber = 0; chamber < mine.chambers(); chamber++) {
      if (mine.firstChannel(chamber) != data.firstChannel(chamber)) {
        return Optional.of(
            "reference "
                + name
                + " has other bins: chamber "
                + chamber
                + " begins at TDC channel "
                + mine.firstChannel(chamber)
                + ", the data at "
                + data.firstChannel(chamber)
                + "; only the same bins are compared");
      }
    }
    return Optional.empty();
  }
}
