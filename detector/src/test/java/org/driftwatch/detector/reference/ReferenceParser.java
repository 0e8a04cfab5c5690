package org.driftwatch.detector.reference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.reference.Parsed.Hit;
import org.driftwatch.detector.reference.Parsed.Malformed;

/**
 * The {@code stream} contract read a second time, slowly: Jackson for JSON, {@code split} for CSV,
 * strings of binary digits for words, {@code BigDecimal} for numbers. It shares nothing with the
 * parser it is held against. Bytes are taken as ISO-8859-1, one character each: what matters of a
 * record is ASCII, and in fields that nobody reads anything may stand.
 */
public final class ReferenceParser {
  private static final List<String> COLUMNS =
      List.of("HEAD", "FPGA", "TDC_CHANNEL", "ORBIT_CNT", "BX_COUNTER", "TDC_MEAS");
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";
  private static final Pattern NUMBER =
      Pattern.compile("([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:[eE]([+-]?[0-9]+))?");
  private static final int LONGEST_NUMBER = 1000;
  private static final int DEEPEST = 64;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(1 + DEEPEST)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private ReferenceParser() {}

  /** Reads one value; {@code words} as its header says. */
  public static Parsed parse(byte[] value, boolean words) {
    Parsed parsed = new Parsed();
    if (value == null || value.length == 0) {
      parsed.malformed().add(new Malformed(0, ""));
    } else if (words) {
      words(value, parsed);
    } else {
      text(new String(value, ISO_8859_1), parsed);
    }
    return parsed;
  }

  private static void words(byte[] value, Parsed parsed) {
    ByteBuffer buffer = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.remaining() >= 8) {
      String bits = String.format("%64s", Long.toBinaryString(buffer.getLong())).replace(' ', '0');
      int head = Integer.parseInt(bits.substring(0, 3), 2);
      if (head == 2) {
        parsed
            .hits()
            .add(
                new Hit(
                    Integer.parseInt(bits.substring(3, 6), 2),
                    Integer.parseInt(bits.substring(6, 15), 2),
                    Long.parseLong(bits.substring(15, 47), 2),
                    Integer.parseInt(bits.substring(47, 59), 2),
                    Integer.parseInt(bits.substring(59, 64), 2)));
      } else {
        parsed.triggerWords().add(head);
      }
    }
    if (buffer.hasRemaining()) {
      byte[] rest = Arrays.copyOfRange(value, buffer.position(), value.length);
      parsed.malformed().add(new Malformed(value.length / 8, new String(rest, ISO_8859_1)));
    }
  }

  private static void text(String value, Parsed parsed) {
    char[] chars = value.toCharArray();
    int at = value.startsWith(BYTE_ORDER_MARK) ? 3 : 0;
    int line = 0;
    boolean blank = true;
    while (at < chars.length) {
      char c = chars[at];
      if (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
        line += c == '\n' ? 1 : 0;
        at++;
        continue;
      }
      blank = false;
      int lineEnd = value.indexOf('\n', at) < 0 ? chars.length : value.indexOf('\n', at);
      String text = value.substring(at, lineEnd);
      int end = c == '{' ? object(chars, at, parsed) : csv(text, parsed) ? lineEnd : -1;
      if (end < 0) {
        parsed.malformed().add(new Malformed(line, text.replaceFirst("[ \t\r]+\\z", "")));
        end = lineEnd;
      }
      for (; at < end; at++) {
        line += chars[at] == '\n' ? 1 : 0;
      }
    }
    if (blank) {
      parsed.malformed().add(new Malformed(0, value));
    }
  }

  /** Reads the object that begins here; where the record ends, or -1. */
  private static int object(char[] chars, int at, Parsed parsed) {
    Map<String, Optional<BigDecimal>> fields = new HashMap<>();
    int end;
    try (JsonParser json = JSON.createParser(new CharArrayReader(chars, at, chars.length - at))) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.getCurrentName();
        JsonToken token = json.nextToken();
        fields.put(
            name,
            token.isNumeric() || token == JsonToken.VALUE_STRING
                ? number(json.getText())
                : Optional.empty());
        boolean sound = checkedNumber(json);
        for (int depth = token.isStructStart() ? 1 : 0; depth > 0; ) {
          token = json.nextToken();
          depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
          sound &= checkedNumber(json);
        }
        if (!sound) {
          return -1;
        }
      }
      end = at + Math.toIntExact(json.getCurrentLocation().getCharOffset());
    } catch (JsonProcessingException e) {
      return -1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    while (end < chars.length && chars[end] != '\n') {
      if (chars[end] != ' ' && chars[end] != '\t' && chars[end] != '\r') {
        return -1;
      }
      end++;
    }
    return record(COLUMNS.stream().map(fields::get).toList(), parsed) ? end : -1;
  }

  private static boolean checkedNumber(JsonParser json) throws IOException {
    return !json.currentToken().isNumeric() || json.getTextLength() <= LONGEST_NUMBER;
  }

  /** Reads a CSV line; false where it is malformed. */
  private static boolean csv(String line, Parsed parsed) {
    if (line.replaceAll("[ \t\r]", "").equalsIgnoreCase(String.join(",", COLUMNS))) {
      return true;
    }
    return record(Arrays.stream(line.split(",", -1)).map(ReferenceParser::number).toList(), parsed);
  }

  /** The number that a text holds and nothing else. */
  private static Optional<BigDecimal> number(String text) {
    String trimmed = text.replaceAll("\\A[ \t\r]+|[ \t\r]+\\z", "");
    Matcher number = NUMBER.matcher(trimmed);
    if (!number.matches() || trimmed.length() > LONGEST_NUMBER) {
      return Optional.empty();
    }
    BigDecimal mantissa = new BigDecimal(number.group(1));
    if (number.group(2) == null) {
      return Optional.of(mantissa);
    }
    // Beyond 5000 every exponent says the same: out of every range, or a fraction.
    BigInteger limit = BigInteger.valueOf(5000);
    BigInteger exponent = new BigInteger(number.group(2)).min(limit).max(limit.negate());
    return Optional.of(mantissa.scaleByPowerOfTen(exponent.intValue()));
  }

  /** Takes the six fields; false where they are no record. */
  private static boolean record(List<Optional<BigDecimal>> fields, Parsed parsed) {
    if (fields.size() != COLUMNS.size()) {
      return false;
    }
    for (Optional<BigDecimal> field : fields) {
      if (field == null || field.isEmpty()) {
        return false;
      }
    }
    List<BigDecimal> numbers = fields.stream().map(Optional::get).toList();
    if (!isWhole(numbers.get(0), 7)) {
      return false;
    }
    int head = numbers.get(0).intValueExact();
    if (head != 2) {
      parsed.triggerWords().add(head);
      return true;
    }
    if (!isWhole(numbers.get(1), 7)
        || !isWhole(numbers.get(2), 511)
        || !isWhole(numbers.get(3), 4294967295L)
        || !isWhole(numbers.get(4), 4095)
        || !isWhole(numbers.get(5), 31)) {
      return false;
    }
    parsed
        .hits()
        .add(
            new Hit(
                numbers.get(1).intValueExact(),
                numbers.get(2).intValueExact(),
                numbers.get(3).longValueExact(),
                numbers.get(4).intValueExact(),
                numbers.get(5).intValueExact()));
    return true;
  }

  private static boolean isWhole(BigDecimal number, long largest) {
    return number.signum() >= 0
        && number.compareTo(BigDecimal.valueOf(largest)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
  }
}
