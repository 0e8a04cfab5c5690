package org.driftwatch.detector;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What changes from run to run: which board and channels a chamber is read by, the scintillator's
 * channel, the drift-time offsets, the geometry, and the cells known to be bad. Read from a JSON
 * file; {@link #course()} is the default. Immutable.
 *
 * @param name the run configuration's name, for messages and screens
 * @param chambers the four chambers, in order
 * @param scintillator the scintillator's channel
 * @param cellWidthMm width of a drift cell, mm
 * @param cellHeightMm height of a drift cell, mm
 * @param driftVelocityUmPerNs drift velocity, um/ns
 * @param maxDriftNs longest drift, ns
 */
public record RunConfiguration(
    @JsonProperty(required = true) String name,
    @JsonProperty(required = true) List<Chamber> chambers,
    @JsonProperty(required = true) Channel scintillator,
    @JsonProperty(required = true) double cellWidthMm,
    @JsonProperty(required = true) double cellHeightMm,
    @JsonProperty(required = true) double driftVelocityUmPerNs,
    @JsonProperty(required = true) double maxDriftNs)
    implements Serializable {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          // A message would quote the file, lines and all.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  /**
   * A chamber of the telescope.
   *
   * @param fpga board that reads it
   * @param firstChannel TDC_CHANNEL of its cell 0; the chamber has 64 in a row
   * @param driftOffsetNs offset added to the drift time, ns, to a thousandth
   * @param zMm height of the chamber's middle, mm
   * @param turned true where its wires run across those of the others
   * @param deadCells cells known to give nothing, 0 to 63
   * @param weakCells cells known to give next to nothing
   * @param hotCells cells known to be noisy
   */
  public record Chamber(
      @JsonProperty(required = true) int fpga,
      @JsonProperty(required = true) int firstChannel,
      @JsonProperty(required = true) BigDecimal driftOffsetNs,
      @JsonProperty(required = true) double zMm,
      @JsonProperty(required = true) boolean turned,
      @JsonProperty(required = true) List<Integer> deadCells,
      @JsonProperty(required = true) List<Integer> weakCells,
      @JsonProperty(required = true) List<Integer> hotCells)
      implements Serializable {

    /** Copies the lists. */
    public Chamber {
      deadCells = copy("deadCells", deadCells);
      weakCells = copy("weakCells", weakCells);
      hotCells = copy("hotCells", hotCells);
    }

    private static List<Integer> copy(String list, List<Integer> cells) {
      if (cells == null) {
        throw new IllegalArgumentException(list + " is missing; expected a list, empty if none");
      }
      for (Integer cell : cells) {
        if (cell == null || cell < 0 || cell >= Telescope.CELLS) {
          throw new IllegalArgumentException(
              list + " names cell " + cell + ", expected 0 to " + (Telescope.CELLS - 1));
        }
      }
      return List.copyOf(cells);
    }

    /** The drift-time offset in thousandths of a nanosecond. */
    public long driftOffsetPs() {
      return driftOffsetNs.movePointRight(3).longValueExact();
    }
  }

  /**
   * A channel of a board.
   *
   * @param fpga board, 0 to 7
   * @param channel TDC_CHANNEL, 0 to 511
   */
  public record Channel(
      @JsonProperty(required = true) int fpga, @JsonProperty(required = true) int channel)
      implements Serializable {}

  /** Checks that the numbers are within the word's widths and no channel is named twice. */
  public RunConfiguration {
    if (chambers == null || chambers.size() != Telescope.CHAMBERS) {
      throw new IllegalArgumentException(
          "chambers: expected "
              + Telescope.CHAMBERS
              + ", found "
              + (chambers == null ? 0 : chambers.size()));
    }
    chambers = List.copyOf(chambers);
    if (scintillator == null) {
      throw new IllegalArgumentException("scintillator: expected its fpga and channel");
    }
    checkChannel("scintillator", scintillator.fpga(), scintillator.channel());
    boolean[] taken = new boolean[(HitWord.MAX_FPGA + 1) * (HitWord.MAX_CHANNEL + 1)];
    taken[boardChannel(scintillator.fpga(), scintillator.channel())] = true;
    for (int i = 0; i < chambers.size(); i++) {
      Chamber chamber = chambers.get(i);
      String where = "chamber " + i;
      checkChannel(where, chamber.fpga(), chamber.firstChannel());
      checkChannel(where, chamber.fpga(), chamber.firstChannel() + Telescope.CELLS - 1);
      if (chamber.driftOffsetNs() == null
          || chamber.driftOffsetNs().stripTrailingZeros().scale() > 3
          || chamber.driftOffsetNs().abs().compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
        throw new IllegalArgumentException(
            where
                + ": driftOffsetNs "
                + chamber.driftOffsetNs()
                + ", expected ns to at most three decimals, within +-1000000");
      }
      for (int cell = 0; cell < Telescope.CELLS; cell++) {
        int key = boardChannel(chamber.fpga(), chamber.firstChannel() + cell);
        if (taken[key]) {
          throw new IllegalArgumentException(
              where
                  + ": fpga "
                  + chamber.fpga()
                  + " channel "
                  + (chamber.firstChannel() + cell)
                  + " is already taken by another chamber or the scintillator");
        }
        taken[key] = true;
      }
    }
    if (!(cellWidthMm > 0 && cellHeightMm > 0 && driftVelocityUmPerNs > 0 && maxDriftNs > 0)) {
      throw new IllegalArgumentException(
          "cellWidthMm, cellHeightMm, driftVelocityUmPerNs and maxDriftNs must be above 0");
    }
  }

  private static int boardChannel(int fpga, int channel) {
    return fpga * (HitWord.MAX_CHANNEL + 1) + channel;
  }

  private static void checkChannel(String where, int fpga, int channel) {
    if (fpga < 0 || fpga > HitWord.MAX_FPGA || channel < 0 || channel > HitWord.MAX_CHANNEL) {
      throw new IllegalArgumentException(
          where
              + ": fpga "
              + fpga
              + " channel "
              + channel
              + ", expected fpga 0 to "
              + HitWord.MAX_FPGA
              + " and channels 0 to "
              + HitWord.MAX_CHANNEL);
    }
  }

  /** The configuration of the course's data; the default everywhere. */
  public static RunConfiguration course() {
    try (InputStream in = RunConfiguration.class.getResourceAsStream("course.json")) {
      return MAPPER.readValue(in, RunConfiguration.class);
    } catch (IOException e) {
      throw new IllegalStateException("course.json is missing from the program or damaged", e);
    }
  }

  /**
   * Reads a configuration file.
   *
   * @throws IOException with one line that says the file, the place and what was expected
   */
  public static RunConfiguration load(Path file) throws IOException {
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("run configuration " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("run configuration " + file + ": " + e.getMessage(), e);
    }
    return read(file, json);
  }

  /** Reads a file's content; the file is named where it is none. */
  static RunConfiguration read(Path file, byte[] json) throws IOException {
    try {
      return present(MAPPER.readValue(json, RunConfiguration.class));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : " line " + at.getLineNr();
      Throwable cause =
          e instanceof JsonMappingException && e.getCause() instanceof IllegalArgumentException
              ? e.getCause()
              : e;
      String reason =
          cause instanceof JsonProcessingException refused
              ? refused.getOriginalMessage()
              : cause.getMessage();
      // Jackson quotes the names of fields, and these may hold anything.
      throw new IOException("run configuration " + file + line + ": " + OneLine.of(reason), e);
    } catch (IOException e) {
      throw new IOException("run configuration " + file + ": " + e.getMessage(), e);
    }
  }

  private static RunConfiguration present(RunConfiguration run) throws IOException {
    if (run == null) {
      throw new IOException("null in place of a JSON object");
    }
    return run;
  }

  /** The configuration as JSON, readable by {@link #load} and {@link #parse}. */
  public String toJson() {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a configuration from JSON text.
   *
   * @throws IOException where the text is not one
   */
  public static RunConfiguration parse(String json) throws IOException {
    return present(MAPPER.readValue(json, RunConfiguration.class));
  }

  /**
   * Position of a wire across its chamber, mm from the chamber's middle. Source: detector geometry
   * of the course, 7.5 and 7.0 cells to the middle for the shifted and unshifted layers.
   *
   * @param cell TDC_CHANNEL mod 64
   */
  public double wireX(int cell) {
    int layer = Telescope.layer(cell);
    double middle = layer == 4 || layer == 2 ? 7.5 : 7.0;
    return (Telescope.wire(cell) - 1 - middle) * cellWidthMm;
  }

  /**
   * Height of a cell's wire above the chamber's middle, mm: -19.5 for layer 1 to +19.5 for layer 4.
   *
   * @param cell TDC_CHANNEL mod 64
   */
  public double wireZ(int cell) {
    return (Telescope.layer(cell) - 2.5) * cellHeightMm;
  }
}
