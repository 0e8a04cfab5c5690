package org.driftwatch.quality;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/**
 * The file of a reference: a JSON object with the detector's name, the number of windows, and their
 * sum as a message of the topic {@code results}. Immutable.
 *
 * @param detector name of the detector it was taken with
 * @param windows how many windows it sums up
 * @param sum the sum
 */
public record SavedReference(String detector, int windows, WindowSummary sum) {
  private static final String FORMAT = "driftwatch-reference";
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // A message would quote the file, lines and all.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /** The file's content. */
  public byte[] write() throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("detector", detector);
    json.put("windows", windows);
    json.set("sum", MAPPER.readTree(SummaryJson.write(sum)));
    return (MAPPER.writeValueAsString(json) + "\n").getBytes(UTF_8);
  }

  /**
   * Reads a file.
   *
   * @throws IOException with one line that says the file, what is wrong and what was expected
   */
  public static SavedReference load(Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("reference " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("reference " + file + ": " + e.getMessage(), e);
    }
    return read(file, content);
  }

  /**
   * Reads a file's content.
   *
   * @throws IOException with one line that says the file, what is wrong and what was expected
   */
  public static SavedReference read(Path file, byte[] content) throws IOException {
    try {
      JsonNode json = MAPPER.readTree(content);
      if (!json.path("format").asText().equals(FORMAT)) {
        throw new IOException("not a reference: \"format\" is not \"" + FORMAT + "\"");
      }
      if (json.path("version").asInt() != VERSION) {
        throw new IOException("version " + json.path("version") + ", expected " + VERSION);
      }
      if (!json.path("sum").isObject()) {
        throw new IOException("\"sum\" is missing, expected a window summary");
      }
      JsonNode windows = json.path("windows");
      if (!windows.isInt() || windows.intValue() < 0) {
        throw new IOException(
            "\"windows\" is missing or no count, expected how many windows \"sum\" adds up");
      }
      return new SavedReference(
          json.path("detector").asText(),
          windows.intValue(),
          SummaryJson.read(MAPPER.writeValueAsBytes(json.path("sum"))));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : " line " + at.getLineNr();
      throw new IOException(
          "reference " + file + line + " is no JSON: " + OneLine.of(e.getOriginalMessage()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("reference " + file + ": " + e.getMessage(), e);
    }
  }
}
