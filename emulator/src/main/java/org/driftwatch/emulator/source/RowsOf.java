package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.files.FileLayout;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.SourceFault;

/** Chooses the reader of a file by its layout. */
final class RowsOf {
  private final DetectorDescription detector;

  /** Files of this detector. */
  RowsOf(DetectorDescription detector) {
    this.detector = detector;
  }

  /**
   * Opens a file.
   *
   * @param lines takes a line for each try to read that failed; from any thread
   */
  RecordSource open(InputFile file, UnreadableRows unreadable, Consumer<String> lines)
      throws IOException {
    FileLayout layout = file.layout();
    Optional<String> refusal = layout.refusal(file.name(), detector);
    if (refusal.isPresent()) {
      throw new IOException(refusal.get());
    }
    InputStream in;
    try {
      in = file.content(lines);
    } catch (IOException e) {
      throw SourceFault.at(file.name(), e);
    }
    return switch (layout) {
      case WORDS, BLOCKS ->
          new WordRows(file.name(), in, unreadable, detector, layout == FileLayout.BLOCKS);
      case JSON_LINES -> new TextRows(file.name(), in, unreadable, new JsonLine(detector));
      case TEXT -> new TextRows(file.name(), in, unreadable, new CsvLine(detector));
    };
  }
}
