package org.driftwatch.detector;

/** What is known of a value's format before it is read. */
public enum ValueFormat {
  /** Nothing: text, or a block where the detector's description says that values are words. */
  UNMARKED,
  /** JSON or CSV, one record a line or several. */
  TEXT,
  /** A block of words, behind the words that the description puts in front of one. */
  BLOCK,
  /** Words and nothing in front of them, as in a raw {@code .dat} file. */
  BARE_WORDS
}
