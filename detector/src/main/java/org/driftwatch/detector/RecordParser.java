package org.driftwatch.detector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the value of a {@code stream} record in any format of the contract, recognised by content:
 * a JSON object with the record's six fields, a CSV line, several of these one a line, or, where
 * the record's header says so, a block of little-endian 64-bit words. Whatever is none of these
 * goes to {@link RecordSink#malformed} with the reason, and costs no more than its own line or
 * word.
 *
 * <p>Numbers may be JSON numbers, numbers with a zero fraction, or strings that hold such. A hit
 * must have whole numbers within the word's widths; of a trigger word only HEAD must be whole.
 * Blank lines between records and header lines are passed over. Objects nest at most {@value
 * #MAX_DEPTH} deep, numbers have at most 1000 characters.
 *
 * <p>It scans the bytes themselves: no tree, no tokens, no garbage per hit. Not safe for use by
 * several threads; reuse one per thread.
 */
public final class RecordParser {
  /** Deepest nesting taken in fields that are passed over. */
  public static final int MAX_DEPTH = 64;

  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int FIELDS = StreamTopic.COLUMNS.size();
  private static final byte[][] KEYS = new byte[FIELDS][];
  private static final byte[] HEADER =
      String.join(",", StreamTopic.COLUMNS).getBytes(StandardCharsets.US_ASCII);
  private static final long[] LIMITS = {
    HitWord.MAX_HEAD,
    HitWord.MAX_FPGA,
    HitWord.MAX_CHANNEL,
    HitWord.MAX_ORBIT,
    HitWord.MAX_BX,
    HitWord.MAX_TDC
  };

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
  private static final byte[] NOTHING = {};

  private static final byte MISSING = 0;
  private static final byte WHOLE = 1;
  private static final byte FRACTION = 2;
  private static final byte NO_NUMBER = 3;

  static {
    for (int i = 0; i < FIELDS; i++) {
      KEYS[i] = (StreamTopic.COLUMNS.get(i) + "\"").getBytes(StandardCharsets.US_ASCII);
    }
  }

  private final NumberScanner number = new NumberScanner();
  private final long[] values = new long[FIELDS];
  private final byte[] kinds = new byte[FIELDS];
  private boolean escaped;
  private RecordFault fault;
  private String error;

  /**
   * Reads one value.
   *
   * @param value the bytes; null counts as empty
   * @param words true for a block of words, that is, where the record's header {@code format} says
   *     {@code words}
   */
  public void parse(byte[] value, boolean words, RecordSink sink) {
    parse(value == null ? NOTHING : value, 0, value == null ? 0 : value.length, words, sink);
  }

  /**
   * Reads one value that lies among others. What is told to the sink of places counts from its
   * first byte.
   *
   * @param b holds the bytes
   * @param from where its first byte is
   * @param to the place after its last byte
   * @param words as in {@link #parse(byte[], boolean, RecordSink)}
   */
  public void parse(byte[] b, int from, int to, boolean words, RecordSink sink) {
    if (from == to) {
      sink.malformed(
          RecordFault.EMPTY, 0, 0, 0, "empty value, expected JSON, CSV or a block of words");
    } else if (words) {
      words(b, from, to, sink);
    } else {
      text(b, from, to, sink);
    }
  }

  private static void words(byte[] b, int from, int to, RecordSink sink) {
    int length = to - from;
    int whole = length & -HitWord.BYTES;
    for (int pos = from; pos < from + whole; pos += HitWord.BYTES) {
      long word = (long) LITTLE_ENDIAN_LONG.get(b, pos);
      int head = HitWord.head(word);
      if (head == HitWord.HEAD_HIT) {
        sink.hit(word);
      } else {
        sink.triggerWord(head);
      }
    }
    if (whole < length) {
      sink.malformed(
          RecordFault.MID_WORD,
          whole / HitWord.BYTES,
          whole,
          length,
          "block ends in mid-word: " + (length - whole) + " bytes left, expected " + HitWord.BYTES);
    }
  }

  private void text(byte[] b, int from, int end, RecordSink sink) {
    int pos = startsWith(b, from, end, BYTE_ORDER_MARK) ? from + BYTE_ORDER_MARK.length : from;
    boolean blank = true;
    int line = 0;
    int counted = from;
    while (true) {
      pos = skipJsonSpace(b, pos, end);
      if (pos == end) {
        if (blank) {
          sink.malformed(
              RecordFault.EMPTY,
              0,
              0,
              end - from,
              "blank value, expected JSON, CSV or a block of words");
        }
        return;
      }
      int next = b[pos] == '{' ? jsonRecord(b, pos, end, sink) : csvRecord(b, pos, end, sink);
      if (next < 0) {
        int lineEnd = lineEnd(b, pos, end);
        line += lineBreaks(b, counted, pos);
        counted = pos;
        sink.malformed(fault, line, pos - from, trimmedEnd(b, pos, lineEnd) - from, error);
        next = lineEnd;
      }
      pos = next;
      blank = false;
    }
  }

  /** Reads the object at pos and hands it on; the position after it, or -1 with the error set. */
  private int jsonRecord(byte[] b, int pos, int end, RecordSink sink) {
    Arrays.fill(kinds, MISSING);
    int after = object(b, pos, end);
    if (after < 0) {
      return -1;
    }
    int rest = skipSpaces(b, after, end);
    if (rest < end && b[rest] != '\n') {
      return fail("text after the JSON object: " + quote(b, rest, lineEnd(b, rest, end)));
    }
    return deliver(sink) ? rest : -1;
  }

  private int object(byte[] b, int pos, int end) {
    int expected = 0;
    int p = skipJsonSpace(b, pos + 1, end);
    if (p < end && b[p] == '}') {
      return p + 1;
    }
    while (true) {
      if (p >= end || b[p] != '"') {
        return unexpected(b, p, end, "a field's name in quotes");
      }
      p++;
      int field;
      if (expected < FIELDS && startsWith(b, p, end, KEYS[expected])) {
        field = expected;
        p += KEYS[field].length;
      } else {
        int from = p;
        p = string(b, p, end);
        if (p < 0) {
          return -1;
        }
        field = field(b, from, p - 1);
      }
      expected = field + 1;
      if (p >= end || b[p] != ':') {
        p = skipJsonSpace(b, p, end);
        if (p >= end || b[p] != ':') {
          return unexpected(b, p, end, "a colon");
        }
      }
      p = skipJsonSpace(b, p + 1, end);
      p = field < 0 ? skipValue(b, p, end) : fieldValue(b, p, end, field);
      if (p < 0) {
        return -1;
      }
      p = skipJsonSpace(b, p, end);
      if (p < end && b[p] == ',') {
        p = skipJsonSpace(b, p + 1, end);
      } else if (p < end && b[p] == '}') {
        return p + 1;
      } else {
        return unexpected(b, p, end, "a comma or the end of the object");
      }
    }
  }

  /** The field of this name, from and to its bytes, or -1 for a name that is not of the record. */
  private int field(byte[] b, int from, int to) {
    byte[] name = b;
    int first = from;
    int last = to;
    if (escaped) {
      name = unescape(b, from, to);
      first = 0;
      last = name.length;
    }
    for (int i = 0; i < FIELDS; i++) {
      int length = KEYS[i].length - 1;
      if (last - first == length && Arrays.equals(name, first, last, KEYS[i], 0, length)) {
        return i;
      }
    }
    return -1;
  }

  private int fieldValue(byte[] b, int pos, int end, int field) {
    if (pos < end && (b[pos] == '-' || (b[pos] >= '0' && b[pos] <= '9'))) {
      int after = number.scan(b, pos, end, true);
      if (after < 0) {
        return fail(
            StreamTopic.COLUMNS.get(field) + " is no JSON number: " + quoteToken(b, pos, end));
      }
      take(field);
      return after;
    }
    if (pos < end && b[pos] == '"') {
      int after = string(b, pos + 1, end);
      if (after < 0) {
        return -1;
      }
      if (escaped) {
        byte[] text = unescape(b, pos + 1, after - 1);
        numberInText(text, 0, text.length, field);
      } else {
        numberInText(b, pos + 1, after - 1, field);
      }
      return after;
    }
    kinds[field] = NO_NUMBER;
    return skipValue(b, pos, end);
  }

  private void take(int field) {
    kinds[field] = number.whole() ? WHOLE : FRACTION;
    values[field] = number.value();
  }

  /** Reads the field from text that holds a number and nothing but spaces around it. */
  private void numberInText(byte[] b, int from, int to, int field) {
    int first = skipSpaces(b, from, to);
    int last = trimmedEnd(b, first, to);
    if (number.scan(b, first, last, false) == last) {
      take(field);
    } else {
      kinds[field] = NO_NUMBER;
    }
  }

  private int csvRecord(byte[] b, int pos, int end, RecordSink sink) {
    int lineEnd = lineEnd(b, pos, end);
    int field = 0;
    int from = pos;
    for (int p = pos; p <= lineEnd; p++) {
      if (p == lineEnd || b[p] == ',') {
        if (field < FIELDS) {
          numberInText(b, from, p, field);
        }
        field++;
        from = p + 1;
      }
    }
    if (field != FIELDS) {
      return fail(
          RecordFault.COLUMNS,
          field
              + (field == 1 ? " field" : " fields")
              + ", expected "
              + FIELDS
              + ": "
              + quote(b, pos, lineEnd));
    }
    if (kinds[0] == NO_NUMBER && isHeader(b, pos, lineEnd)) {
      return lineEnd;
    }
    return deliver(sink) ? lineEnd : -1;
  }

  /** Hands on the record whose fields were read; false with the error set where it is malformed. */
  private boolean deliver(RecordSink sink) {
    if (kinds[0] != WHOLE || values[0] < 0 || values[0] > HitWord.MAX_HEAD) {
      return malformedField(0);
    }
    int head = (int) values[0];
    if (head == HitWord.HEAD_HIT) {
      for (int i = 1; i < FIELDS; i++) {
        if (kinds[i] != WHOLE || values[i] < 0 || values[i] > LIMITS[i]) {
          return malformedField(i);
        }
      }
      sink.hit(
          HitWord.hit(
              (int) values[1], (int) values[2], values[3], (int) values[4], (int) values[5]));
    } else {
      for (int i = 1; i < FIELDS; i++) {
        if (kinds[i] != WHOLE && kinds[i] != FRACTION) {
          return malformedField(i);
        }
      }
      sink.triggerWord(head);
    }
    return true;
  }

  private boolean malformedField(int field) {
    String expected =
        field == 0 || values[0] == HitWord.HEAD_HIT
            ? "expected a whole number 0 to " + LIMITS[field]
            : "expected a number";
    String found =
        switch (kinds[field]) {
          case MISSING -> " is missing, ";
          case WHOLE -> " is " + values[field] + ", ";
          case FRACTION -> " has a fraction, ";
          default -> " is no number, ";
        };
    fault = RecordFault.FIELD;
    error = StreamTopic.COLUMNS.get(field) + found + expected;
    return false;
  }

  /** Passes over one JSON value of any kind, checking its grammar. */
  private int skipValue(byte[] b, int pos, int end) {
    long objects = 0;
    int depth = 0;
    int p = pos;
    while (true) {
      if (p >= end) {
        return unexpected(b, p, end, "a value");
      }
      byte c = b[p];
      boolean opened = c == '{' || c == '[';
      if (opened) {
        if (depth == MAX_DEPTH) {
          return fail("nested more than " + MAX_DEPTH + " deep");
        }
        objects = objects << 1 | (c == '{' ? 1 : 0);
        depth++;
        p = skipJsonSpace(b, p + 1, end);
        boolean closes = p < end && b[p] == (c == '{' ? '}' : ']');
        if (!closes) {
          p = c == '{' ? skipName(b, p, end) : p;
          if (p < 0) {
            return -1;
          }
          continue;
        }
      } else {
        p = skipScalar(b, p, end);
        if (p < 0) {
          return -1;
        }
      }
      while (true) {
        if (depth == 0) {
          return p;
        }
        p = skipJsonSpace(b, p, end);
        boolean inObject = (objects & 1) != 0;
        if (p < end && b[p] == (inObject ? '}' : ']')) {
          p++;
          depth--;
          objects >>>= 1;
        } else if (p < end && b[p] == ',') {
          p = skipJsonSpace(b, p + 1, end);
          p = inObject ? skipName(b, p, end) : p;
          if (p < 0) {
            return -1;
          }
          break;
        } else {
          return unexpected(b, p, end, "a comma or the end of the nested value");
        }
      }
    }
  }

  private int skipName(byte[] b, int pos, int end) {
    if (pos >= end || b[pos] != '"') {
      return unexpected(b, pos, end, "a field's name in quotes");
    }
    int p = string(b, pos + 1, end);
    if (p < 0) {
      return -1;
    }
    p = skipJsonSpace(b, p, end);
    if (p >= end || b[p] != ':') {
      return unexpected(b, p, end, "a colon");
    }
    return skipJsonSpace(b, p + 1, end);
  }

  private int skipScalar(byte[] b, int pos, int end) {
    byte c = b[pos];
    if (c == '"') {
      return string(b, pos + 1, end);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
      int after = number.scan(b, pos, end, true);
      return after < 0 ? fail("no JSON number: " + quoteToken(b, pos, end)) : after;
    }
    String literal = c == 't' ? "true" : c == 'f' ? "false" : c == 'n' ? "null" : null;
    if (literal != null && literal.equals(ascii(b, pos, Math.min(end, pos + literal.length())))) {
      return pos + literal.length();
    }
    return unexpected(b, pos, end, "a value");
  }

  /** Passes over a string whose first character is at pos; the position after its quote. */
  private int string(byte[] b, int pos, int end) {
    escaped = false;
    for (int p = pos; p < end; p++) {
      byte c = b[p];
      if (c == '"') {
        return p + 1;
      }
      if (c >= 0 && c < ' ') {
        return fail("control character " + c + " in a string");
      }
      if (c == '\\') {
        escaped = true;
        p++;
        if (p < end && b[p] == 'u') {
          for (int digit = 0; digit < 4; digit++) {
            p++;
            if (p >= end || Character.digit(b[p], 16) < 0) {
              return fail("\\u without four hexadecimal digits in a string");
            }
          }
        } else if (p < end && "\"\\/bfnrt".indexOf(b[p]) < 0) {
          return fail("unknown escape \\" + quote(b, p, p + 1) + " in a string");
        }
      }
    }
    return fail("truncated: the value ends within a string");
  }

  /** The text of a string whose escapes are known to be right. */
  private static byte[] unescape(byte[] b, int from, int to) {
    StringBuilder text = new StringBuilder();
    String raw = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char code = raw.charAt(i++);
      switch (code) {
        case 'u' -> {
          text.append((char) Integer.parseInt(raw.substring(i, i + 4), 16));
          i += 4;
        }
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        default -> text.append(code);
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isHeader(byte[] b, int from, int to) {
    int h = 0;
    for (int p = from; p < to; p++) {
      byte c = b[p];
      if (c == ' ' || c == '\t' || c == '\r') {
        continue;
      }
      if (h == HEADER.length || Character.toUpperCase(c) != HEADER[h]) {
        return false;
      }
      h++;
    }
    return h == HEADER.length;
  }

  private static boolean startsWith(byte[] b, int pos, int end, byte[] key) {
    return end - pos >= key.length && Arrays.equals(b, pos, pos + key.length, key, 0, key.length);
  }

  private static int skipJsonSpace(byte[] b, int pos, int end) {
    int p = pos;
    while (p < end && (b[p] == ' ' || b[p] == '\n' || b[p] == '\r' || b[p] == '\t')) {
      p++;
    }
    return p;
  }

  private static int skipSpaces(byte[] b, int pos, int end) {
    int p = pos;
    while (p < end && (b[p] == ' ' || b[p] == '\t' || b[p] == '\r')) {
      p++;
    }
    return p;
  }

  private static int trimmedEnd(byte[] b, int from, int to) {
    int p = to;
    while (p > from && (b[p - 1] == ' ' || b[p - 1] == '\t' || b[p - 1] == '\r')) {
      p--;
    }
    return p;
  }

  private static int lineEnd(byte[] b, int pos, int end) {
    int p = pos;
    while (p < end && b[p] != '\n') {
      p++;
    }
    return p;
  }

  private static int lineBreaks(byte[] b, int from, int to) {
    int breaks = 0;
    for (int p = from; p < to; p++) {
      breaks += b[p] == '\n' ? 1 : 0;
    }
    return breaks;
  }

  private int fail(String reason) {
    return fail(RecordFault.SYNTAX, reason);
  }

  private int fail(RecordFault kind, String reason) {
    fault = kind;
    error = reason;
    return -1;
  }

  private int unexpected(byte[] b, int pos, int end, String expected) {
    return fail(
        pos >= end
            ? "truncated: the value ends where " + expected + " was expected"
            : "found " + quoteToken(b, pos, end) + " where " + expected + " was expected");
  }

  private static String quoteToken(byte[] b, int pos, int end) {
    return quote(b, pos, Math.min(end, pos + 24));
  }

  /** Bytes as printable text in quotes, at most 40 characters. */
  private static String quote(byte[] b, int from, int to) {
    StringBuilder text = new StringBuilder("'");
    int shown = Math.min(to, from + 40);
    for (int p = from; p < shown; p++) {
      text.append(b[p] >= ' ' && b[p] < 127 ? (char) b[p] : '?');
    }
    return text.append(shown < to ? "...'" : "'").toString();
  }

  private static String ascii(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.US_ASCII);
  }
}
