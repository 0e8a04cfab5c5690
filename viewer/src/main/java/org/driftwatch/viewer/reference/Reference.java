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
import org.driftwatch.detector.OneLine;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.export.WholeFile;
import org.driftwatch.viewer.model.ChannelLayout;

/**
 * An accumulation kept to be compared with: a JSON file with the run configuration's name, the
 * number of windows, and the sum as a message of the topic {@code results}.
 *
 * @param name of the file, for the screen
 * @param run name of the run configuration it was taken with
 * @param windows how many windows it sums up
 * @param sum the sum
 */
public record Reference(String name, String run, int windows, WindowSummary sum) {
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
    json.put("run", run);
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
          String.valueOf(file.getFileName()), json.path("run").asText(), windows.intValue(), sum);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : " line " + at.getLineNr();
      throw new IOException(
          "reference " + file + line + " is no JSON: " + OneLine.of(e.getOriginalMessage()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("reference " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Checks that data of these channels can be compared with it.
   *
   * @throws IOException if the bins differ, saying which
   */
  public void checkFits(ChannelLayout channels) throws IOException {
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      int mine = sum.chamber(chamber).occupancy().edge(0);
      if (mine != channels.firstChannel(chamber)) {
        throw new IOException(
            "reference "
                + name
                + " has other bins: chamber "
                + chamber
                + " begins at TDC channel "
                + mine
                + ", the data at "
                + channels.firstChannel(chamber)
                + "; only the same bins are compared");
      }
    }
  }
}
