package org.driftwatch.detector;

import static org.driftwatch.detector.ByteText.ascii;
import static org.driftwatch.detector.ByteText.quote;
import static org.driftwatch.detector.ByteText.quoteToken;
import static org.driftwatch.detector.ByteText.skipJsonSpace;

import java.nio.charset.StandardCharsets;

/**
 * The grammar of JSON, over bytes: passes over strings and over values of any kind. Its methods
 * give the position after what they passed over, or -1 where the grammar is broken; then {@link
 * #error} says how. Not safe for use by several threads.
 */
final class JsonScanner {
  private final NumberScanner number = new NumberScanner();
  private boolean escaped;
  private String error = "";

  /** What is wrong, after a method has given -1. */
  String error() {
    return error;
  }

  /** True where the string last passed over has escapes. */
  boolean escaped() {
    return escaped;
  }

  /**
   * Passes over one JSON value of any kind, checking its grammar.
   *
   * @param within how many values it lies in, of the {@link RecordParser#MAX_DEPTH} that there may
   *     be
   */
  int skipValue(byte[] b, int pos, int end, int within) {
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
        if (depth + within == RecordParser.MAX_DEPTH) {
          return fail("nested more than " + RecordParser.MAX_DEPTH + " deep");
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
  int string(byte[] b, int pos, int end) {
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
  static byte[] unescape(byte[] b, int from, int to) {
    StringBuilder text = new StringBuilder();
    String raw = new String(b, from, to - from, StandardCharsets.UTF_8);
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

  /** Gives -1, for this reason. */
  int fail(String reason) {
    error = reason;
    return -1;
  }

  /** Gives -1, since what is at this position is not what was expected. */
  int unexpected(byte[] b, int pos, int end, String expected) {
    return fail(
        pos >= end
            ? "truncated: the value ends where " + expected + " was expected"
            : "found " + quoteToken(b, pos, end) + " where " + expected + " was expected");
  }
}
