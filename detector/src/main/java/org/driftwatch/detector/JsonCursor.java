package org.driftwatch.detector;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A value of a JSON document that knows its path. Reads it as what is expected, or says in one line
 * what was found: {@code document: chambers[1].firstChannel is 70000, expected a whole number 0 to
 * 448}. Immutable.
 */
final class JsonCursor {
  private static final int LONGEST_QUOTE = 40;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // A message quotes numbers as they are written.
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          // A message would quote the file, lines and all.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final String document;
  private final String path;
  private final JsonNode value;

  private JsonCursor(String document, String path, JsonNode value) {
    this.document = document;
    this.path = path;
    this.value = value;
  }

  /**
   * The outermost value of a document, which may hold comments.
   *
   * @param document what it is, for messages
   * @throws IOException where the bytes are not JSON, with the line
   */
  static JsonCursor of(String document, byte[] json) throws IOException {
    try {
      return new JsonCursor(document, "", MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : " line " + at.getLineNr() + " column " + at.getColumnNr();
      // Jackson quotes the names of fields, and these may hold anything.
      throw new IOException(document + line + ": " + OneLine.of(e.getOriginalMessage()), e);
    } catch (IOException | NumberFormatException e) {
      throw new IOException(document + ": " + OneLine.of(String.valueOf(e.getMessage())), e);
    }
  }

  /** This value, which must be an object with none but these fields. */
  JsonCursor object(String... fields) throws IOException {
    if (!value.isObject()) {
      throw expected("an object");
    }
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!List.of(fields).contains(name)) {
        throw new IOException(
            document
                + ": "
                + inside(quoted(name))
                + " is unknown, "
                + NearName.hint(name, List.of(fields)));
      }
    }
    return this;
  }

  /** The field of an object, which may be missing. */
  JsonCursor get(String field) {
    return new JsonCursor(document, inside(field), value.path(field));
  }

  private String inside(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /** Where the value is in its document. */
  String path() {
    return path;
  }

  boolean isMissing() {
    return value.isMissingNode();
  }

  boolean isList() {
    return value.isArray();
  }

  /** This value, or this number where it is missing. */
  JsonCursor or(int otherwise) {
    return or(JsonNodeFactory.instance.numberNode(otherwise));
  }

  /** This value, or this word where it is missing. */
  JsonCursor or(String otherwise) {
    return or(JsonNodeFactory.instance.textNode(otherwise));
  }

  /** This value, or this truth where it is missing. */
  JsonCursor or(boolean otherwise) {
    return or(JsonNodeFactory.instance.booleanNode(otherwise));
  }

  /** This value, or an empty list where it is missing. */
  JsonCursor orEmpty() {
    return or(JsonNodeFactory.instance.arrayNode());
  }

  private JsonCursor or(JsonNode otherwise) {
    return isMissing() ? new JsonCursor(document, path, otherwise) : this;
  }

  /** Refuses the field where it is there. */
  void refuse(String because) throws IOException {
    if (!isMissing()) {
      throw error(because);
    }
  }

  /** The elements of a list. */
  List<JsonCursor> list(int least, int most, String what) throws IOException {
    if (!value.isArray() || value.size() < least || value.size() > most) {
      throw expected("a list of " + range(least, most) + " " + what);
    }
    List<JsonCursor> elements = new ArrayList<>();
    for (JsonNode element : value) {
      elements.add(new JsonCursor(document, path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  /**
   * A list of whole numbers, none twice.
   *
   * @param shortest least length of the list
   * @param longest greatest length of the list
   * @param what it lists
   * @param least smallest of the numbers
   * @param most largest of the numbers
   */
  List<Integer> distinct(int shortest, int longest, String what, int least, int most)
      throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (JsonCursor element : list(shortest, longest, what)) {
      int number = element.whole(least, most);
      if (numbers.contains(number)) {
        throw element.expected("each number once");
      }
      numbers.add(number);
    }
    return numbers;
  }

  /** A number without a fraction. */
  int whole(int least, int most) throws IOException {
    if (!value.isIntegralNumber() || !value.canConvertToInt() || outside(least, most)) {
      throw expected("a whole number " + range(least, most));
    }
    return value.intValue();
  }

  private boolean outside(int least, int most) {
    return value.intValue() < least || value.intValue() > most;
  }

  private static String range(int least, int most) {
    return least == most ? String.valueOf(least) : least + " to " + most;
  }

  /**
   * A number in this range.
   *
   * @param what such as {@code a number of mm}
   * @param decimals most decimals
   */
  BigDecimal decimal(String what, String least, String most, int decimals) throws IOException {
    String expected = what + ", " + least + " to " + most;
    // A number beyond all doubles is infinite in Jackson's tree, even one of BigDecimals.
    if (!value.isNumber()
        || Double.isInfinite(value.doubleValue())
        || value.decimalValue().compareTo(new BigDecimal(least)) < 0
        || value.decimalValue().compareTo(new BigDecimal(most)) > 0) {
      throw expected(expected);
    }
    BigDecimal number = value.decimalValue().stripTrailingZeros();
    if (number.scale() > decimals) {
      throw expected(expected + ", with at most " + decimals + " decimals");
    }
    return number.scale() < 0 ? number.setScale(0) : number;
  }

  /** A number in this range, as close as a double comes. */
  double number(String what, String least, String most) throws IOException {
    return decimal(what, least, most, Integer.MAX_VALUE).doubleValue();
  }

  /** Text that says something on a single line. */
  String text(int longest) throws IOException {
    String text = value.textValue();
    if (text == null
        || text.isBlank()
        || text.length() > longest
        || !OneLine.of(text).equals(text)) {
      throw expected("text of 1 to " + longest + " characters on one line");
    }
    return text;
  }

  boolean truth() throws IOException {
    if (!value.isBoolean()) {
      throw expected("true or false");
    }
    return value.booleanValue();
  }

  /** One of these words. */
  String word(List<String> words) throws IOException {
    String word = value.textValue();
    if (word == null || !words.contains(word)) {
      throw expected("one of " + String.join(", ", words));
    }
    return word;
  }

  /** What is wrong with this value, where that can be said without quoting it. */
  IOException error(String what) {
    return new IOException(document + ": " + (path.isEmpty() ? "" : path + ": ") + what);
  }

  /** What this value is, and what it should be. */
  IOException expected(String what) {
    String place = path.isEmpty() ? "" : ": " + path;
    return new IOException(document + place + " is " + found() + ", expected " + what);
  }

  /** This value as a message quotes it. */
  private String found() {
    return switch (value.getNodeType()) {
      case MISSING -> path.isEmpty() ? "empty" : "missing";
      case OBJECT -> "an object";
      case ARRAY -> "a list of " + value.size();
      case STRING -> "\"" + quoted(value.textValue()) + "\"";
      default -> quoted(value.asText());
    };
  }

  private static String quoted(String text) {
    String line = OneLine.of(text);
    return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
  }
}
