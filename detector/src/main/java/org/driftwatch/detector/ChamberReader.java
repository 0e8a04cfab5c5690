package org.driftwatch.detector;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.driftwatch.detector.DetectorDescription.Cell;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.DetectorDescription.View;

/**
 * Reads the chambers and scintillators of a detector description. Knows those that it read before:
 * no two have the same channel or name.
 */
final class ChamberReader {
  private static final int LONGEST_NAME = 40;
  private static final int MAX_LAYERS = 64;

  private final Format format;
  private final String boardWord;
  private final boolean hasScintillator;
  private final Map<Channel, String> owners = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /**
   * Reads chambers whose hits come in records of this format.
   *
   * @param boardWord what its records call a board
   */
  ChamberReader(Format format, String boardWord, boolean hasScintillator) {
    this.format = format;
    this.boardWord = boardWord;
    this.hasScintillator = hasScintillator;
  }

  Chamber chamber(JsonCursor chamber) throws IOException {
    chamber.object(
        "name",
        "board",
        "station",
        "firstChannel",
        "channels",
        "layers",
        "wires",
        "layerOrder",
        "wiresFirst",
        "cells",
        "view",
        "xMm",
        "zMm",
        "layerShifts",
        "driftOffsetNs",
        "deadCells",
        "weakCells",
        "hotCells");
    String name = chamber.get("name").text(LONGEST_NAME);
    if (!names.add(name)) {
      throw chamber.get("name").expected("another name than that of a chamber before it");
    }
    int layers = chamber.get("layers").whole(1, numbers(Role.LAYER, MAX_LAYERS));
    int wires =
        chamber.get("wires").whole(1, numbers(Role.WIRE, DetectorDescription.MAX_CELLS / layers));
    List<Channel> channels = new ArrayList<>();
    List<Cell> cells = new ArrayList<>();
    if (format.isByLayerAndWire()) {
      byLayerAndWire(chamber, layers, wires, channels, cells);
    } else {
      channels.addAll(channels(chamber, layers * wires));
      cells.addAll(cells(chamber, layers, wires, channels.size()));
    }
    claim(chamber, channels);
    return new Chamber(
        name,
        channels,
        cells,
        layers,
        wires,
        chamber.get("view").word(List.of("x", "y")).equals("x") ? View.X : View.Y,
        mm(chamber.get("xMm").or(0)),
        mm(chamber.get("zMm")),
        layerShifts(chamber.get("layerShifts"), layers),
        driftOffset(
            hasScintillator ? chamber.get("driftOffsetNs") : chamber.get("driftOffsetNs").or(0)),
        known(chamber.get("deadCells").orEmpty(), cells.size()),
        known(chamber.get("weakCells").orEmpty(), cells.size()),
        known(chamber.get("hotCells").orEmpty(), cells.size()));
  }

  /** How many of these a record can tell apart, and at most so many. */
  private int numbers(Role role, int most) {
    return format.field(role).map(field -> Math.min(most, numbers(field))).orElse(most);
  }

  private static int numbers(Field field) {
    return (1 << field.bits()) - field.first();
  }

  private void byLayerAndWire(
      JsonCursor chamber, int layers, int wires, List<Channel> channels, List<Cell> cells)
      throws IOException {
    for (String field : List.of("firstChannel", "channels", "layerOrder", "wiresFirst", "cells")) {
      chamber.get(field).refuse("the records say layer and wire; expected none");
    }
    int board = board(chamber);
    for (int layer = 0; layer < layers; layer++) {
      for (int wire = 0; wire < wires; wire++) {
        channels.add(new Channel(board, layerAndWire(layer, wire)));
        cells.add(new Cell(layer + 1, wire + 1));
      }
    }
  }

  /** Layer and wire from 0 in one number, see {@link HitLayout}. */
  private int layerAndWire(int layer, int wire) {
    return layer << format.field(Role.WIRE).orElseThrow().bits() | wire;
  }

