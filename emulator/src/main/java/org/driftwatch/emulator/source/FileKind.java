package org.driftwatch.emulator.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Format;

/** What a file of the readout holds, by the ending of its name; behind it may be {@code .gz}. */
public enum FileKind {
  /** Lines of CSV: whatever has no other ending. */
  CSV,
  /** JSON objects, one a line. */
  JSON,
  /** Words of the DAQ, one behind the other. */
  WORDS,
  /** Blocks of such words, behind the words that the detector's description puts in front. */
  BLOCKS;

  /** What a folder's files are called that are played. */
  static final List<String> ENDINGS = List.of(".csv", ".txt", ".dat", ".bin", ".jsonl");

  private static final String GZIP = ".gz";

  /** What a file of this name holds. */
  public static FileKind of(String name) {
    String plain = plain(name);
    return plain.endsWith(".bin")
        ? BLOCKS
        : plain.endsWith(".dat") ? WORDS : plain.endsWith(".jsonl") ? JSON : CSV;
  }

  /** True for a name with one of the endings; not so, a file is CSV for want of another. */
  public static boolean isNamed(String name) {
    return ENDINGS.stream().anyMatch(plain(name)::endsWith);
  }

  /** True for a name that says that the file is compressed. */
  public static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GZIP);
  }

  /** The name in small letters without the ending that says it is compressed. */
  private static String plain(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return isGzip(name) ? small.substring(0, small.length() - GZIP.length()) : small;
  }

  /** True for words, in blocks or not. */
  public boolean isWords() {
    return this == WORDS || this == BLOCKS;
  }

  /**
   * Why a detector's records cannot be in a file of this kind, in one line; empty where they can.
   *
   * @param name the file's name
   */
  public Optional<String> fault(String name, DetectorDescription detector) {
    Format format = detector.format();
    if (isWords() && !format.hasWords()) {
      return Optional.of(
          name
              + " holds words, but the detector description \""
              + detector.name()
              + "\" has no bit fields (lowestBit); choose another with --detector");
    }
    if (this == BLOCKS && !format.blockHeader().isEmpty() && format.blockWords() == 0) {
      return Optional.of(
          name
              + " holds blocks of words, but the detector description \""
              + detector.name()
              + "\" does not say of how many (record.blockWords)");
    }
    return Optional.empty();
  }
}
