package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;

/** Opens the reader of a file that its {@link FileKind} asks for. */
final class RowsOf {
  private final DetectorDescription detector;

  /** Files of this detector. */
  RowsOf(DetectorDescription detector) {
    this.detector = detector;
  }

  RecordSource open(ByteSource file, UnreadableRows unreadable) throws IOException {
    String name = file.name();
    FileKind kind = FileKind.of(name);
    Optional<String> fault = kind.fault(name, detector);
    if (fault.isPresent()) {
      throw new IOException(fault.get());
    }
    InputStream in = FileKind.isGzip(name) ? new GzipStream(file.open()) : file.open();
    return switch (kind) {
      case CSV -> new TextRows(name, in, unreadable, new CsvLine(detector));
      case JSON -> new TextRows(name, in, unreadable, new JsonLine(detector));
      case WORDS -> new WordRows(name, in, unreadable, detector, false);
      case BLOCKS -> new WordRows(name, in, unreadable, detector, true);
    };
  }
}
