package org.driftwatch.viewer.reference;

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
import java.util.Optional;
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.export.WholeFile;
import org.driftwatch.viewer.model.ChannelLayout;

/**
 * An accumulation kept to be compared with: a JSON file with the detector's name, the number of
 * windows, and the sum as a message of the topic {@code results}.
 *
 * @param name of the file, for the screen
 * @param detector name of the detector it was taken with
 * @param windows how many windows it sums up
 * @param sum the sum
 */
public record Reference(String name, String detector, int windows, WindowSummary sum) {
  private static final String FORMAT = "driftwatch-reference";
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          // A message would quote the file, lines and all.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /**
   * Writes the file, whole or not at all.
   *
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("format", FORMAT);
    json.put("version", VERSION);
    json.put("detector", detector);
    json.put("windows", windows);
    json.set("sum", MAPPER.readTree(SummaryJson.write(sum)));
    WholeFile.write(file, (MAPPER.writeValueAsString(json) + "\n").getBytes(UTF_8));
  }

  /**
   * Reads a file.
   *
   * @throws IOException with one line that says the file, what is wrong and what was expected
   */
  public static Reference load(Path file) throws IOException {
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

  /** Reads a file's content; errors name the file. */
  static Reference read(Path file, byte[] content) throws IOException {
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
      WindowSummary sum = SummaryJson.read(MAPPER.writeValueAsBytes(json.path("sum")));
      ChannelLayout.of(sum);
      return new Reference(
          String.valueOf(file.getFileName()),
          json.path("detector").asText(),
          windows.intValue(),
          sum);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : " line " + at.getLineNr();
      throw new IOException(
          "reference " + file + line + " is no JSON: " + OneLine.of(e.getOriginalMessage()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("reference " + file + ": " + e.getMessage(), e);
    }
  }

  /** Why data of these channels cannot be compared with it, in one line; empty if they can. */
  public Optional<String> objection(ChannelLayout data) {
    ChannelLayout mine = ChannelLayout.of(sum);
    if (!mine.counts().equals(data.counts())) {
      return Optional.of(
          "reference "
              + name
              + " is of another detector: it has "
              + mine.words()
              + ", the data "
              + data.words());
    }
    for (int chamber = 0; chamber < mine.chambers(); chamber++) {
      if (mine.firstChannel(chamber) != data.firstChannel(chamber)) {
        return Optional.of(
            "reference "
                + name
                + " has other bins: chamber "
                + chamber
                + " begins at TDC channel "
                + mine.firstChannel(chamber)
                + ", the data at "
                + data.firstChannel(chamber)
                + "; only the same bins are compared");
      }
    }
    return Optional.empty();
  }
}
