package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Format;

/**
 * Chooses the reader of a file by its name: {@code .dat} holds DAQ words, {@code .bin} blocks of
 * them, {@code .jsonl} JSON objects one a line, all else CSV text; with {@code .gz} behind it,
 * compressed.
 */
final class RowsOf {
  /** What a folder's files are called that are played. */
  static final List<String> ENDINGS = List.of(".csv", ".txt", ".dat", ".bin", ".jsonl");

  private static final String GZIP = ".gz";

  private final DetectorDescription detector;

  /** Files of this detector. */
  RowsOf(DetectorDescription detector) {
    this.detector = detector;
  }

  RecordSource open(ByteSource file, UnreadableRows unreadable) throws IOException {
    String layout = layout(file.name());
    boolean blocks = layout.endsWith(".bin");
    boolean words = blocks || layout.endsWith(".dat");
    if (words) {
      checkWords(file.name(), blocks);
    }
    InputStream in = isGzip(file.name()) ? new GzipStream(file.open()) : file.open();
    if (words) {
      return new WordRows(file.name(), in, unreadable, detector, blocks);
    }
    LineReader line = layout.endsWith(".jsonl") ? new JsonLine(detector) : new CsvLine(detector);
    return new TextRows(file.name(), in, unreadable, line);
  }

  private void checkWords(String name, boolean blocks) throws IOException {
    Format format = detector.format();
    if (!format.hasWords()) {
      throw new IOException(
          name
              + " holds words, but the detector description \""
              + detector.name()
              + "\" has no bit fields (lowestBit); choose another with --detector");
    }
    if (blocks && !format.blockHeader().isEmpty() && format.blockWords() == 0) {
      throw new IOException(
          name
              + " holds blocks of words, but the detector description \""
              + detector.name()
              + "\" does not say of how many (record.blockWords)");
    }
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
