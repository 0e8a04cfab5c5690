package org.driftwatch.emulator.source;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.OrbitRule;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordSink;

/**
 * One line of CSV text as a row: numbers in the column order of the detector's description, whole
 * ones but for the fine time. Header lines and blank lines hold no row. No object per hit. Not safe
 * for use by several threads.
 */
final class CsvLine implements LineReader {
  private static final double[] POWERS_OF_TEN = new double[19];
  private static final int EXACT_DIGITS = 15;
  private static final int MOST_SHOWN = 12;

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private final List<String> names;
  private final int columns;
  private final RecordPacking packing;
  private final OrbitRule orbits;
  private final boolean wordsOnly;
  private final boolean[] isRead;
  private final int head;
  private final int board;
  private final int channel;
  private final int layer;
  private final int wire;
  private final int lastWire;
  private final int orbit;
  private final int crossing;
  private final int tick;
  private final int arrival;
  private final int run;

  /** The numbers of a line; behind them a zero for fields that there are none of. */
  private final long[] whole;

  private double tickValue;
  private byte[] buffer;

  CsvLine(DetectorDescription detector) {
    List<Field> fields = detector.format().fields();
    names = fields.stream().map(Field::name).toList();
    columns = fields.size();
    packing = new RecordPacking(detector);
    orbits = new OrbitRule(detector, packing.layout());
    wordsOnly = detector.format().valuesAreWords();
    whole = new long[columns + 1];
    isRead = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      isRead[i] = fields.get(i).role() != Role.OTHER;
    }
    head = column(fields, Role.HEAD);
    board = column(fields, Role.BOARD);
    channel = column(fields, Role.CHANNEL);
    layer = column(fields, Role.LAYER);
    wire = column(fields, Role.WIRE);
    lastWire = wire == columns ? 0 : (1 << fields.get(wire).bits()) - 1;
    orbit = column(fields, Role.ORBIT);
    crossing = column(fields, Role.CROSSING);
    tick = column(fields, Role.TICK);
    arrival = column(fields, Role.ARRIVAL);
    run = column(fields, Role.RUN);
  }

  private static int column(List<Field> fields, Role role) {
    int column = 0;
    while (column < fields.size() && fields.get(column).role() != role) {
      column++;
    }
    return column;
  }

  @Override
  public Optional<String> read(byte[] bytes, int from, int to, RowBatch batch) {
    buffer = bytes;
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
    for (int column = 0; column < columns; column++) {
      int comma = p;
      while (comma < stop && buffer[comma] != ',') {
        comma++;
      }
      boolean last = column == columns - 1;
      boolean wrongWidth = (comma == stop) != last;
      if (wrongWidth || (isRead[column] && !number(column, p, comma))) {
        List<String> found = cells(start, stop);
        if (isHeader(found)) {
          return Optional.empty();
        }
        if (isOfNames(found)) {
          return Optional.of("columns " + shown(found) + ", expected the " + expected());
        }
        return Optional.of(wrongWidth ? width(found.size()) : notANumber(column, p, comma));
      }
      p = comma + 1;
    }
    return add(batch);
  }

  private Optional<String> add(RowBatch batch) {
    int address = (int) whole[channel];
    if (layer < columns) {
      if (whole[wire] < 0 || whole[wire] > lastWire) {
        return Optional.of(
            names.get(wire) + " \"" + whole[wire] + "\", expected a number 0 to " + lastWire);
      }
      address = packing.layout().channel((int) whole[layer], (int) whole[wire]);
    }
    if (whole[run] < 0) {
      return Optional.of(
          names.get(run) + " \"" + whole[run] + "\", expected a number of 0 or more");
    }
    batch.setRun(run < columns ? whole[run] : RecordSink.NO_RUN);
    int kind = (int) whole[head];
    int at = (int) whole[crossing];
    long counter = whole[orbit];
    if (wordsOnly && !packing.fits(kind, (int) whole[board], address, counter, at, tickValue)) {
      return Optional.of("a number does not fit its bits of a word, expected one that does");
    }
    if (arrival < columns && packing.isOrbit(counter)) {
      counter = orbits.ofHit(counter, whole[arrival], at);
    }
    batch.add(kind, (int) whole[board], address, counter, at, tickValue);
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
      if (isLong(column) && text.matches("\\d{" + EXACT_DIGITS + ",20}")) {
        long value = Long.parseUnsignedLong(text);
        if (column == orbit ? packing.isOrbit(value) : value >= 0) {
          whole[column] = value;
          return true;
        }
      }
      double value = Double.parseDouble(text);
      if (Math.abs(value) < 1e15 && value == Math.rint(value)) {
        return set(column, (long) value, value);
      }
      return Double.isFinite(value) && set(column, value);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** True for columns whose numbers may be longer than 32 bits. */
  private boolean isLong(int column) {
    return column == orbit || column == run;
  }

  private boolean set(int column, double value) {
    tickValue = value;
    return column == tick;
  }

  private boolean set(int column, long value, double asTick) {
    whole[column] = value;
    if (column == tick) {
      tickValue = asTick;
      return true;
    }
    return isLong(column) || value == (int) value;
  }

  private List<String> cells(int from, int to) {
    String line = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    return Stream.of(line.replace("\"", "").split(",", -1)).map(String::strip).toList();
  }

  private boolean isHeader(List<String> found) {
    return upper(found).equals(upper(names));
  }

  private static List<String> upper(List<String> texts) {
    return texts.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
  }

  /** True for a header line of other columns: at least two, and no number among them. */
  private static boolean isOfNames(List<String> found) {
    return found.size() > 1
        && found.stream().allMatch(text -> text.matches("[\\p{Alpha}_/][\\p{Graph} ]{0,39}"));
  }

  private static String shown(List<String> found) {
    return found.stream().limit(MOST_SHOWN).collect(Collectors.joining(","))
        + (found.size() > MOST_SHOWN ? ",..." : "");
  }

  private String expected() {
    return columns + " of " + String.join(",", names);
  }

  private String width(int found) {
    return found + (found == 1 ? " column" : " columns") + ", expected the " + expected();
  }

  private String notANumber(int column, int from, int to) {
    StringBuilder text = new StringBuilder(names.get(column)).append(" \"");
    for (int i = from; i < Math.min(to, from + 40); i++) {
      int c = buffer[i] & 0xFF;
      text.append(c >= ' ' && c < 0x7F ? (char) c : '?');
    }
    return text.append(to > from + 40 ? "...\"" : "\"")
        .append(column == tick ? ", expected a number" : ", expected a whole number")
        .toString();
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\r' || b == '\t';
  }
}