  /** The board of a chamber or scintillator, from 0; 0 where the records say none. */
  private int board(JsonCursor of) throws IOException {
    JsonCursor said = of.get(boardWord);
    JsonCursor other = of.get(boardWord.equals("board") ? "station" : "board");
    if (!said.isMissing()) {
      other.refuse(boardWord + " is the same; expected one of them");
    }
    JsonCursor either = other.isMissing() ? said : other;
    if (format.field(Role.BOARD).isEmpty()) {
      either.refuse("the records say no board; expected none");
      return 0;
    }
    return counted(either, Role.BOARD);
  }

  /** A number as the records call it, counted from 0. */
  private int counted(JsonCursor number, Role role) throws IOException {
    Field field = format.field(role).orElseThrow();
    return number.whole(field.first(), (1 << field.bits()) - 1) - field.first();
  }

  private List<Channel> channels(JsonCursor chamber, int size) throws IOException {
    JsonCursor list = chamber.get("channels");
    if (list.isMissing()) {
      return channelsInARow(chamber, size);
    }
    chamber.get("firstChannel").refuse("channels names them all; expected one of the two");
    List<JsonCursor> elements = list.list(1, size, "channels, one per cell");
    boolean isPairs = elements.stream().allMatch(JsonCursor::isList);
    int board = isPairs && boardIsMissing(chamber) ? 0 : board(chamber);
    List<Channel> channels = new ArrayList<>();
    for (JsonCursor element : elements) {
      if (element.isList() && format.field(Role.BOARD).isPresent()) {
        List<JsonCursor> pair = element.list(2, 2, "numbers, board and channel");
        channels.add(
            new Channel(counted(pair.get(0), Role.BOARD), counted(pair.get(1), Role.CHANNEL)));
      } else {
        channels.add(new Channel(board, counted(element, Role.CHANNEL)));
      }
    }
    return channels;
  }

  private static boolean boardIsMissing(JsonCursor chamber) {
    return chamber.get("board").isMissing() && chamber.get("station").isMissing();
  }

  private List<Channel> channelsInARow(JsonCursor chamber, int size) throws IOException {
    int board = board(chamber);
    int cells = size;
    JsonCursor list = chamber.get("cells");
    if (list.isList()) {
      cells = list.list(1, size, "cells").size();
    }
    return row(board, chamber.get("firstChannel"), cells);
  }

