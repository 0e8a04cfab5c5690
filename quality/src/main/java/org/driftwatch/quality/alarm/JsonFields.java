package org.driftwatch.quality.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.driftwatch.detector.JsonMessage;
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.quality.Level;

/** Fields of the messages of this package, read and written alike. Errors are of one line. */
final class JsonFields {
  static final int VERSION = 1;
  static final int MAX_BYTES = 1 << 16;

  private JsonFields() {}

  /** A message with nothing but its version. */
  static ObjectNode message() {
    return JsonMessage.ofVersion(VERSION);
  }

  /**
   * A message of this version.
   *
   * @throws IOException where it is none
   */
  static JsonNode read(byte[] message) throws IOException {
    JsonNode json = JsonMessage.read(message, MAX_BYTES);
    if (!json.isObject() || json.path("version").asInt() != VERSION) {
      throw new IOException("no message of version " + VERSION);
    }
    return json;
  }

  static String text(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isTextual()) {
      throw JsonMessage.refusal(name, field, "text");
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
    throw JsonMessage.refusal(name, json.path(name), "good, undecided, warning or bad");
  }

  static void put(ObjectNode to, String name, Instant time) {
    to.put(name, SummaryJson.key(time));
  }

  /** Nothing where there is none. */
  static void put(ObjectNode to, String name, Optional<Instant> time) {
    time.ifPresent(present -> put(to, name, present));
  }

  static Optional<Instant> optionalTime(JsonNode json, String name) throws IOException {
    return isThere(json, name) ? Optional.of(JsonMessage.time(json, name)) : Optional.empty();
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
      throw JsonMessage.refusal(name, field, "a number or null");
    }
    return field.doubleValue();
  }

  static OptionalDouble optionalNumber(JsonNode json, String name) throws IOException {
    return isThere(json, name) ? OptionalDouble.of(number(json, name)) : OptionalDouble.empty();
  }

  static boolean flag(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isBoolean()) {
      throw JsonMessage.refusal(name, field, "true or false");
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
          throw JsonMessage.refusal(name, json.path(name), "whole numbers");
        }
        numbers.add(number.intValue());
      }
    }
    return numbers;
  }

  static boolean isThere(JsonNode json, String name) {
    return !json.path(name).isMissingNode() && !json.path(name).isNull();
  }
}
