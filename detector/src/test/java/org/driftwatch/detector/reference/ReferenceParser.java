package org.driftwatch.detector.reference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.reference.Parsed.Hit;
import org.driftwatch.detector.reference.Parsed.Malformed;
import org.driftwatch.detector.reference.Parsed.Place;
import org.driftwatch.detector.reference.ReferenceDetector.Field;

/**
 * The {@code stream} contract read a second time, slowly: Jackson for JSON, {@code split} for CSV,
 * strings of binary digits for words, {@code BigDecimal} for numbers. It shares nothing with the
 * parser it is held against. Bytes are taken as ISO-8859-1, one character each: what matters of a
 * record is ASCII, and in fields that nobody reads anything may stand. So the names of a
 * description's fields must be ASCII, too.
 */
public final class ReferenceParser {
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

  private final ReferenceDetector detector;
  private final JsonNode format;
  private final List<Field> fields;
  private final String header;
  private final Set<Integer> hitHeads = new HashSet<>();

  /** A parser of a detector's records. */
  public ReferenceParser(ReferenceDetector detector) {
    this.detector = detector;
    format = detector.record();
    fields = detector.fields();
    header = withoutSpace(fields.stream().map(Field::name).collect(Collectors.joining(",")));
    format.path("hitHeads").forEach(head -> hitHeads.add(head.intValue()));
  }

  /** Reads one value, of which so much is known. */
  public Parsed parse(byte[] value, ValueFormat known) {
    Parsed parsed = new Parsed();
    boolean areWords = format.path("valuesWithoutFormat").asText("text").equals("words");
    if (value == null || value.length == 0) {
      parsed.malformed().add(new Malformed(0, ""));
    } else if (known == ValueFormat.TEXT || (known == ValueFormat.UNMARKED && !areWords)) {
      text(new String(value, ISO_8859_1), parsed);
    } else {
      words(value, known == ValueFormat.BARE_WORDS ? 0 : format.path("blockHeader").size(), parsed);
    }
    return parsed;
  }

  private void words(byte[] value, int headerWords, Parsed parsed) {
    boolean isText =
        fields.stream().anyMatch(f -> !f.is().equals("other") && f.lowestBit().isEmpty());
    if (isText || (headerWords > 0 && value.length <= 8 * headerWords)) {
      parsed.malformed().add(new Malformed(0, new String(value, ISO_8859_1)));
      return;
    }
    Optional<Long> run = Optional.empty();
    int at = 0;
    for (; at + 8 <= value.length; at += 8) {
      String bits = bits(value, at);
      if (at / 8 >= headerWords) {
        word(bits, run, parsed);
      } else if (format.get("blockHeader").get(at / 8).get("is").textValue().equals("run")) {
        JsonNode word = format.get("blockHeader").get(at / 8);
        int lowest = word.path("lowestBit").asInt(0);
        run = Optional.of(field(bits, lowest, word.path("bits").asInt(63)).longValueExact());
      }
    }
    if (at < value.length) {
      byte[] rest = Arrays.copyOfRange(value, at, value.length);
      parsed.malformed().add(new Malformed(at / 8, new String(rest, ISO_8859_1)));
    }
  }

