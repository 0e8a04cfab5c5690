package org.driftwatch.detector;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Small steps through bytes that hold text. */
final class ByteText {
  private ByteText() {}

  static boolean startsWith(byte[] b, int pos, int end, byte[] key) {
    return end - pos >= key.length && Arrays.equals(b, pos, pos + key.length, key, 0, key.length);
  }

  static int skipJsonSpace(byte[] b, int pos, int end) {
    int p = pos;
    while (p < end && (b[p] == ' ' || b[p] == '\n' || b[p] == '\r' || b[p] == '\t')) {
      p++;
    }
    return p;
  }

  static int skipSpaces(byte[] b, int pos, int end) {
    int p = pos;
    while (p < end && (b[p] == ' ' || b[p] == '\t' || b[p] == '\r')) {
      p++;
    }
    return p;
  }

  static int trimmedEnd(byte[] b, int from, int to) {
    int p = to;
    while (p > from && (b[p - 1] == ' ' || b[p - 1] == '\t' || b[p - 1] == '\r')) {
      p--;
    }
    return p;
  }

  static int lineEnd(byte[] b, int pos, int end) {
    int p = pos;
    while (p < end && b[p] != '\n') {
      p++;
    }
    return p;
  }

  static int lineBreaks(byte[] b, int from, int to) {
    int breaks = 0;
    for (int p = from; p < to; p++) {
      breaks += b[p] == '\n' ? 1 : 0;
    }
    return breaks;
  }

  /** Without spaces, tabs and carriage returns, small letters of ASCII as capitals. */
  static byte[] plain(byte[] b, int from, int to) {
    byte[] plain = new byte[to - from];
    int length = 0;
    for (int p = from; p < to; p++) {
      byte c = b[p];
      if (c != ' ' && c != '\t' && c != '\r') {
        plain[length++] = c >= 'a' && c <= 'z' ? (byte) (c - 'a' + 'A') : c;
      }
    }
    return Arrays.copyOf(plain, length);
  }

  static String quoteToken(byte[] b, int pos, int end) {
    return quote(b, pos, Math.min(end, pos + 24));
  }

  /** Bytes as printable text in quotes, at most 40 characters. */
  static String quote(byte[] b, int from, int to) {
    StringBuilder text = new StringBuilder("'");
    int shown = Math.min(to, from + 40);
    for (int p = from; p < shown; p++) {
      text.append(b[p] >= ' ' && b[p] < 127 ? (char) b[p] : '?');
    }
    return text.append(shown < to ? "...'" : "'").toString();
  }

  static String ascii(byte[] b, int from, int to) {
    return new String(b, from, to - from, StandardCharsets.US_ASCII);
  }
}
