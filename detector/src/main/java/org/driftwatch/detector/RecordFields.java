package org.driftwatch.detector;

import static org.driftwatch.detector.ByteText.skipSpaces;
import static org.driftwatch.detector.ByteText.trimmedEnd;
import static org.driftwatch.detector.NumberScanner.FRACTION;
import static org.driftwatch.detector.NumberScanner.UNSIGNED;
import static org.driftwatch.detector.NumberScanner.WHOLE;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * The fields of one record of text, as they are read one after the other, whatever the text is; and
 * what they come to: a hit, a trigger word or a malformed record. All that a description says of a
 * field is an entry in a table here, made once. Not safe for use by several threads.
 */
final class RecordFields {
  /** Kinds of values beside those of {@link NumberScanner#kind}. */
  private static final byte MISSING = 0;

  private static final byte NO_NUMBER = -1;

  /** Longest plain line, and the eight bytes that its last number is read with. */
  private static final int PLAIN_LINE = Long.SIZE + Long.BYTES;

  private final NumberScanner number = new NumberScanner();
  private final List<Field> fields;
  private final HitLayout layout;
  private final OrbitRule orbits;
  private final int head;
  private final int orbit;
  private final int crossing;
  private final int arrival;
  private final int run;

  /**
   * Of each field: its largest value (unsigned), what is taken off it, how much of the rest a hit
   * has, and where.
   */
  private final long[] last;

  private final int[] first;
  private final long[] masks;
  private final int[] shifts;

  private final long[] values;

  /** For a line that is so near the end of its array that eight bytes might be read beyond. */
  private final byte[] lastLine = new byte[2 * PLAIN_LINE];

  private final byte[] kinds;

  /** A bit for each field: all, those that are passed over, those that hold what a hit may have. */
  private final long all;

  private final long passedOver;
  private long fitting;
  private String error = "";

  /** The fields of a format. */
  RecordFields(DetectorDescription detector, HitLayout layout) {
    Format format = detector.format();
    this.layout = layout;
    fields = format.fields();
    orbits = new OrbitRule(detector, layout);
    head = index(Role.HEAD);
    orbit = index(Role.ORBIT);
    crossing = index(Role.CROSSING);
    arrival = index(Role.ARRIVAL);
    run = index(Role.RUN);
    int size = fields.size();
    last = new long[size];
    first = new int[size];
    masks = new long[size];
    shifts = new int[size];
    for (int i = 0; i < size; i++) {
      Field field = fields.get(i);
      last[i] = field.bits() == Long.SIZE ? -1 : (1L << field.bits()) - 1;
      first[i] = field.role() == Role.TICK ? 0 : field.first();
      shifts[i] = layout.shift(field.role());
      masks[i] = shifts[i] < 0 ? 0 : i == orbit ? layout.orbit(-1) : last[i];
    }
    values = new long[size];
    kinds = new byte[size];
    all = -1L >>> (Long.SIZE - size);
    passedOver =
        IntStream.range(0, size)
            .filter(i -> fields.get(i).role() == Role.OTHER)
            .mapToLong(i -> 1L << i)
            .sum();
    fitting = passedOver;
  }