  /** The 64 binary digits of a word, the most significant one first. */
  private String bits(byte[] value, int at) {
    boolean isBig = format.path("byteOrder").asText("little").equals("big");
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      int b = value[isBig ? at + i : at + 7 - i] & 0xff;
      bits.append(Integer.toBinaryString(0x100 | b).substring(1));
    }
    return bits.toString();
  }

  private static BigInteger field(String bits, int lowest, int width) {
    return new BigInteger(bits.substring(Math.max(0, 64 - lowest - width), 64 - lowest), 2);
  }

  private void word(String bits, Optional<Long> blockRun, Parsed parsed) {
    Map<String, BigInteger> numbers = new HashMap<>();
    for (Field field : fields) {
      if (!field.is().equals("other")) {
        numbers.put(field.is(), field(bits, field.lowestBit().orElseThrow(), field.bits()));
      }
    }
    take(numbers, blockRun, parsed);
  }

  private void text(String value, Parsed parsed) {
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
  private int object(char[] chars, int at, Parsed parsed) {
    Object tree;
    int end;
    try (JsonParser json = JSON.createParser(new CharArrayReader(chars, at, chars.length - at))) {
      json.nextToken();
      tree = tree(json);
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
    return record(fields.stream().map(field -> at(tree, field.name())).toList(), parsed) ? end : -1;
  }

  /** The value that begins here: a map, a list, or text that is a number or holds one. */
  private static Object tree(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> map = new HashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.getCurrentName();
        json.nextToken();
        map.put(name, tree(json));
      }
      return map;
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> list = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        list.add(tree(json));
      }
      return list;
    }
    if (token.isNumeric() && json.getTextLength() > LONGEST_NUMBER) {
      throw new JsonParseException(json, "long number");
    }
    return token.isNumeric() || token == JsonToken.VALUE_STRING ? json.getText() : Map.of();
  }

  /** The number at a name or a JSON Pointer. */
  private static Optional<BigDecimal> at(Object tree, String name) {
    List<String> path =
        name.startsWith("/") ? Arrays.asList(name.substring(1).split("/", -1)) : List.of(name);
    Object node = tree;
    for (String step : path) {
      String key = name.startsWith("/") ? step.replace("~1", "/").replace("~0", "~") : step;
      if (node instanceof Map<?, ?> map) {
        node = map.get(key);
      } else if (node instanceof List<?> list && key.matches("0|[1-9][0-9]{0,3}")) {
        int index = Integer.parseInt(key);
        node = index < list.size() ? list.get(index) : null;
      } else {
        node = null;
      }
    }
    return node instanceof String text ? number(text) : Optional.empty();
  }

  /** Reads a CSV line; false where it is malformed. */
  private boolean csv(String line, Parsed parsed) {
    if (withoutSpace(line).equalsIgnoreCase(header)) {
      return true;
    }
    return record(Arrays.stream(line.split(",", -1)).map(ReferenceParser::number).toList(), parsed);
  }

  private static String withoutSpace(String line) {
    return line.replace(" ", "").replace("\t", "").replace("\r", "");
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

  /** Takes the fields in column order; false where they are no record. */
  private boolean record(List<Optional<BigDecimal>> columns, Parsed parsed) {
    if (columns.size() != fields.size()) {
      return false;
    }
    Map<String, BigDecimal> found = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      String is = fields.get(i).is();
      if (!is.equals("other")) {
        if (columns.get(i).isEmpty()) {
          return false;
        }
        found.put(is, columns.get(i).get());
      }
    }
    Map<String, BigInteger> numbers = new HashMap<>();
    for (Field field : fields) {
      BigDecimal number = found.get(field.is());
      if (number != null && isWhole(number, field.largest())) {
        numbers.put(field.is(), number.toBigIntegerExact());
      }
    }
    // Only the kind and the run of a trigger word must be whole.
    Set<String> needed = new HashSet<>(found.keySet());
    if (numbers.containsKey("head") && !isHit(numbers)) {
      needed.retainAll(Set.of("head", "run"));
    }
    if (!numbers.keySet().containsAll(needed)) {
      return false;
    }
    take(numbers, Optional.empty(), parsed);
    return true;
  }

  private static boolean isWhole(BigDecimal number, BigInteger largest) {
    return number.signum() >= 0
        && number.compareTo(new BigDecimal(largest)) <= 0
        && number.stripTrailingZeros().scale() <= 0;
  }

  private boolean isHit(Map<String, BigInteger> numbers) {
    return !numbers.containsKey("head") || hitHeads.contains(numbers.get("head").intValueExact());
  }

  private void take(Map<String, BigInteger> numbers, Optional<Long> blockRun, Parsed parsed) {
    Optional<Long> run =
        numbers.containsKey("run") ? Optional.of(numbers.get("run").longValueExact()) : blockRun;
    run.ifPresent(parsed.runs()::add);
    if (!isHit(numbers)) {
      parsed.triggerWords().add(number(numbers, "head"));
      return;
    }
    BigInteger orbit = numbers.get("orbit");
    if (numbers.containsKey("arrival")
        && number(numbers, "arrival") < format.at("/arrival/arrivalBelow").intValue()
        && number(numbers, "crossing") > format.at("/arrival/crossingAbove").intValue()) {
      orbit = orbit.subtract(BigInteger.ONE).mod(BigInteger.TWO.pow(detector.orbitBits()));
    }
    parsed
        .hits()
        .add(
            new Hit(
                number(numbers, "head"),
                new Place(
                    number(numbers, "board"),
                    number(numbers, "channel"),
                    number(numbers, "layer"),
                    number(numbers, "wire")),
                orbit,
                number(numbers, "crossing"),
                number(numbers, "tick"),
                run));
  }

  private static int number(Map<String, BigInteger> numbers, String is) {
    return numbers.getOrDefault(is, BigInteger.ZERO).intValueExact();
  }
}
