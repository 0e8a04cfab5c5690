package org.driftwatch.emulator.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.NearName;
import org.driftwatch.detector.OneLine;
import org.driftwatch.emulator.notation.Amount;
import org.driftwatch.emulator.notation.Place;
import org.driftwatch.emulator.notation.Place.Extent;

/**
 * How the simulated detector really is, whatever its description says. Written {@code
 * KEY[:WHERE]=VALUE}, as in {@code efficiency:chamber1=0.9}; without a place for the whole
 * detector. The more precise place counts, in any order. Immutable.
 */
public final class Truth {
  /** What can be set. */
  enum Property {
    /** Standard deviation of a hit's time, ns. */
    RESOLUTION(3, 0, 100, "0 to 100ns or the same in um", "260um"),
    /** Probability that a cell answers to a muon. */
    EFFICIENCY(0.97, 0, 1, "a share, 0 to 1 or in %", "0.98", Extent.LAYER, Extent.CELL),
    /** Drift velocity, um/ns; as usual it changes with the gas. */
    DRIFT_VELOCITY(Double.NaN, 0, 0, "", "54.2um/ns"),
    /** By how much hits are later than the description says, ns. */
    T0(0, -1000, 1000, "-1000ns to 1000ns", "3ns"),
    /** How far a chamber is from where it is said to be, across its wires, mm. */
    DISPLACEMENT(0, -100, 100, "-100mm to 100mm", "0.5mm"),
    /** By how much a chamber leans towards larger x or y, about its wires, mrad. */
    TILT(0, -100, 100, "-100mrad to 100mrad", "2mrad"),
    /** Probability of a delta ray in a cell beside one that a muon crosses. */
    DELTA_RAYS(0.06, 0, 1, "a share, 0 to 1 or in %", "6%"),
    /** Noise of a cell: times the usual. */
    NOISE(1, 0, 1000, "times the usual noise, x0 to x1000", "x3", Extent.LAYER, Extent.CELL);

    private final double usual;
    private final double least;
    private final double most;
    private final String range;
    private final String example;

    @SuppressWarnings("ImmutableEnumChecker") // Stream.toList makes it so.
    private final List<Extent> extents;

    Property(
        double usual, double least, double most, String range, String example, Extent... more) {
      this.usual = usual;
      this.least = least;
      this.most = most;
      this.range = range;
      this.example = example;
      extents = Stream.concat(Stream.of(Extent.ALL, Extent.CHAMBER), Arrays.stream(more)).toList();
    }

    private String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Property of(String name) {
      List<String> labels = Arrays.stream(values()).map(Property::label).toList();
      if (!labels.contains(name)) {
        throw new IllegalArgumentException("key \"" + name + "\", " + NearName.hint(name, labels));
      }
      return values()[labels.indexOf(name)];
    }
  }

  private record Setting(String text, Property property, Place place, double value) {}

  private final int[] cells;

  /** Those of larger places first. */
  private final List<Setting> settings;

  private Truth(int[] cells, List<Setting> settings) {
    this.cells = cells;
    this.settings = settings;
  }

  /** A detector as it usually is. */
  static Truth usual(DetectorDescription detector) {
    return parse(List.of(), detector);
  }

  /**
   * Reads settings.
   *
   * @param detector whose parts they name
   * @throws IllegalArgumentException if one is not understood, or given twice, with one line that
   *     says so
   */
  public static Truth parse(List<String> texts, DetectorDescription detector) {
    List<Setting> settings = new ArrayList<>();
    for (String text : texts) {
      String shown = OneLine.of(text);
      try {
        Setting setting = read(shown, detector);
        settings.stream()
            .filter(other -> other.property == setting.property)
            .filter(other -> other.place.cells().equals(setting.place.cells()))
            .findFirst()
            .ifPresent(
                other -> {
                  throw new IllegalArgumentException(
                      "also given as \"" + other.text + "\", expected one value for a place");
                });
        settings.add(setting);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("\"" + shown + "\": " + e.getMessage(), e);
      }
    }
    settings.sort(Comparator.comparing(setting -> setting.place.extent()));
    return new Truth(detector.cellsOfChambers(), List.copyOf(settings));
  }

  private static Setting read(String text, DetectorDescription detector) {
    int equals = text.indexOf('=');
    String what = equals < 0 ? text : text.substring(0, equals);
    int colon = what.indexOf(':');
    Property property = Property.of(colon < 0 ? what : what.substring(0, colon));
    String where = colon < 0 ? "all" : what.substring(colon + 1);
    Place place = Place.parse(where, detector, property.extents);
    return new Setting(
        text, property, place, value(property, text.substring(equals + 1), detector));
  }

  private static double value(Property property, String text, DetectorDescription detector) {
    double described = detector.driftVelocityUmPerNs();
    OptionalDouble value =
        switch (property) {
          case RESOLUTION -> resolutionNs(text, described);
          case EFFICIENCY, DELTA_RAYS -> Amount.share(text);
          case DRIFT_VELOCITY -> Amount.in("um/ns", text);
          case T0 -> Amount.in("ns", text);
          case DISPLACEMENT -> Amount.in("mm", text);
          case TILT -> Amount.in("mrad", text);
          case NOISE -> Amount.times(text);
        };
    boolean isVelocity = property == Property.DRIFT_VELOCITY;
    double least = isVelocity ? described / 2 : property.least;
    double most = isVelocity ? described * 2 : property.most;
    if (value.isPresent() && value.getAsDouble() >= least && value.getAsDouble() <= most) {
      return value.getAsDouble();
    }
    throw new IllegalArgumentException(
        "expected ="
            + property.example
            + ", or another value: "
            + (isVelocity ? "half to twice the described " + described + "um/ns" : property.range));
  }

  private static OptionalDouble resolutionNs(String text, double described) {
    OptionalDouble um = Amount.in("um", text);
    return um.isPresent() ? OptionalDouble.of(um.getAsDouble() / described) : Amount.in("ns", text);
  }

  /** A value for each chamber. */
  double[] ofChambers(Property property) {
    double[] values = new double[cells.length];
    Arrays.fill(values, property.usual);
    for (Setting setting : settings) {
      if (setting.property == property && setting.place.extent() == Extent.ALL) {
        Arrays.fill(values, setting.value);
      } else if (setting.property == property) {
        values[setting.place.chamber()] = setting.value;
      }
    }
    return values;
  }

  /** A value for each cell of each chamber. */
  double[][] ofCells(Property property) {
    double[] all = new double[Arrays.stream(cells).sum()];
    Arrays.fill(all, property.usual);
    for (Setting setting : settings) {
      if (setting.property == property) {
        setting.place.cells().stream()
            .filter(cell -> cell < all.length)
            .forEach(cell -> all[cell] = setting.value);
      }
    }
    double[][] values = new double[cells.length][];
    int from = 0;
    for (int chamber = 0; chamber < values.length; chamber++) {
      values[chamber] = Arrays.copyOfRange(all, from, from + cells[chamber]);
      from += cells[chamber];
    }
    return values;
  }

  /** True where a setting is of this cell alone. */
  boolean names(Property property, int chamber, int cell) {
    int number = Arrays.stream(cells).limit(chamber).sum() + cell;
    return settings.stream()
        .filter(setting -> setting.property == property && setting.place.extent() == Extent.CELL)
        .anyMatch(setting -> setting.place.cells().contains(number));
  }

  /** True where nothing is set. */
  boolean isUsual() {
    return settings.isEmpty();
  }

  /** The settings, as they were given. */
  public List<String> texts() {
    return settings.stream().map(Setting::text).toList();
  }
}