  private int index(Role role) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).role() == role) {
        return i;
      }
    }
    return -1;
  }

  /** Number of fields, those that are passed over included. */
  int size() {
    return kinds.length;
  }

  /** Forgets the record before. */
  void clear() {
    Arrays.fill(kinds, MISSING);
    fitting = passedOver;
  }

  /** Reads a field from a JSON number at pos; the position after it, or -1 where there is none. */
  int jsonNumber(int field, byte[] b, int pos, int end) {
    int after = number.scan(b, pos, end, true);
    if (after >= 0) {
      take(field, number.kind(), number.value());
    }
    return after;
  }

  /**
   * Reads a line of nothing but digits and commas, as most are, and hands it on. It asks once where
   * the fields end, and then looks at no byte by itself; what a line must not have is noted on the
   * way and decided at its end. So there is hardly a branch that depends on the digits.
   *
   * @return where the line ends, or -1 if it has to be looked at more closely: nothing was handed
   *     on
   */
  int plainLine(byte[] b, int pos, int end, RecordSink sink) {
    if (pos > b.length - PLAIN_LINE) {
      System.arraycopy(b, pos, lastLine, 0, end - pos);
      int lineEnd = plainLine(lastLine, 0, end - pos, sink);
      return lineEnd < 0 ? -1 : pos + lineEnd;
    }
    int columns = last.length;
    long ends = EightDigits.noDigits(b, pos);
    if (Long.bitCount(ends) < columns) {
      ends |= EightDigits.noDigits(b, pos + Integer.SIZE) << Integer.SIZE;
    }
    int left = end - pos;
    if (left < Long.SIZE) {
      ends = (ends & ((1L << left) - 1)) | (1L << left);
    }
    if (Long.bitCount(ends) < columns) {
      return -1;
    }
    long word = 0;
    long beyond = 0;
    int noComma = 0;
    int separator = ',';
    int from = pos;
    for (int column = 0; column < columns; column++) {
      noComma |= separator ^ ',';
      int to = pos + Long.numberOfTrailingZeros(ends);
      ends &= ends - 1;
      int count = to - from;
      long value;
      if ((count - 1) >>> 3 == 0) {
        value = EightDigits.number(EightDigits.at(b, from), count);
      } else if ((count - 1) >>> 3 == 1) {
        value =
            EightDigits.number(EightDigits.at(b, from), count - Long.BYTES) * EightDigits.BEYOND
                + EightDigits.number(EightDigits.at(b, to - Long.BYTES), Long.BYTES);
      } else {
        return -1;
      }
      // Negative where it is too large: 16 digits are never more than a field of 64 bits holds.
      beyond |= last[column] - value & ~last[column];
      values[column] = value;
      word |= (value - first[column] & masks[column]) << shifts[column];
      separator = b[to];
      from = to + 1;
    }
    if (noComma != 0 || beyond < 0) {
      return -1;
    }
    int lineEnd = lineEnd(b, from - 1, end);
    if (lineEnd < 0) {
      return -1;
    }
    deliver(word, sink);
    return lineEnd;
  }

  /** Hands on a record whose fields all fit, as they are in the values and in a hit's word. */
  private void deliver(long word, RecordSink sink) {
    if (run >= 0) {
      sink.run(values[run]);
    }
    if (head >= 0 && !layout.isHitHead((int) values[head])) {
      sink.triggerWord((int) values[head]);
    } else {
      hit(word, sink);
    }
  }

  /** Where the values of a record may be noted. */
  TextPattern.Places places() {
    return new TextPattern.Places(all & ~passedOver, size());
  }

  /** How a record is written whose values were noted. */
  TextPattern pattern(byte[] b, int pos, int end, TextPattern.Places noted) {
    return TextPattern.of(
        b, pos, end, noted, i -> new TextPattern.Place(last[i], first[i], masks[i], shifts[i]));
  }

  /**
   * Reads an object that is written like one before, and hands it on.
   *
   * @return the position after it, or -1 if it has to be looked at more closely: nothing was handed
   *     on
   */
  int like(TextPattern pattern, byte[] b, int pos, int end, RecordSink sink) {
    int after = pattern.read(b, pos, end, values);
    if (after >= 0) {
      deliver(pattern.word(), sink);
    }
    return after;
  }

  /**
   * Reads a line of numbers of any kind with commas between them and nothing else, as trigger words
   * are, and hands it on.
   *
   * @return as of {@link #plainLine}
   */
  int numberLine(byte[] b, int pos, int end, RecordSink sink) {
    clear();
    int p = pos;
    for (int column = 0; column < last.length; column++) {
      if (column > 0) {
        if (p == end || b[p] != ',') {
          return -1;
        }
        p++;
      }
      p = number.scan(b, p, end, false);
      if (p < 0) {
        return -1;
      }
      if ((passedOver >>> column & 1) == 0) {
        take(column, number.kind(), number.value());
      }
    }
    int lineEnd = lineEnd(b, p, end);
    return lineEnd >= 0 && deliver(sink) ? lineEnd : -1;
  }

  /** The end of a line behind its last field, or -1 where more follows. */
  private static int lineEnd(byte[] b, int pos, int end) {
    int p = pos < end && b[pos] == '\r' ? pos + 1 : pos;
    return p == end || b[p] == '\n' ? p : -1;
  }

  private void hit(long fields, RecordSink sink) {
    long word = fields;
    long at = values[orbit];
    if (arrival >= 0) {
      at = orbits.ofHit(at, values[arrival], values[crossing]);
      word = layout.withOrbit(word, at);
    }
    sink.hit(word, orbits.above(at));
  }

  /** Reads a field from text that holds a number and nothing but spaces around it. */
  void text(int field, byte[] b, int from, int to) {
    if ((passedOver >>> field & 1) != 0) {
      return;
    }
    long digits = NumberScanner.digits(b, from, to);
    if (digits >= 0) {
      take(field, WHOLE, digits);
      return;
    }
    int start = skipSpaces(b, from, to);
    int end = trimmedEnd(b, start, to);
    if (number.scan(b, start, end, false) == end) {
      take(field, number.kind(), number.value());
    } else {
      noNumber(field);
    }
  }

  /** Forgets one field. */
  void clear(int field) {
    kinds[field] = MISSING;
    fitting &= ~(1L << field);
  }

  /** Notes that a field holds no number. */
  void noNumber(int field) {
    kinds[field] = NO_NUMBER;
    fitting &= ~(1L << field);
  }

  private void take(int field, byte kind, long value) {
    kinds[field] = kind;
    values[field] = value;
    boolean isUnsigned = (kind == WHOLE && value >= 0) || kind == UNSIGNED;
    boolean fits = isUnsigned && Long.compareUnsigned(value, last[field]) <= 0;
    fitting = fits ? fitting | 1L << field : fitting & ~(1L << field);
  }

  /** Name of a field, for messages. */
  String name(int field) {
    return fields.get(field).name();
  }

  /** What is wrong, after {@link #deliver} has given false. */
  String error() {
    return error;
  }

  /** Hands on the record; false where it is malformed. */
  boolean deliver(RecordSink sink) {
    if (head >= 0) {
      if (!fits(head)) {
        return malformed(head, true);
      }
      if (!layout.isHitHead((int) values[head])) {
        return deliverTriggerWord(sink);
      }
    }
    if (fitting != all) {
      return malformed(Long.numberOfTrailingZeros(~fitting), true);
    }
    long word = 0;
    for (int i = 0; i < shifts.length; i++) {
      word |= (values[i] - first[i] & masks[i]) << shifts[i];
    }
    if (run >= 0) {
      sink.run(values[run]);
    }
    hit(word, sink);
    return true;
  }

  private boolean deliverTriggerWord(RecordSink sink) {
    for (int i = 0; i < kinds.length; i++) {
      boolean isNumber = kinds[i] != MISSING && kinds[i] != NO_NUMBER;
      if (!isNumber && (passedOver >>> i & 1) == 0) {
        return malformed(i, false);
      }
    }
    if (run >= 0) {
      if (!fits(run)) {
        return malformed(run, true);
      }
      sink.run(values[run]);
    }
    sink.triggerWord((int) values[head]);
    return true;
  }

  private boolean fits(int i) {
    return (fitting >>> i & 1) != 0;
  }

  private boolean malformed(int field, boolean isWhole) {
    String expected =
        isWhole
            ? "expected a whole number 0 to " + Long.toUnsignedString(last[field])
            : "expected a number";
    String found =
        switch (kinds[field]) {
          case MISSING -> " is missing, ";
          case NO_NUMBER -> " is no number, ";
          case FRACTION -> " has a fraction, ";
          case UNSIGNED -> " is " + Long.toUnsignedString(values[field]) + ", ";
          default -> " is " + values[field] + ", ";
        };
    error = name(field) + found + expected;
    return false;
  }
}
