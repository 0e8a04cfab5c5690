package org.driftwatch.emulator.source;

import java.io.IOException;
import java.util.Locale;

/** Chooses the reader of a file by its name: {@code .dat} holds DAQ words, all else CSV text. */
final class RowsOf {
  private RowsOf() {}

  static RecordSource open(ByteSource file, UnreadableRows unreadable) throws IOException {
    return file.name().toLowerCase(Locale.ROOT).endsWith(".dat")
        ? new WordRows(file.name(), file.open(), unreadable)
        : new CsvRows(file.name(), file.open(), unreadable);
  }
}