  private List<Channel> row(int board, JsonCursor firstChannel, int cells) throws IOException {
    Field field = format.field(Role.CHANNEL).orElseThrow();
    if (cells > numbers(field)) {
      throw firstChannel.error(
          "there are %d cells, expected at most %d, as many as %s can tell apart"
              .formatted(cells, numbers(field), field.name()));
    }
    int last = (1 << field.bits()) - cells;
    int first = firstChannel.whole(field.first(), last) - field.first();
    List<Channel> channels = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      channels.add(new Channel(board, first + cell));
    }
    return channels;
  }

  private static List<Cell> cells(JsonCursor chamber, int layers, int wires, int size)
      throws IOException {
    JsonCursor list = chamber.get("cells");
    if (!list.isMissing()) {
      chamber.get("layerOrder").refuse("cells names them all; expected one of the two");
      chamber.get("wiresFirst").refuse("cells names them all; expected one of the two");
      return listedCells(list, layers, wires, size);
    }
    List<Integer> order = chamber.get("layerOrder").distinct(layers, layers, "layers", 1, layers);
    boolean wiresFirst = chamber.get("wiresFirst").or(false).truth();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      cells.add(
          wiresFirst
              ? new Cell(order.get(i / wires), i % wires + 1)
              : new Cell(order.get(i % layers), i / layers + 1));
    }
    return cells;
  }

  private static List<Cell> listedCells(JsonCursor list, int layers, int wires, int size)
      throws IOException {
    Set<Cell> taken = new HashSet<>();
    List<Cell> cells = new ArrayList<>();
    for (JsonCursor element : list.list(size, size, "cells, one per channel")) {
      List<JsonCursor> pair = element.list(2, 2, "numbers, layer and wire");
      Cell cell = new Cell(pair.get(0).whole(1, layers), pair.get(1).whole(1, wires));
      if (!taken.add(cell)) {
        throw element.error(
            "layer %d wire %d is taken by a channel before it; expected each cell once"
                .formatted(cell.layer(), cell.wire()));
      }
      cells.add(cell);
    }
    return cells;
  }

  private static double mm(JsonCursor value) throws IOException {
    return value.number("a number of mm", "-1000000", "1000000");
  }

  private static BigDecimal driftOffset(JsonCursor value) throws IOException {
    return value.decimal("a number of ns", "-1000000", "1000000", 3);
  }

  private static List<Double> layerShifts(JsonCursor list, int layers) throws IOException {
    List<Double> shifts = new ArrayList<>();
    if (list.isMissing()) {
      for (int layer = 1; layer <= layers; layer++) {
        shifts.add(layer % 2 == 1 ? 0.5 : 0);
      }
      return shifts;
    }
    for (JsonCursor shift : list.list(layers, layers, "shifts, one per layer")) {
      shifts.add(shift.number("a number of cells", "-1", "1"));
    }
    return shifts;
  }

  private static List<Integer> known(JsonCursor cells, int size) throws IOException {
    return cells.distinct(0, size, "cells", 0, size - 1);
  }

  /** The channel of a scintillator. */
  Channel scintillator(JsonCursor scintillator) throws IOException {
    Channel channel;
    if (format.isByLayerAndWire()) {
      scintillator.object("board", "station", "layer", "wire");
      channel =
          new Channel(
              board(scintillator),
              layerAndWire(
                  counted(scintillator.get("layer"), Role.LAYER),
                  counted(scintillator.get("wire"), Role.WIRE)));
    } else {
      scintillator.object("board", "station", "channel");
      channel =
          new Channel(board(scintillator), counted(scintillator.get("channel"), Role.CHANNEL));
    }
    claim(scintillator, List.of(channel));
    return channel;
  }

  private void claim(JsonCursor by, List<Channel> channels) throws IOException {
    for (Channel channel : channels) {
      String other = owners.put(channel, by.path());
      if (other != null) {
        throw by.error(asRecordsSay(channel) + " is already taken by " + other);
      }
    }
  }

  private String asRecordsSay(Channel channel) {
    String address =
        format
            .field(Role.WIRE)
            .map(
                wire ->
                    said(Role.LAYER, channel.channel() >> wire.bits())
                        + said(Role.WIRE, channel.channel() & (1 << wire.bits()) - 1))
            .orElseGet(() -> said(Role.CHANNEL, channel.channel()));
    return (said(Role.BOARD, channel.board()) + address).strip();
  }

  private String said(Role role, int number) {
    Optional<Field> field = format.field(role);
    String word = role == Role.BOARD ? boardWord : role.name().toLowerCase(Locale.ROOT);
    return field.map(f -> word + " " + (f.first() + number) + " ").orElse("");
  }

  /** A chamber as a run configuration of earlier versions describes it. */
  Chamber chamberOfARunConfiguration(JsonCursor chamber, String name, DetectorDescription course)
      throws IOException {
    chamber.object(
        "fpga",
        "firstChannel",
        "driftOffsetNs",
        "zMm",
        "turned",
        "deadCells",
        "weakCells",
        "hotCells");
    Chamber like = course.chambers().get(0);
    int board = counted(chamber.get("fpga"), Role.BOARD);
    List<Channel> channels = row(board, chamber.get("firstChannel"), like.size());
    claim(chamber, channels);
    return new Chamber(
        name,
        channels,
        like.cells(),
        like.layers(),
        like.wires(),
        chamber.get("turned").truth() ? View.Y : View.X,
        like.xMm(),
        mm(chamber.get("zMm")),
        like.layerShifts(),
        driftOffset(chamber.get("driftOffsetNs")),
        known(chamber.get("deadCells"), like.size()),
        known(chamber.get("weakCells"), like.size()),
        known(chamber.get("hotCells"), like.size()));
  }

  /** A scintillator as a run configuration of earlier versions describes it. */
  Channel scintillatorOfARunConfiguration(JsonCursor scintillator) throws IOException {
    scintillator.object("fpga", "channel");
    Channel channel =
        new Channel(
            counted(scintillator.get("fpga"), Role.BOARD),
            counted(scintillator.get("channel"), Role.CHANNEL));
    claim(scintillator, List.of(channel));
    return channel;
  }
}
