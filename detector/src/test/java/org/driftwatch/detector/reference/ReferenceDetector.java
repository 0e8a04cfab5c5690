package org.driftwatch.detector.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.reference.Parsed.Place;

/**
 * A detector description read a second time: the JSON tree, and what its fields mean. Checks
 * nothing, and shares nothing with the reader that it is held against.
 */
public final class ReferenceDetector {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(JsonParser.Feature.ALLOW_COMMENTS)
          .build();

  private final JsonNode json;

  private ReferenceDetector(JsonNode json) {
    this.json = json;
  }

  /**
   * A field of a record.
   *
   * @param is its role; {@code board} for a station, too
   * @param name its JSON name or JSON Pointer
   * @param bits its width
   * @param lowestBit its place in a word; empty where there is none
   * @param first what the first one is called
   */
  public record Field(String is, String name, int bits, Optional<Integer> lowestBit, int first) {
    /** The largest number that it holds. */
    BigInteger largest() {
      return BigInteger.TWO.pow(bits).subtract(BigInteger.ONE);
    }
  }

  /**
   * A chamber.
   *
   * @param cells where the hits of each cell are
   * @param wires which wire each cell has
   * @param layers number of layers
   * @param wiresPerLayer number of wires of a layer
   * @param layerShifts shift of each layer from the bottom, in cells
   * @param firstBin number of the occupancy's first bin
   * @param driftOffsetNs added to the drift time, ns
   * @param view the coordinate that it measures
   * @param placeMm place of its middle along that, mm
   * @param heightMm height of its middle, mm
   */
  public record Chamber(
      List<Place> cells,
      List<Wire> wires,
      int layers,
      int wiresPerLayer,
      List<BigDecimal> layerShifts,
      int firstBin,
      BigDecimal driftOffsetNs,
      String view,
      BigDecimal placeMm,
      BigDecimal heightMm) {}

  /**
   * A wire of a chamber.
   *
   * @param layer its layer, 0 at the bottom
   * @param number its number in the layer, from 0
   */
  public record Wire(int layer, int number) {}

