package org.driftwatch.emulator.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.NearName;
import org.driftwatch.detector.OneLine;
import org.driftwatch.emulator.notation.Amount;
import org.driftwatch.emulator.notation.Place;
import org.driftwatch.emulator.notation.Place.Extent;

/**
 * Something wrong with a part of the detector for a while. Written {@code
 * KIND:WHERE[=AMOUNT]@FROM[-TO]}, as in {@code dead:chamber2@60s-120s}; times count from the first
 * row sent. Immutable.
 */
public final class DetectorFault {
  /**
   * What can be wrong, in the order in which faults act on a hit, whatever the order in which they
   * are given: a cell makes it, or not; electronics shift it; a cable may lead to another channel.
   */
  public enum Kind {
    /** Cells have N times the mean rate of their chamber's good cells. */
    NOISY("x20", Extent.CELL, Extent.LAYER, Extent.CHAMBER),
    /** No hits. */
    DEAD("", Extent.CHAMBER, Extent.LAYER, Extent.CELL, Extent.SCINTILLATOR, Extent.BOARD),
    /** Each hit is kept with this probability. */
    EFFICIENCY("0.7", Extent.CHAMBER, Extent.LAYER, Extent.CELL),
    /** Hits are later, or earlier, by so many ns. */
    SHIFT("25ns", Extent.CHAMBER, Extent.SCINTILLATOR),
    /** The hits of two parts come on the channels of each other. */
    SWAP("", Extent.CHAMBER, Extent.LAYER, Extent.CELL),
    /** Each hit is kept with this probability. */
    RATE("0.7", Extent.ALL, Extent.CHAMBER);

    /** An amount for messages; empty where there is none. */
    private final String example;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so.
    private final List<Extent> extents;

    Kind(String example, Extent... extents) {
      this.example = example;
      this.extents = List.of(extents);
    }

    /** Its name in options and logs. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Kind of(String name) {
      List<String> labels = Arrays.stream(values()).map(Kind::label).toList();
      if (!labels.contains(name)) {
        throw new IllegalArgumentException("kind \"" + name + "\", " + NearName.hint(name, labels));
      }
      return values()[labels.indexOf(name)];
    }
  }

  private static final String FORM =
      "expected KIND:WHERE[=AMOUNT]@FROM[-TO], as in dead:chamber2@60s-120s or"
          + " noisy:chamber3.cell5=x20@60s";
  private static final double MOST_NOISE = 1000;
  private static final double LONGEST_SHIFT_NS = 1e6;

  private final String text;
  private final Kind kind;
  private final List<Place> places;
  private final double amount;
  private final long fromNs;
  private final long toNs;

  private DetectorFault(
      String text, Kind kind, List<Place> places, double amount, long fromNs, long toNs) {
    this.text = text;
    this.kind = kind;
    this.places = places;
    this.amount = amount;
    this.fromNs = fromNs;
    this.toNs = toNs;
  }

  /**
   * Reads faults.
   *
   * @param detector whose parts they name
   * @throws IllegalArgumentException if one is not understood, or two do not go together, with one
   *     line that says so
   */
  public static List<DetectorFault> parse(List<String> texts, DetectorDescription detector) {
    List<DetectorFault> all = new ArrayList<>();
    for (String text : texts) {
      DetectorFault fault = parse(text, detector);
      for (DetectorFault other : all) {
        fault.checkBeside(other);
      }
      all.add(fault);
    }
    return List.copyOf(all);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is not understood, with one line that says so
   */
  public static DetectorFault parse(String text, DetectorDescription detector) {
    String shown = OneLine.of(text);
    try {
      return read(shown, detector);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + shown + "\": " + e.getMessage(), e);
    }
  }

  private static DetectorFault read(String text, DetectorDescription detector) {
    int at = text.lastIndexOf('@');
    String what = at < 0 ? text : text.substring(0, at);
    int colon = what.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(FORM);
    }
    Kind kind = Kind.of(what.substring(0, colon));
    if (at < 0) {
      throw new IllegalArgumentException("without a time, expected @FROM or @FROM-TO behind it");
    }
    int equals = what.indexOf('=', colon);
    String where = what.substring(colon + 1, equals < 0 ? what.length() : equals);
    List<Place> places =
        kind == Kind.SWAP
            ? pair(where, detector)
            : List.of(Place.parse(where, detector, kind.extents));
    double amount = amount(kind, equals < 0 ? "" : what.substring(equals + 1));
    if (kind == Kind.SHIFT && shiftTicks(amount, detector) == 0) {
      throw new IllegalArgumentException(
          "the detector's clock has ticks of "
              + String.format(Locale.ROOT, "%.3g", detector.clock().tickNs())
              + " ns, expected at least half of one");
    }
    String times = text.substring(at + 1);
    int dash = times.indexOf('-');
    long from = nanos(dash < 0 ? times : times.substring(0, dash));
    long to = dash < 0 ? Long.MAX_VALUE : nanos(times.substring(dash + 1));
    if (to <= from) {
      throw new IllegalArgumentException(
          "time " + times + ", expected the end after the beginning");
    }
    return new DetectorFault(text, kind, places, amount, from, to);
  }

