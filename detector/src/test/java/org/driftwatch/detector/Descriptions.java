package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Detector descriptions as JSON trees, to be changed place by place. */
final class Descriptions {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Descriptions() {}

  /** A file of this folder of resources. */
  static byte[] bytes(String resource) {
    try (InputStream in = DescriptionReader.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A description that comes with Driftwatch. */
  static ObjectNode shipped(String name) {
    return (ObjectNode) parse(new String(bytes("detectors/" + name + ".json"), UTF_8));
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the reader makes of it. */
  static DetectorDescription read(JsonNode json) throws IOException {
    return DescriptionReader.read("my.json", json.toString().getBytes(UTF_8));
  }

  /** Every place but the outermost: the fields of objects and the elements of lists. */
  static List<JsonPointer> places(JsonNode json) {
    List<JsonPointer> places = new ArrayList<>();
    collect(json, JsonPointer.empty(), places);
    return places;
  }

  private static void collect(JsonNode json, JsonPointer at, List<JsonPointer> places) {
    if (!at.matches()) {
      places.add(at);
    }
    json.fields()
        .forEachRemaining(f -> collect(f.getValue(), at.appendProperty(f.getKey()), places));
    if (json.isArray()) {
      for (int i = 0; i < json.size(); i++) {
        collect(json.get(i), at.appendIndex(i), places);
      }
    }
  }

  /** Puts a value at a place, or behind the last element of its list. */
  static void set(JsonNode json, JsonPointer place, JsonNode value) {
    JsonNode parent = json.at(place.head());
    String key = place.last().getMatchingProperty();
    if (parent instanceof ArrayNode list) {
      int index = Integer.parseInt(key);
      if (index == list.size()) {
        list.add(value);
      } else {
        list.set(index, value);
      }
    } else {
      ((ObjectNode) parent).set(key, value);
    }
  }

  static void remove(JsonNode json, JsonPointer place) {
    JsonNode parent = json.at(place.head());
    String key = place.last().getMatchingProperty();
    if (parent instanceof ArrayNode list) {
      list.remove(Integer.parseInt(key));
    } else {
      ((ObjectNode) parent).remove(key);
    }
  }

  /** A place as messages write it: {@code chambers[1].zMm}. */
  static String path(JsonPointer place) {
    StringBuilder path = new StringBuilder();
    for (String step : Arrays.asList(place.toString().substring(1).split("/"))) {
      if (step.matches("[0-9]+")) {
        path.append('[').append(step).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step);
      }
    }
    return path.toString();
  }
}
