package org.driftwatch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats, by the endings of their files. */
public enum ExportFormat {
  /** ROOT's own. */
  ROOT("root"),
  /** UHI's histogram schema. */
  JSON("json"),
  /** HDF5, laid out as NeXus. */
  HDF5("h5 hdf5 nxs"),
  /** A table as text. */
  CSV("csv");

  /** With spaces between them. */
  private final String endings;

  ExportFormat(String endings) {
    this.endings = endings;
  }

  /** The endings of its files, without dots; the usual one first. */
  public List<String> endings() {
    return List.of(endings.split(" ", -1));
  }

  /**
   * The format of a file.
   *
   * @throws IllegalArgumentException in one line, where its ending is of none
   */
  public static ExportFormat of(Path file) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.contains(".") && format.endings().contains(ending))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    file
                        + ": the ending tells the format, expected "
                        + Arrays.stream(values())
                            .flatMap(format -> format.endings().stream())
                            .map(e -> "." + e)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * Writes a file, whole or not at all; one that is there is replaced.
   *
   * @param written the time that it says it was written at
   * @throws IOException in one line that names file and reason
   */
  public void write(Contents contents, Path file, Instant written) throws IOException {
    String name = file.getFileName().toString();
    WholeFile.write(file, part -> content(contents, part, name, written));
  }

  private void content(Contents contents, Path part, String name, Instant written)
      throws IOException {
    switch (this) {
      case ROOT -> Files.write(part, RootFile.of(contents, name, written));
      case JSON -> Files.write(part, UhiJson.of(contents));
      case HDF5 -> NexusFile.write(contents, part);
      case CSV -> Files.write(part, CsvFile.of(contents));
    }
  }
}
