package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.HitWord;
import org.driftwatch.detector.StreamTopic;

/**
 * Rows of a CSV text in column order, with or without a header line (which may come again where
 * files were put together). Blank lines are passed over; a line that is no row of six numbers is
 * counted as unreadable. No object per hit.
 */
final class CsvRows implements RecordSource {
  /** A longer line is not text of this kind; it is passed over as one unreadable row. */
  private static final int MAX_LINE = 64 << 10;

  private static final int COLUMNS = StreamTopic.COLUMNS.size();
  private static final int TDC = COLUMNS - 1;
  private static final double[] POWERS_OF_TEN = new double[19];
  private static final int EXACT_DIGITS = 15;

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private final String name;
  private final InputStream in;
  private final UnreadableRows unreadable;
  private final byte[] buffer = new byte[256 << 10];
  private int position;
  private int end;
  private boolean ended;
  private boolean skippingLongLine;
  private long line;

  private final long[] whole = new long[COLUMNS];
  private double tdc;

  CsvRows(String name, InputStream in, UnreadableRows unreadable) {
    this.name = name;
    this.in = in;
    this.unreadable = unreadable;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    int before = batch.size();
    while (batch.room() > 0) {
      int newLine = endOfLine();
      if (newLine < 0) {
        if (batch.size() > before) {
          return true;
        }
        if (!fill()) {
          return false;
        }
        continue;
      }
      line++;
      if (skippingLongLine) {
        skippingLongLine = false;
        unreadable.add(where(), "longer than " + MAX_LINE + " bytes, expected a row");
      } else {
        row(position, newLine, batch);
      }
      position = Math.min(newLine + 1, end);
    }
    return true;
  }

  /** Index of the present line's end, or -1 where the rest of the line is yet to be read. */
  private int endOfLine() {
    for (int i = position; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return ended && (position < end || skippingLongLine) ? end : -1;
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (skippingLongLine || end - position > MAX_LINE) {
      skippingLongLine = true;
      position = end;
    }
    System.arraycopy(buffer, position, buffer, 0, end - position);
    end -= position;
    position = 0;
    int n;
    try {
      n = in.read(buffer, end, buffer.length - end);
    } catch (IOException e) {
      throw new IOException(name + " line " + (line + 1) + ": reading failed: " + e, e);
    }
    if (n < 0) {
      ended = true;
      return end > 0 || skippingLongLine;
    }
    if (line == 0 && end == 0 && startsWithByteOrderMark(n)) {
      position = 3;
    }
    end += n;
    return true;
  }

  private boolean startsWithByteOrderMark(int n) {
    return n >= 3
        && buffer[0] == (byte) 0xEF
        && buffer[1] == (byte) 0xBB
        && buffer[2] == (byte) 0xBF;
  }

  private void row(int from, int to, RowBatch batch) {
    int start = from;
    int stop = to;
    while (stop > start && isSpace(buffer[stop - 1])) {
      stop--;
    }
    while (start < stop && isSpace(buffer[start])) {
      start++;
    }
    if (start == stop) {
      return;
    }
    int p = start;
    for (int column = 0; column < COLUMNS; column++) {
      int comma = p;
      while (comma < stop && buffer[comma] != ',') {
        comma++;
      }
      boolean last = column == COLUMNS - 1;
      if ((comma == stop) != last) {
        if (!isHeader(start, stop)) {
          unreadable.add(where(), width(start, stop));
        }
        return;
      }
      if (!number(column, p, comma)) {
        if (!isHeader(start, stop)) {
          unreadable.add(
              where(), StreamTopic.COLUMNS.get(column) + " " + notANumber(column, p, comma));
        }
        return;
      }
      p = comma + 1;
    }
    deliver(batch);
  }

  private void deliver(RowBatch batch) {
    int bx = (int) whole[4];
    if (whole[0] < 0
        || whole[0] > HitWord.MAX_HEAD
        || whole[1] < 0
        || whole[1] > HitWord.MAX_FPGA
        || whole[2] < 0
        || whole[2] > HitWord.MAX_CHANNEL
        || whole[3] < 0
        || whole[3] > HitWord.MAX_ORBIT
        || bx < 0
        || bx > HitWord.MAX_BX
        || !(tdc >= 0 && tdc <= HitWord.MAX_TDC && tdc == (int) tdc)) {
      batch.add(new DaqRecord((int) whole[0], (int) whole[1], (int) whole[2], whole[3], bx, tdc));
    } else {
      batch.add(
          HitWord.of((int) whole[0], (int) whole[1], (int) whole[2], whole[3], bx, (int) tdc));
    }
  }

  /** Reads one number; false where it is none or not one that its column can hold. */
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
    return column == 3 || value == (int) value;
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
    StringBuilder text = new StringBuilder("\"");
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

  private String where() {
    return name + " line " + line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
