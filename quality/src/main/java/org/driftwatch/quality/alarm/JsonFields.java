package org.driftwatch.quality.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.quality.Level;

/** Fields of the messages of this package, read and written alike. Errors are of one line. */
final class JsonFields {
  static final int VERSION = 1;
  static final int MAX_BYTES = 1 << 16;

  private static final JsonMapper JSON = mapper();

  private JsonFields() {}

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(16).build());
    return mapper;
  }

  /** A message with nothing but its version. */
  static ObjectNode message() {
    return JSON.createObjectNode().put("version", VERSION);
  }

  static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A message of this version.
   *
   * @throws IOException where it is none
   */
  static JsonNode read(byte[] message) throws IOException {
    if (message.length > MAX_BYTES) {
      throw new IOException(message.length + " bytes, expected " + MAX_BYTES + " at most");
    }
    JsonNode json;
    try {
      json = JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw new IOException("no JSON: " + OneLine.of(e.getOriginalMessage()), e);
    }
    if (!json.isObject() || json.path("version").asInt() != VERSION) {
      throw new IOException("no message of version " + VERSION);
    }
    return json;
  }

  static String schema(String name) {
    try (InputStream in = JsonFields.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isTextual()) {
      throw refusal(name, field, "text");
    }
    return field.textValue();
  }

  /** A text of a line, cleaned of line breaks; empty where it is missing. */
  static String line(JsonNode json, String name) {
    return OneLine.of(json.path(name).asText(""));
  }

  static String level(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  static Level level(JsonNode json, String name) throws IOException {
    for (Level level : Level.values()) {
      if (level(level).equals(json.path(name).textValue())) {
        return level;
      }
    }
    throw refusal(name, json.path(name), "good, undecided, warning or bad");
  }

  static void put(ObjectNode to, String name, Instant time) {
    to.put(name, SummaryJson.key(time));
  }

  /** Nothing where there is none. */
  static void put(ObjectNode to, String name, Optional<Instant> time) {
    time.ifPresent(present -> put(to, name, present));
  }

  static Instant time(JsonNode json, String name) throws IOException {
    try {
      return Instant.parse(json.path(name).asText());
    } catch (DateTimeException e) {
      throw new IOException(
          refusal(name, json.path(name), "a time such as 2026-11-20T20:36:46.000Z").getMessage(),
          e);
    }
  }

  static Optional<Instant> optionalTime(JsonNode json, String name) throws IOException {
    return isThere(json, name) ? Optional.of(time(json, name)) : Optional.empty();
  }

  /** JSON knows no infinite number, nor one that is none: null. */
  static void put(ObjectNode to, String name, double number) {
    if (Double.isFinite(number)) {
      to.put(name, number);
    } else {
      to.putNull(name);
    }
  }

  /** A number; not a number where it is null. */
  static double number(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (field.isNull()) {
      return Double.NaN;
    }
    if (!field.isNumber()) {
      throw refusal(name, field, "a number or null");
    }
    return field.doubleValue();
  }

  static OptionalDouble optionalNumber(JsonNode json, String name) throws IOException {
    return isThere(json, name) ? OptionalDouble.of(number(json, name)) : OptionalDouble.empty();
  }

  static double seconds(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isNumber() || !(field.doubleValue() >= 0)) {
      throw refusal(name, field, "seconds");
    }
    return field.doubleValue();
  }

  static long count(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isIntegralNumber() || !field.canConvertToLong() || field.longValue() < 0) {
      throw refusal(name, field, "a count");
    }
    return field.longValue();
  }

  static boolean flag(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isBoolean()) {
      throw refusal(name, field, "true or false");
    }
    return field.booleanValue();
  }

  /** Nothing where there are none. */
  static void put(ObjectNode to, String name, List<Integer> numbers) {
    if (!numbers.isEmpty()) {
      ArrayNode array = to.putArray(name);
      numbers.forEach(array::add);
    }
  }

  static List<Integer> numbers(JsonNode json, String name) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    if (isThere(json, name)) {
      for (JsonNode number : json.path(name)) {
        if (!number.isInt() || number.intValue() < 0) {
          throw refusal(name, json.path(name), "whole numbers");
        }
        numbers.add(number.intValue());
      }
    }
    return numbers;
  }

  static boolean isThere(JsonNode json, String name) {
    return !json.path(name).isMissingNode() && !json.path(name).isNull();
  }

  static IOException refusal(String name, JsonNode field, String expected) {
    String found = field.isMissingNode() ? "missing" : OneLine.of(field.toString());
    return new IOException(
        name
            + " is "
            + (found.length() > 80 ? found.substring(0, 80) + "..." : found)
            + ", expected "
            + expected);
  }
}
