package org.driftwatch.emulator.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.NearName;

/**
 * A part of a detector, written as in {@code dead:chamber0.layer3.wire7@60s} and as {@link Extent}
 * has it. Chambers and cells count from 0, layers and wires from 1, as in the detector's
 * description; boards have the numbers that they have there. Immutable.
 *
 * @param extent what it is
 * @param name as it was given
 * @param chamber its chamber; -1 where it is of none
 * @param board number of the board, from 0; -1 where it is none
 * @param cells its cells as {@link ChannelMap} numbers them, those of a layer by their wires
 */
public record Place(Extent extent, String name, int chamber, int board, List<Integer> cells) {
  /** What a place can be. */
  public enum Extent {
    ALL("all"),
    CHAMBER("chamberN"),
    LAYER("chamberN.layerM"),
    CELL("chamberN.cellK"),
    SCINTILLATOR("scintillator"),
    BOARD("boardB");

    /** How it is written. */
    private final String form;

    Extent(String form) {
      this.form = form;
    }
  }

  private static final int NONE = -1;
  private static final Pattern OF_CHAMBER =
      Pattern.compile(
          "chamber(\\d{1,6})(?:\\.layer(\\d{1,6})(?:\\.wire(\\d{1,6}))?|\\.cell(\\d{1,6}))?");
  private static final Pattern BOARD = Pattern.compile("board(\\d{1,6})");

  /**
   * Reads a place.
   *
   * @param extents what it may be
   * @throws IllegalArgumentException if it is none of the detector's, with what is wrong
   */
  public static Place parse(String text, DetectorDescription detector, List<Extent> extents) {
    Place place = find(text, detector, extents);
    if (!extents.contains(place.extent)) {
      throw new IllegalArgumentException(text + ", expected " + forms(extents));
    }
    return place;
  }

  private static String forms(List<Extent> extents) {
    return extents.stream().map(extent -> extent.form).collect(Collectors.joining(", "));
  }

  private static Place find(String text, DetectorDescription detector, List<Extent> extents) {
    ChannelMap map = new ChannelMap(detector);
    Matcher ofChamber = OF_CHAMBER.matcher(text);
    if (ofChamber.matches()) {
      return ofChamber(text, detector, ofChamber);
    }
    Matcher board = BOARD.matcher(text);
    if (board.matches()) {
      return board(text, detector, Integer.parseInt(board.group(1)));
    }
    if (text.equals("scintillator")) {
      if (detector.scintillators().isEmpty()) {
        throw new IllegalArgumentException("detector \"" + detector.name() + "\" has none");
      }
      return new Place(Extent.SCINTILLATOR, text, NONE, NONE, List.of(map.scintillator()));
    }
    if (text.equals("all")) {
      List<Integer> cells = IntStream.rangeClosed(0, map.other()).boxed().toList();
      return new Place(Extent.ALL, text, NONE, NONE, cells);
    }
    throw new IllegalArgumentException("\"" + text + "\", " + hint(text, extents));
  }

  /** Compares part by part, leaving the numbers out. */
  private static String hint(String text, List<Extent> extents) {
    StringBuilder meant = new StringBuilder();
    for (String part : text.split("\\.", -1)) {
      String number = part.replaceFirst("^\\D*", "");
      String word = part.substring(0, part.length() - number.length());
      String hint =
          NearName.hint(
              word,
              meant.isEmpty()
                  ? extents.stream().map(extent -> extent.form.split("[NB]", 2)[0]).toList()
                  : List.of("layer", "cell", "wire"));
      Matcher known = Pattern.compile("did you mean (\\w+)\\?").matcher(hint);
      if (!known.matches() || !number.matches("\\d*")) {
        return "expected " + forms(extents);
      }
      meant.append(meant.isEmpty() ? "" : ".").append(known.group(1)).append(number);
    }
    return meant.toString().equals(text)
        ? "expected " + forms(extents)
        : "did you mean " + meant + "?";
  }

  private static Place ofChamber(String text, DetectorDescription detector, Matcher parts) {
    int number = Integer.parseInt(parts.group(1));
    int count = detector.chambers().size();
    if (number >= count) {
      throw new IllegalArgumentException(
          "detector \""
              + detector.name()
              + "\" has "
              + several(count, "chamber")
              + ", expected "
              + range("chamber", 0, count - 1));
    }
    Chamber chamber = detector.chambers().get(number);
    int first = detector.chambers().stream().limit(number).mapToInt(Chamber::size).sum();
    String of = "chamber" + number;
    if (parts.group(4) != null) {
      int cell = Integer.parseInt(parts.group(4));
      if (cell >= chamber.size()) {
        throw new IllegalArgumentException(
            of
                + " has "
                + several(chamber.size(), "cell")
                + ", expected "
                + range("cell", 0, chamber.size() - 1));
      }
      return new Place(Extent.CELL, text, number, NONE, List.of(first + cell));
    }
    if (parts.group(2) == null) {
      List<Integer> cells = IntStream.range(first, first + chamber.size()).boxed().toList();
      return new Place(Extent.CHAMBER, text, number, NONE, cells);
    }
    int layer = Integer.parseInt(parts.group(2));
    if (layer < 1 || layer > chamber.layers()) {
      throw new IllegalArgumentException(
          of
              + " has "
              + several(chamber.layers(), "layer")
              + ", expected "
              + range("layer", 1, chamber.layers()));
    }
    if (parts.group(3) == null) {
      List<Integer> cells = new ArrayList<>();
      for (int wire = 1; wire <= chamber.wires(); wire++) {
        cell(chamber, layer, wire).ifPresent(cell -> cells.add(first + cell));
      }
      return new Place(Extent.LAYER, text, number, NONE, List.copyOf(cells));
    }
    int wire = Integer.parseInt(parts.group(3));
    int cell =
        cell(chamber, layer, wire)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        of
                            + " has "
                            + several(chamber.wires(), "wire")
                            + " a layer, expected "
                            + range("wire", 1, chamber.wires())));
    return new Place(Extent.CELL, text, number, NONE, List.of(first + cell));
  }

  private static OptionalInt cell(Chamber chamber, int layer, int wire) {
    return IntStream.range(0, chamber.size())
        .filter(cell -> chamber.layer(cell) == layer && chamber.wire(cell) == wire)
        .findFirst();
  }

  private static Place board(String text, DetectorDescription detector, int written) {
    int first = detector.format().field(Role.BOARD).map(Field::first).orElse(0);
    TreeSet<Integer> boards = new TreeSet<>();
    detector.chambers().forEach(c -> c.channels().forEach(one -> boards.add(one.board() + first)));
    detector.scintillators().stream().map(Channel::board).forEach(one -> boards.add(one + first));
    if (!boards.contains(written)) {
      throw new IllegalArgumentException(
          "detector \""
              + detector.name()
              + "\" has no such board, expected "
              + boards.stream().map(one -> "board" + one).collect(Collectors.joining(", ")));
    }
    return new Place(Extent.BOARD, text, NONE, written - first, List.of());
  }

  private static String several(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private static String range(String what, int from, int to) {
    return what + from + (to == from ? "" : " to " + what + to);
  }
}
