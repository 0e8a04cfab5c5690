package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Chooses the reader of a file by its name: {@code .dat} holds DAQ words, all else CSV text; with
 * {@code .gz} behind it, compressed.
 */
final class RowsOf {
  private static final String GZIP = ".gz";

  private RowsOf() {}

  static RecordSource open(ByteSource file, UnreadableRows unreadable) throws IOException {
    InputStream in = isGzip(file.name()) ? new GzipStream(file.open()) : file.open();
    return layout(file.name()).endsWith(".dat")
        ? new WordRows(file.name(), in, unreadable)
        : new CsvRows(file.name(), in, unreadable);
  }

  /** The name in small letters without the ending that says it is compressed. */
  static String layout(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return isGzip(name) ? small.substring(0, small.length() - GZIP.length()) : small;
  }

  private static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GZIP);
  }
}