  private static List<Place> pair(String where, DetectorDescription detector) {
    String[] names = where.split(",", -1);
    if (names.length != 2) {
      throw new IllegalArgumentException(
          "\"" + where + "\", expected two places, as in chamber0,chamber2");
    }
    Place one = Place.parse(names[0].strip(), detector, Kind.SWAP.extents);
    Place other = Place.parse(names[1].strip(), detector, Kind.SWAP.extents);
    if (one.cells().size() != other.cells().size()) {
      throw new IllegalArgumentException(
          one.name()
              + " has "
              + one.cells().size()
              + " cells and "
              + other.name()
              + " "
              + other.cells().size()
              + ", expected two of equal size");
    }
    if (!Collections.disjoint(one.cells(), other.cells())) {
      throw new IllegalArgumentException("both are the same, expected two different places");
    }
    return List.of(one, other);
  }

  private static double amount(Kind kind, String amount) {
    if (kind.example.isEmpty()) {
      if (!amount.isEmpty()) {
        throw new IllegalArgumentException(kind.label() + " has no amount");
      }
      return 0;
    }
    OptionalDouble number =
        switch (kind) {
          case NOISY -> Amount.times(amount);
          case SHIFT -> Amount.in("ns", amount);
          default -> Amount.share(amount);
        };
    if (number.isPresent() && isPossible(kind, number.getAsDouble())) {
      return number.getAsDouble();
    }
    throw new IllegalArgumentException(
        (amount.isEmpty() ? "no amount" : "amount " + amount)
            + ", expected "
            + switch (kind) {
              case NOISY -> "how many times the mean rate, above x1 to x1000";
              case SHIFT -> "ns, -1000000ns to 1000000ns";
              default -> "the share of hits that are kept, 0 to below 1, or in %";
            }
            + ", as in ="
            + kind.example);
  }

  private static boolean isPossible(Kind kind, double amount) {
    return switch (kind) {
      case NOISY -> amount > 1 && amount <= MOST_NOISE;
      case SHIFT -> Math.abs(amount) <= LONGEST_SHIFT_NS;
      default -> amount < 1;
    };
  }

  private static long nanos(String time) {
    OptionalDouble millis = Times.millis(time);
    if (millis.isEmpty()) {
      throw new IllegalArgumentException(
          "time \"" + time + "\", expected FROM or FROM-TO in ms, s, m or h, as in @60s-120s");
    }
    return Math.round(millis.getAsDouble() * 1e6);
  }

  /** Refuses what contradicts another fault at the same time. */
  private void checkBeside(DetectorFault other) {
    if (kind != other.kind || fromNs >= other.toNs || other.fromNs >= toNs) {
      return;
    }
    boolean same = cells().equals(other.cells()) && boards().equals(other.boards());
    if (same || (kind == Kind.SWAP && !Collections.disjoint(cells(), other.cells()))) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\": at the same time as \""
              + other.text
              + "\", expected different "
              + (same ? "times or places" : "places to be swapped"));
    }
  }

  private Set<Integer> cells() {
    Set<Integer> cells = new TreeSet<>();
    places.forEach(place -> cells.addAll(place.cells()));
    return cells;
  }

  private List<Integer> boards() {
    return places.stream().map(Place::board).toList();
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }

  /** Where: two places for a swap, else one. */
  List<Place> places() {
    return places;
  }

  /** True where a board is off. */
  boolean isOfBoard() {
    return places.get(0).extent() == Extent.BOARD;
  }

  /** How much: times the mean rate, share of hits, or ns; 0 for kinds without. */
  double amount() {
    return amount;
  }

  /** By how many ticks of the detector's clock hits are shifted. */
  static long shiftTicks(double ns, DetectorDescription detector) {
    return Math.round(ns / detector.clock().tickNs());
  }

  /** When it begins, ns after the first row. */
  public long fromNs() {
    return fromNs;
  }

  /** When it has ended, ns after the first row; {@code Long.MAX_VALUE} if it lasts. */
  public long toNs() {
    return toNs;
  }

  /** As it was given. */
  @Override
  public String toString() {
    return text;
  }
}
