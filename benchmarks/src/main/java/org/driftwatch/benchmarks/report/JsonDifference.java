package org.driftwatch.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Where two JSON values differ. */
public final class JsonDifference {
  private static final int SHOWN = 200;

  private JsonDifference() {}

  /**
   * The first field that differs, with both values; empty where all that is expected is there and
   * equal. Fields beyond the expected ones are left alone.
   */
  public static Optional<String> first(JsonNode expected, JsonNode found) {
    return first("", expected, found);
  }

  private static Optional<String> first(String at, JsonNode expected, JsonNode found) {
    if (expected.isObject() && found.isObject()) {
      for (Iterator<Map.Entry<String, JsonNode>> fields = expected.fields(); fields.hasNext(); ) {
        Map.Entry<String, JsonNode> field = fields.next();
        Optional<String> difference =
            first(at + "." + field.getKey(), field.getValue(), found.path(field.getKey()));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    if (expected.isArray() && found.isArray() && expected.size() == found.size()) {
      for (int i = 0; i < expected.size(); i++) {
        Optional<String> difference = first(at + "[" + i + "]", expected.get(i), found.get(i));
        if (difference.isPresent()) {
          return difference;
        }
      }
      return Optional.empty();
    }
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(at.substring(1) + " is " + shown(found) + ", expected " + shown(expected));
  }

  private static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "missing" : value.toString();
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }
}
