package org.driftwatch.detector;

/** The kinds of faults that make a record malformed; the reason given beside it has the details. */
public enum RecordFault {
  /** No value at all, or a blank one. */
  EMPTY,
  /** Begins as a JSON object and is none. */
  SYNTAX,
  /** A line with too few columns or too many. */
  COLUMNS,
  /** A field is missing, is no number or is out of its range. */
  FIELD,
  /** A block of words that ends in the middle of one. */
  MID_WORD,
  /** A block of words, where the detector's records are text only. */
  WORDS
}
