package org.driftwatch.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * What small JSON messages of topics have in common: how they are read and written, and how a field
 * that is none is refused, in one line.
 */
public final class JsonMessage {
  private static final int DEEPEST = 16;
  private static final int MOST_SHOWN = 80;
  private static final JsonMapper JSON = mapper();

  private JsonMessage() {}

  private static JsonMapper mapper() {
    JsonMapper mapper =
        JsonMapper.builder().disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return mapper;
  }

  /** A message with nothing but its version. */
  public static ObjectNode ofVersion(int version) {
    return JSON.createObjectNode().put("version", version);
  }

  /** A message as UTF-8 JSON. */
  public static byte[] write(ObjectNode message) {
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a message.
   *
   * @throws IOException where it is longer, no JSON, or nested too deeply
   */
  public static JsonNode read(byte[] message, int mostBytes) throws IOException {
    if (message.length > mostBytes) {
      throw new IOException(message.length + " bytes, expected " + mostBytes + " at most");
    }
    try {
      return JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw new IOException("no JSON: " + OneLine.of(e.getOriginalMessage()), e);
    }
  }

  /**
   * A time.
   *
   * @throws IOException where the field is none
   */
  public static Instant time(JsonNode json, String name) throws IOException {
    try {
      return Instant.parse(json.path(name).asText());
    } catch (DateTimeException e) {
      IOException refusal =
          refusal(name, json.path(name), "a time such as 2026-11-20T20:36:46.000Z");
      refusal.initCause(e);
      throw refusal;
    }
  }

  /**
   * Seconds, 0 or more.
   *
   * @throws IOException where the field is none
   */
  public static double seconds(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isNumber() || !(field.doubleValue() >= 0)) {
      throw refusal(name, field, "seconds");
    }
    return field.doubleValue();
  }

  /**
   * A count, 0 or more.
   *
   * @throws IOException where the field is none
   */
  public static long count(JsonNode json, String name) throws IOException {
    JsonNode field = json.path(name);
    if (!field.isIntegralNumber() || !field.canConvertToLong() || field.longValue() < 0) {
      throw refusal(name, field, "a count");
    }
    return field.longValue();
  }

  /** Says in one line that a field is not as expected. */
  public static IOException refusal(String name, JsonNode field, String expected) {
    String found = field.isMissingNode() ? "missing" : OneLine.of(field.toString());
    return new IOException(
        name
            + " is "
            + (found.length() > MOST_SHOWN ? found.substring(0, MOST_SHOWN) + "..." : found)
            + ", expected "
            + expected);
  }

  /** A JSON Schema that lies beside a class. */
  public static String schema(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
