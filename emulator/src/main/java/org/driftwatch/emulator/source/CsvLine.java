package org.driftwatch.emulator.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.StreamTopic;

/**
 * One line of CSV text as a row: six numbers in column order, whole ones but for TDC_MEAS. Header
 * lines and blank lines hold no row. No object per hit. Not safe for use by several threads.
 */
final class CsvLine {
  private static final int COLUMNS = StreamTopic.COLUMNS.size();
  private static final int ORBIT = 3;
  private static final int TDC = COLUMNS - 1;
  private static final double[] POWERS_OF_TEN = new double[19];
  private static final int EXACT_DIGITS = 15;

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private final byte[] buffer;
  private final long[] whole = new long[COLUMNS];
  private double tdc;

  /**
   * Reads lines out of this buffer.
   *
   * @param buffer filled anew by its owner as it goes on
   */
  CsvLine(byte[] buffer) {
    this.buffer = buffer;
  }

  /**
   * Adds the row that the bytes hold to the batch.
   *
   * @return what is wrong with the line; empty if nothing is
   */
  Optional<String> read(int from, int to, RowBatch batch) {
    int start = from;
    int stop = to;
    while (stop > start && isSpace(buffer[stop - 1])) {
      stop--;
    }
    while (start < stop && isSpace(buffer[start])) {
      start++;
    }
    if (start == stop) {
      return Optional.empty();
    }
    int p = start;
    for (int column = 0; column < COLUMNS; column++) {
      int comma = p;
      while (comma < stop && buffer[comma] != ',') {
        comma++;
      }
      boolean last = column == COLUMNS - 1;
      boolean wrongWidth = (comma == stop) != last;
      if (wrongWidth || !number(column, p, comma)) {
        if (isHeader(start, stop)) {
          return Optional.empty();
        }
        return Optional.of(wrongWidth ? width(start, stop) : notANumber(column, p, comma));
      }
      p = comma + 1;
    }
    batch.add((int) whole[0], (int) whole[1], (int) whole[2], whole[ORBIT], (int) whole[4], tdc);
    return Optional.empty();
  }

  /** Reads one number; false if it is no number or its column cannot hold it. */
  private boolean number(int column, int from, int to) {
    int p = from;
    boolean negative = p < to && buffer[p] == '-';
    if (negative) {
      p++;
    }
    long digits = 0;
    int count = 0;
    int fraction = -1;
    for (; p < to; p++) {
      int c = buffer[p] - '0';
      if (c >= 0 && c <= 9) {
        digits = digits * 10 + c;
        count++;
      } else if (buffer[p] == '.' && fraction < 0) {
        fraction = count;
      } else {
        return slowNumber(column, from, to);
      }
    }
    if (count == 0 || count > EXACT_DIGITS) {
      return slowNumber(column, from, to);
    }
    long signed = negative ? -digits : digits;
    if (fraction < 0 || fraction == count) {
      return set(column, signed, (double) signed);
    }
    // Both are exact in a double, so the quotient is the nearest one, as a parser would give.
    double value = signed / POWERS_OF_TEN[count - fraction];
    return value == Math.rint(value) ? set(column, (long) value, value) : set(column, value);
  }

  private boolean slowNumber(int column, int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.ISO_8859_1).strip();
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).strip();
    }
    for (int i = 0; i < text.length(); i++) {
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    try {
      double value = Double.parseDouble(text);
      if (Math.abs(value) < 1e15 && value == Math.rint(value)) {
        return set(column, (long) value, value);
      }
      return Double.isFinite(value) && set(column, value);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private boolean set(int column, double value) {
    tdc = value;
    return column == TDC;
  }

  private boolean set(int column, long value, double tdcValue) {
    whole[column] = value;
    if (column == TDC) {
      tdc = tdcValue;
      return true;
    }
    return column == ORBIT || value == (int) value;
  }

  private boolean isHeader(int from, int to) {
    String[] names =
        new String(buffer, from, to - from, StandardCharsets.ISO_8859_1)
            .toUpperCase(Locale.ROOT)
            .replace("\"", "")
            .split(",", -1);
    for (int i = 0; i < names.length; i++) {
      names[i] = names[i].strip();
    }
    return Arrays.asList(names).equals(StreamTopic.COLUMNS);
  }

  private String width(int from, int to) {
    int columns = 1;
    for (int i = from; i < to; i++) {
      if (buffer[i] == ',') {
        columns++;
      }
    }
    return columns
        + (columns == 1 ? " column" : " columns")
        + ", expected the "
        + COLUMNS
        + " of "
        + String.join(",", StreamTopic.COLUMNS);
  }

  private String notANumber(int column, int from, int to) {
    StringBuilder text = new StringBuilder(StreamTopic.COLUMNS.get(column)).append(" \"");
    for (int i = from; i < Math.min(to, from + 40); i++) {
      int c = buffer[i] & 0xFF;
      text.append(c >= ' ' && c < 0x7F ? (char) c : '?');
    }
    return text.append(to > from + 40 ? "...\"" : "\"")
        .append(column == TDC ? ", expected a number" : ", expected a whole number")
        .toString();
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\r' || b == '\t';
  }
}
