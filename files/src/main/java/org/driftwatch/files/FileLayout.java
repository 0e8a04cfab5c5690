package org.driftwatch.files;

import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Format;

/** How the content of a file is laid out, by the ending of its name in large or small letters. */
public enum FileLayout {
  /** Records as lines of text: {@code .csv}, {@code .txt} and any other ending. */
  TEXT,
  /** Records as JSON objects, one a line: {@code .jsonl}. */
  JSON_LINES,
  /** Words, one behind the other: {@code .dat}. */
  WORDS,
  /**
   * Blocks of words behind the words that the detector's description puts in front: {@code .bin}.
   */
  BLOCKS;

  private static final String GZIP = ".gz";

  /** The layout of a file of this name; {@code .gz} at its end says nothing about it. */
  public static FileLayout of(String name) {
    return named(name).orElse(TEXT);
  }

  /** True for a name with one of these endings, with or without {@code .gz}. */
  public static boolean isNamed(String name) {
    return named(name).isPresent();
  }

  private static Optional<FileLayout> named(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    String plain = isGzip(small) ? small.substring(0, small.length() - GZIP.length()) : small;
    return switch (plain.substring(Math.max(plain.lastIndexOf('.'), 0))) {
      case ".csv", ".txt" -> Optional.of(TEXT);
      case ".jsonl" -> Optional.of(JSON_LINES);
      case ".dat" -> Optional.of(WORDS);
      case ".bin" -> Optional.of(BLOCKS);
      default -> Optional.empty();
    };
  }

  /** True for the name of a compressed file. */
  public static boolean isGzip(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(GZIP);
  }

  /** True for words, bare or in blocks; false for text. */
  public boolean isWords() {
    return this == WORDS || this == BLOCKS;
  }

  /**
   * Why a file of this layout cannot be read, in one line; empty where it can.
   *
   * @param name the file's name
   * @param detector whose records it holds
   */
  public Optional<String> refusal(String name, DetectorDescription detector) {
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
