package org.driftwatch.detector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * How the JSON records of a producer are written: the text between their numbers, which is the same
 * in each, and what each number is. It is taken from one record that was read in full. Whatever is
 * not written like it, to the byte, is left to those who read in full; so is what no field holds.
 *
 * <p>Text and digits are compared and read eight bytes at a time. Only where a number begins waits
 * for the one before; whether the text between is as expected is asked once, at the end. So there
 * is hardly a branch that depends on what a record holds. Not safe for use by several threads.
 */
final class TextPattern {
  /** Nothing is written like this. */
  static final TextPattern NONE = new TextPattern(new byte[0], List.of());

  /** More numbers than this are left to those who read in full. */
  private static final int MOST_NUMBERS = 64;

  /** Of a number that nothing is read of; with fraction and exponent it may have three of them. */
  private static final int MOST_DIGITS = 300;

  /** What a number is that nothing is read of. */
  private static final int FREE = -1;

  /** Largest value of a field (unsigned), what is taken off it, and its place in a hit's word. */
  record Place(long last, int first, long mask, int shift) {
    private static final Place NOWHERE = new Place(-1, 0, 0, 0);
  }

  /** Where a text is, and what the number behind it is; behind the last text there is none. */
  private record Piece(int from, int to, int field, Place place, boolean isPlain) {}

  // What the table has of each piece, side by side.
  private static final int LENGTH = 0;

  /** How far before its end the text's first eight bytes are; eight where it is shorter. */
  private static final int BACK = 1;

  private static final int HEAD = 2;
  private static final int TAIL = 3;

  /** The bytes of head and tail that are of the text, where it is shorter than they. */
  private static final int MASK = 4;

  private static final int FIELD = 5;
  private static final int LAST = 6;
  private static final int FIRST = 7;
  private static final int PLACE_MASK = 8;
  private static final int SHIFT = 9;

  /** All bits set where a number must not begin with a needless 0. */
  private static final int PLAIN = 10;

  private static final int COLUMNS = 16;

  private final long[] table;

  /** Of each text, what is between its first and its last eight bytes, and these again. */
  private final long[][] eights;

  private final int numbers;
  private long word;