  /** The detector that this description describes. */
  public static ReferenceDetector of(String description) {
    try {
      return new ReferenceDetector(MAPPER.readTree(description));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A detector whose description comes with Driftwatch. */
  public static ReferenceDetector shipped(String name) {
    String file = "detectors/" + name + ".json";
    try (InputStream in = DetectorDescription.class.getResourceAsStream(file)) {
      return of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The fields in column order. */
  List<Field> fields() {
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : record().get("fields")) {
      String is = field.get("is").textValue();
      fields.add(
          new Field(
              is.equals("station") ? "board" : is,
              field.get("name").textValue(),
              field.path("bits").asInt(is.equals("orbit") ? orbitBits() : 0),
              field.has("lowestBit")
                  ? Optional.of(field.get("lowestBit").intValue())
                  : Optional.empty(),
              field.path("first").asInt(0)));
    }
    return fields;
  }

  private Optional<Field> field(String is) {
    return fields().stream().filter(field -> field.is().equals(is)).findFirst();
  }

  private int first(String is) {
    return field(is).map(Field::first).orElse(0);
  }

  /** What the description says of records. */
  JsonNode record() {
    return json.get("record");
  }

  /** Bits of the orbit counter. */
  public int orbitBits() {
    return json.at("/clock/orbitBits").intValue();
  }

  /** Length of a crossing, ns. */
  public BigDecimal crossingNs() {
    return json.at("/clock/crossingNs").decimalValue();
  }

  /** Ticks of a crossing. */
  public int ticksPerCrossing() {
    return json.at("/clock/ticksPerCrossing").intValue();
  }

  /** How long the orbit counter lasts until it is 0 again, ns. */
  public BigDecimal turnNs() {
    return crossingNs()
        .multiply(json.at("/clock/crossingsPerOrbit").decimalValue())
        .multiply(new BigDecimal(BigInteger.TWO.pow(orbitBits())));
  }

  /** Bytes of a block in a file of blocks; 0 where the file is a single one. */
  public int blockBytes() {
    int words = record().path("blockWords").asInt(0);
    return words == 0 ? 0 : 8 * (record().path("blockHeader").size() + words);
  }

  /** The chambers in order. */
  public List<Chamber> chambers() {
    List<Chamber> chambers = new ArrayList<>();
    for (JsonNode chamber : json.get("chambers")) {
      List<Place> cells = cells(chamber);
      chambers.add(
          new Chamber(
              cells,
              wires(chamber, cells.size()),
              chamber.get("layers").intValue(),
              chamber.get("wires").intValue(),
              layerShifts(chamber),
              firstBin(cells),
              decimal(chamber, "driftOffsetNs"),
              chamber.get("view").textValue(),
              decimal(chamber, "xMm"),
              decimal(chamber, "zMm")));
    }
    return chambers;
  }

  private static BigDecimal decimal(JsonNode of, String field) {
    return of.has(field) ? of.get(field).decimalValue() : BigDecimal.ZERO;
  }

  private List<Place> cells(JsonNode chamber) {
    int board = board(chamber);
    int layers = chamber.get("layers").intValue();
    int wires = chamber.get("wires").intValue();
    List<Place> cells = new ArrayList<>();
    if (field("layer").isPresent()) {
      for (int layer = 0; layer < layers; layer++) {
        for (int wire = 0; wire < wires; wire++) {
          cells.add(new Place(board, 0, first("layer") + layer, first("wire") + wire));
        }
      }
    } else if (chamber.has("channels")) {
      for (JsonNode channel : chamber.get("channels")) {
        cells.add(
            channel.isArray()
                ? new Place(channel.get(0).intValue(), channel.get(1).intValue(), 0, 0)
                : new Place(board, channel.intValue(), 0, 0));
      }
    } else {
      int size = chamber.has("cells") ? chamber.get("cells").size() : layers * wires;
      for (int cell = 0; cell < size; cell++) {
        cells.add(new Place(board, chamber.get("firstChannel").intValue() + cell, 0, 0));
      }
    }
    return cells;
  }

  private List<Wire> wires(JsonNode chamber, int size) {
    int layers = chamber.get("layers").intValue();
    int wires = chamber.get("wires").intValue();
    List<Wire> places = new ArrayList<>();
    for (int cell = 0; cell < size; cell++) {
      if (field("layer").isPresent()) {
        places.add(new Wire(cell / wires, cell % wires));
      } else if (chamber.has("cells")) {
        JsonNode at = chamber.get("cells").get(cell);
        places.add(new Wire(at.get(0).intValue() - 1, at.get(1).intValue() - 1));
      } else {
        JsonNode order = chamber.get("layerOrder");
        places.add(
            chamber.path("wiresFirst").asBoolean(false)
                ? new Wire(order.get(cell / wires).intValue() - 1, cell % wires)
                : new Wire(order.get(cell % layers).intValue() - 1, cell / layers));
      }
    }
    return places;
  }

  private static List<BigDecimal> layerShifts(JsonNode chamber) {
    List<BigDecimal> shifts = new ArrayList<>();
    for (int layer = 0; layer < chamber.get("layers").intValue(); layer++) {
      shifts.add(
          chamber.has("layerShifts")
              ? chamber.get("layerShifts").get(layer).decimalValue()
              : new BigDecimal(layer % 2 == 0 ? "0.5" : "0"));
    }
    return shifts;
  }

  /** Width of a cell, mm. */
  public BigDecimal cellWidthMm() {
    return json.get("cellWidthMm").decimalValue();
  }

  /** Height of a cell, mm. */
  public BigDecimal cellHeightMm() {
    return json.get("cellHeightMm").decimalValue();
  }

  /** Drift velocity, um/ns. */
  public BigDecimal driftVelocityUmPerNs() {
    return json.get("driftVelocityUmPerNs").decimalValue();
  }

  private static int board(JsonNode of) {
    return of.path("board").asInt(of.path("station").asInt(0));
  }

  /** Its first channel from 0, where its channels are those of one board in a row; else 0. */
  private int firstBin(List<Place> cells) {
    Place first = cells.get(0);
    for (int cell = 0; cell < cells.size(); cell++) {
      if (!cells.get(cell).equals(new Place(first.board(), first.channel() + cell, 0, 0))) {
        return 0;
      }
    }
    return first.channel() - first("channel");
  }

  /** The scintillators. */
  public List<Place> scintillators() {
    List<Place> places = new ArrayList<>();
    for (JsonNode scintillator : json.get("scintillators")) {
      places.add(
          new Place(
              board(scintillator),
              scintillator.path("channel").asInt(0),
              scintillator.path("layer").asInt(0),
              scintillator.path("wire").asInt(0)));
    }
    return places;
  }
}