  private TextPattern(byte[] b, List<Piece> pieces) {
    numbers = Math.max(0, pieces.size() - 1);
    table = new long[pieces.size() * COLUMNS];
    eights = new long[pieces.size()][];
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      int row = i * COLUMNS;
      int length = piece.to - piece.from;
      // Texts shorter than eight bytes are compared as the last of eight.
      byte[] padded = new byte[Math.max(length, Long.BYTES)];
      System.arraycopy(b, piece.from, padded, padded.length - length, length);
      table[row + LENGTH] = length;
      table[row + BACK] = padded.length;
      table[row + HEAD] = LittleEndian.getLong(padded, 0);
      table[row + TAIL] = LittleEndian.getLong(padded, padded.length - Long.BYTES);
      table[row + MASK] = -1L << (Byte.SIZE * (padded.length - length));
      table[row + FIELD] = piece.field;
      table[row + LAST] = piece.place.last;
      table[row + FIRST] = piece.place.first;
      table[row + PLACE_MASK] = piece.place.mask;
      table[row + SHIFT] = piece.place.shift;
      table[row + PLAIN] = piece.isPlain ? -1 : 0;
      eights[i] = new long[Math.max(0, (length - 1) / Long.BYTES - 1)];
      for (int k = 0; k < eights[i].length; k++) {
        eights[i][k] = LittleEndian.getLong(padded, (k + 1) * Long.BYTES);
      }
    }
  }

  /** Where in a record its fields' values lie, and values that nothing is read of. */
  static final class Places {
    private static final int MOST_PASSED = 32;
    private final long needed;
    private final int[] from;
    private final int[] to;
    private final int[] passed = new int[2 * MOST_PASSED];
    private int passedSize;
    private boolean noting;

    /**
     * @param needed the fields that a record has, a bit each
     * @param size number of fields there are
     */
    Places(long needed, int size) {
      this.needed = needed;
      from = new int[size];
      to = new int[size];
    }

    /** Begins a record; its places are noted, or not. */
    void begin(boolean isNoting) {
      noting = isNoting;
      if (noting) {
        Arrays.fill(to, 0);
        passedSize = 0;
      }
    }

    /** Notes a field's value, without its quotes; the last one holds. */
    void field(int field, int valueFrom, int valueTo) {
      if (noting) {
        from[field] = valueFrom;
        to[field] = valueTo;
      }
    }

    /** Notes that a field has no value that is taken as it stands. */
    void none(int field) {
      field(field, 0, 0);
    }

    /** Notes a value that nothing is read of. */
    void passed(int valueFrom, int valueTo) {
      if (noting && passedSize < passed.length) {
        passed[passedSize++] = valueFrom;
        passed[passedSize++] = valueTo;
      }
    }

    private boolean isNeeded(int field) {
      return (needed >>> field & 1) != 0;
    }

    private boolean isPlain(byte[] b, int field) {
      boolean isPlain = to[field] > from[field];
      for (int p = from[field]; p < to[field]; p++) {
        isPlain &= isDigit(b[p]);
      }
      return isPlain;
    }

    /** True where all fields that a record has are plain digits. */
    private boolean arePlain(byte[] b) {
      for (int field = 0; field < from.length; field++) {
        if (isNeeded(field) && !isPlain(b, field)) {
          return false;
        }
      }
      return noting;
    }

    /** The field that digits are, or {@link #FREE}. */
    private int field(int digitsFrom, int digitsTo) {
      for (int field = 0; field < from.length; field++) {
        if (isNeeded(field) && from[field] == digitsFrom && to[field] == digitsTo) {
          return field;
        }
      }
      return FREE;
    }

    private boolean isPassed(int digitsFrom, int digitsTo) {
      for (int i = 0; i < passedSize; i += 2) {
        if (passed[i] <= digitsFrom && digitsTo <= passed[i + 1]) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /**
   * How a record is written, or {@link #NONE} where that cannot be told by its text and plain
   * digits alone.
   *
   * @param pos where it begins
   * @param end the position after it
   * @param noted the places of all that is in it
   * @param placeOf the place of each field
   */
  static TextPattern of(byte[] b, int pos, int end, Places noted, IntFunction<Place> placeOf) {
    if (!noted.arePlain(b)) {
      return NONE;
    }
    List<Piece> pieces = new ArrayList<>();
    boolean isInString = false;
    int text = pos;
    for (int p = pos; p < end; p++) {
      if (b[p] == '\\' || pieces.size() > MOST_NUMBERS) {
        return NONE;
      }
      isInString ^= b[p] == '"';
      if (isDigit(b[p])) {
        int from = p;
        while (p + 1 < end && isDigit(b[p + 1])) {
          p++;
        }
        int field = noted.field(from, p + 1);
        // Other digits, as those of a name, are text.
        if (field != FREE || noted.isPassed(from, p + 1)) {
          Place place = field != FREE ? placeOf.apply(field) : Place.NOWHERE;
          boolean isPlain = !isInString && beginsNumber(b, from);
          pieces.add(new Piece(text, from, field, place, isPlain));
          text = p + 1;
        }
      }
    }
    pieces.add(new Piece(text, end, FREE, Place.NOWHERE, false));
    return new TextPattern(b, pieces);
  }

  /** True where digits are not those of a fraction or an exponent. */
  private static boolean beginsNumber(byte[] b, int pos) {
    char before = (char) b[pos - 1];
    boolean isSign = before == '-' || before == '+';
    return ".eE".indexOf(before) < 0 && !(isSign && "eE".indexOf(b[pos - 2]) >= 0);
  }

  /**
   * Reads a record that fills its line.
   *
   * @param values those of the fields are put there
   * @return the position after it; -1 if it is not written like this, or a field does not hold its
   *     number
   */
  int read(byte[] b, int pos, int end, long[] values) {
    long[] t = table;
    // Text is compared backwards from its end, eight bytes or more.
    if (numbers == 0 || pos + t[LENGTH] < Long.BYTES) {
      return -1;
    }
    int lastEight = b.length - Long.BYTES;
    long unlike = 0;
    long beyond = 0;
    long fieldsOfHit = 0;
    int to = pos;
    for (int i = 0; i < numbers; i++) {
      int row = i * COLUMNS;
      int from = to + (int) t[row + LENGTH];
      long bytes = from <= lastEight ? EightDigits.at(b, from) : EightDigits.atEnd(b, from);
      int digits = EightDigits.count(bytes);
      if (digits == 0) {
        return -1;
      }
      to = from + digits;
      unlike |= unlike(i, row, b, from);
      // Negative where the first of several digits is a 0, and must not be.
      beyond |= ((bytes & 0xFF) - 1) & (1 - digits) & t[row + PLAIN];
      long value;
      int field = (int) t[row + FIELD];
      if (digits < Long.BYTES) {
        value = EightDigits.number(bytes, digits);
      } else if (field == FREE) {
        to = endOfDigits(b, from);
        value = 0;
        // Negative where those who read in full might refuse a number for its length.
        beyond |= from + MOST_DIGITS - to;
      } else {
        long more = to <= lastEight ? EightDigits.at(b, to) : EightDigits.atEnd(b, to);
        int moreDigits = EightDigits.count(more);
        value = EightDigits.number(bytes, Long.BYTES);
        if (moreDigits > 0) {
          to += moreDigits;
          value =
              EightDigits.number(bytes, moreDigits) * EightDigits.BEYOND
                  + EightDigits.number(EightDigits.at(b, to - Long.BYTES), Long.BYTES);
        }
      }
      if (field != FREE) {
        // Negative where it is too large: 16 digits are never more than a field of 64 bits holds.
        beyond |= t[row + LAST] - value & ~t[row + LAST];
        values[field] = value;
        fieldsOfHit |= (value - t[row + FIRST] & t[row + PLACE_MASK]) << t[row + SHIFT];
      }
    }
    int row = numbers * COLUMNS;
    int after = to + (int) t[row + LENGTH];
    if (after > end || (after < end && b[after] != '\n')) {
      return -1;
    }
    unlike |= unlike(numbers, row, b, after);
    word = fieldsOfHit;
    return unlike == 0 && beyond >= 0 ? after : -1;
  }

  /** The fields of the record last read, each in its place of a hit's word. */
  long word() {
    return word;
  }

  /** Not 0 where the text that ends here is another. */
  private long unlike(int i, int row, byte[] b, int to) {
    long[] t = table;
    int from = to - (int) t[row + BACK];
    long unlike =
        ((LittleEndian.getLong(b, from) ^ t[row + HEAD])
                | (LittleEndian.getLong(b, to - Long.BYTES) ^ t[row + TAIL]))
            & t[row + MASK];
    for (long eight : eights[i]) {
      from += Long.BYTES;
      unlike |= LittleEndian.getLong(b, from) ^ eight;
    }
    return unlike;
  }

  private static int endOfDigits(byte[] b, int from) {
    int p = from;
    while (p < b.length && isDigit(b[p])) {
      p++;
    }
    return p;
  }
}
