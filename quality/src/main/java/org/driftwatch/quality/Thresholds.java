package org.driftwatch.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.driftwatch.detector.OneLine;

/**
 * The limits of the verdicts, from a commented properties file. A file need name only what it
 * changes: the rest is {@link #standard()}. Immutable.
 */
public final class Thresholds {
  /** A limit. What each means, with its unit, is written in {@code thresholds.properties}. */
  public enum Limit {
    /** Length of the stretch that is shown at first, minutes. */
    STRETCH_MINUTES("stretch.minutes", 0.1, 1e6),
    /** How often in a week a check may accuse what lies at its limit. */
    FALSE_ALARMS_PER_WEEK("false.alarms.per.week", 1e-9, 1e6),
    /** Share of the median below which a cell is dead. */
    CELLS_DEAD_BELOW("cells.dead.below", 1e-6, 1),
    /** Multiple of the median above which a cell is noisy. */
    CELLS_NOISY_ABOVE("cells.noisy.above", 1, 1e6),
    /** Length of a stretch in which flicker evens out, minutes. */
    CELLS_NOISY_LONG_MINUTES("cells.noisy.long.minutes", 0.01, 30),
    /** Multiple of the median above which a cell is noisy on such a stretch. */
    CELLS_NOISY_LONG_ABOVE("cells.noisy.long.above", 1, 1e6),
    /** Least median of hits per cell. */
    CELLS_MINIMUM_MEDIAN("cells.minimum.median", 1, 1e9),
    /** Cells from which on it is bad. */
    CELLS_BAD_FROM("cells.bad.from", 1, 1024),
    /** Share of the other layers' cells below which a layer is dead. */
    LAYERS_DEAD_BELOW("layers.dead.below", 1e-6, 1),
    /** Share of its hits before below which a layer is weak. */
    LAYERS_WEAK_BELOW("layers.weak.below", 1e-6, 1),
    /** Share of its hits before below which a chamber is dead. */
    CHAMBER_DEAD_BELOW("chamber.dead.below", 1e-6, 1),
    /** Factor of the run's rate that warns, downwards. */
    RATE_LOW_WARNING("rate.low.warning", 0, 1),
    /** Factor of the run's rate that is bad, downwards. */
    RATE_LOW_BAD("rate.low.bad", 0, 1),
    /** Factor of the run's rate that warns, upwards. */
    RATE_HIGH_WARNING("rate.high.warning", 1, 1e12),
    /** Factor of the run's rate that is bad, upwards. */
    RATE_HIGH_BAD("rate.high.bad", 1, 1e12),
    /** Factor of a chamber's rate that warns, downwards. */
    CHAMBER_LOW_WARNING("chamber.low.warning", 0, 1),
    /** Factor of a chamber's rate that is bad, downwards. */
    CHAMBER_LOW_BAD("chamber.low.bad", 0, 1),
    /** Factor of a chamber's rate that warns, upwards. */
    CHAMBER_HIGH_WARNING("chamber.high.warning", 1, 1e12),
    /** Factor of a chamber's rate that is bad, upwards. */
    CHAMBER_HIGH_BAD("chamber.high.bad", 1, 1e12),
    /** Factor of the scintillators' rate that warns, downwards. */
    SCINTILLATOR_LOW_WARNING("scintillator.low.warning", 0, 1),
    /** Factor of the scintillators' rate that is bad, downwards. */
    SCINTILLATOR_LOW_BAD("scintillator.low.bad", 0, 1),
    /** Factor of the scintillators' rate that warns, upwards. */
    SCINTILLATOR_HIGH_WARNING("scintillator.high.warning", 1, 1e12),
    /** Factor of the scintillators' rate that is bad, upwards. */
    SCINTILLATOR_HIGH_BAD("scintillator.high.bad", 1, 1e12),
    /** Lowest rate of hits, 1/s. */
    RATE_LOWEST("rate.lowest.hz", 0, 1e12),
    /** Highest rate of hits, 1/s. */
    RATE_HIGHEST("rate.highest.hz", 0, 1e12),
    /** Least hits of the chambers together. */
    SHARE_MINIMUM_HITS("share.minimum.hits", 1, 1e12),
    /** Lowest share of the hits, percent. */
    SHARE_LOWEST("share.lowest.percent", 0, 100),
    /** Highest share of the hits, percent. */
    SHARE_HIGHEST("share.highest.percent", 0, 100),
    /** Factor by which a share may differ from a known one. */
    SHARE_FACTOR("share.factor", 1, 1e6),
    /** Lowest ratio of as many active channels as layers to the mean of one less and one more. */
    PEAK_LOWEST_RATIO("peak.lowest.ratio", 0, 1e6),
    /** Share of the peak's part before below which it is missed. */
    PEAK_BEFORE_BELOW("peak.before.below", 0, 1),
    /** Least drift times. */
    DRIFT_MINIMUM_HITS("drift.minimum.hits", 10, 1e12),
    /** Earliest left edge, ns. */
    DRIFT_LEFT_FROM("drift.left.from.ns", -150, 650),
    /** Latest left edge, ns. */
    DRIFT_LEFT_TO("drift.left.to.ns", -150, 650),
    /** Earliest right edge, ns. */
    DRIFT_RIGHT_FROM("drift.right.from.ns", -150, 650),
    /** Latest right edge, ns. */
    DRIFT_RIGHT_TO("drift.right.to.ns", -150, 650),
    /** Efficiency of a chamber's cells below which it warns. */
    EFFICIENCY_WARNING("efficiency.lowest.warning", 0, 1),
    /** Efficiency of a chamber's cells below which it is bad. */
    EFFICIENCY_BAD("efficiency.lowest.bad", 0, 1),
    /** How far the drift velocity may be from the described one, percent. */
    DRIFT_VELOCITY("drift.velocity.percent", 1e-3, 100),
    /** How far t0 may be from 0, ns. */
    T0("t0.ns", 1e-3, 1e6),
    /** Largest error of a single hit, um. */
    RESOLUTION("resolution.highest.um", 1, 1e6),
    /** How far a chamber may be from its place, mm. */
    DISPLACEMENT("alignment.displacement.mm", 1e-3, 1e6),
    /** How far a chamber may lean, mrad. */
    TILT("alignment.tilt.mrad", 1e-3, 1e4),
    /** Share of malformed, late or dropped records that warns, percent. */
    RECORDS_WARNING("records.warning.percent", 0, 100),
    /** Share of malformed, late or dropped records that is bad, percent. */
    RECORDS_BAD("records.bad.percent", 0, 100),
    /** Share of hits of no chamber that may warn, percent. */
    OTHER_HITS("other.hits.percent", 0, 100),
    /** Factor of that share, against before, that warns. */
    OTHER_HITS_FACTOR("other.hits.factor", 1, 1e12),
    /** Windows without a result after which one is overdue. */
    RESULTS_OVERDUE("results.overdue.windows", 1, 1e6),
    /** Windows without a result after which all is silent. */
    RESULTS_SILENT("results.silent.windows", 1, 1e6),
    /** Time on top of both, seconds. */
    RESULTS_GRACE("results.grace.seconds", 0, 1e6),
    /** Time that results may be held back, seconds. */
    HELD_BACK("held.back.seconds", 0, 1e9),
    /** Time that the monitor's clock may be behind, seconds. */
    CLOCK_BEHIND("clock.behind.seconds", 0, 1e9);

    private final String name;
    private final double least;
    private final double most;

    Limit(String name, double least, double most) {
      this.name = name;
      this.least = least;
      this.most = most;
    }
  }

  private static final double SECONDS_PER_WEEK = 604_800;

  private final Map<Limit, Double> values;

  /** Those that a file names. */
  private final Set<Limit> chosen;

  private Thresholds(Map<Limit, Double> values, Set<Limit> chosen) {
    this.values = values;
    this.chosen = chosen;
  }

  /** The limits that come with the program. */
  public static Thresholds standard() {
    try (InputStream in = Thresholds.class.getResourceAsStream("thresholds.properties");
        Reader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      Map<Limit, Double> values = new EnumMap<>(Limit.class);
      read(text, values);
      return new Thresholds(values, Set.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a file; what it does not name stays as in {@link #standard()}.
   *
   * @throws IOException with one line that says what, where and what was expected
   */
  public static Thresholds load(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException("thresholds " + file + " do not exist", e);
    } catch (IOException e) {
      throw new IOException("thresholds " + file + ": " + e.getMessage(), e);
    }
    return read(file, text);
  }

  /** Reads a file's text; errors name the file. */
  static Thresholds read(Path file, String text) throws IOException {
    try {
      Map<Limit, Double> values = new EnumMap<>(standard().values);
      return new Thresholds(values, read(new StringReader(text), values));
    } catch (IOException | IllegalArgumentException e) {
      throw new IOException("thresholds " + file + ": " + e.getMessage(), e);
    }
  }

  /** Puts what the text names among the values; returns which it names. */
  private static Set<Limit> read(Reader text, Map<Limit, Double> values) throws IOException {
    Properties properties = new Properties();
    properties.load(text);
    Set<Limit> named = EnumSet.noneOf(Limit.class);
    for (String name : properties.stringPropertyNames()) {
      Limit key = key(name);
      values.put(key, value(key, properties.getProperty(name).strip()));
      named.add(key);
    }
    ordered(values, Limit.SHARE_LOWEST, Limit.SHARE_HIGHEST);
    ordered(values, Limit.DRIFT_LEFT_FROM, Limit.DRIFT_LEFT_TO);
    ordered(values, Limit.DRIFT_LEFT_TO, Limit.DRIFT_RIGHT_FROM);
    ordered(values, Limit.DRIFT_RIGHT_FROM, Limit.DRIFT_RIGHT_TO);
    ordered(values, Limit.RATE_LOW_BAD, Limit.RATE_LOW_WARNING);
    ordered(values, Limit.RATE_HIGH_WARNING, Limit.RATE_HIGH_BAD);
    ordered(values, Limit.CHAMBER_LOW_BAD, Limit.CHAMBER_LOW_WARNING);
    ordered(values, Limit.CHAMBER_HIGH_WARNING, Limit.CHAMBER_HIGH_BAD);
    ordered(values, Limit.SCINTILLATOR_LOW_BAD, Limit.SCINTILLATOR_LOW_WARNING);
    ordered(values, Limit.SCINTILLATOR_HIGH_WARNING, Limit.SCINTILLATOR_HIGH_BAD);
    ordered(values, Limit.RATE_LOWEST, Limit.RATE_HIGHEST);
    ordered(values, Limit.EFFICIENCY_BAD, Limit.EFFICIENCY_WARNING);
    ordered(values, Limit.RECORDS_WARNING, Limit.RECORDS_BAD);
    ordered(values, Limit.RESULTS_OVERDUE, Limit.RESULTS_SILENT);
    return named;
  }

  private static Limit key(String name) throws IOException {
    for (Limit key : Limit.values()) {
      if (key.name.equals(name)) {
        return key;
      }
    }
    throw new IOException(
        "unknown limit '" + OneLine.of(name) + "'; --print-thresholds lists the names");
  }

  private static double value(Limit key, String text) throws IOException {
    try {
      double value = Double.parseDouble(text);
      if (value >= key.least && value <= key.most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IOException(refusal(key, text), e);
    }
    throw new IOException(refusal(key, text));
  }

  private static String refusal(Limit key, String text) {
    return key.name
        + " is '"
        + OneLine.of(text)
        + "', expected a number from "
        + key.least
        + " to "
        + key.most;
  }

  private static void ordered(Map<Limit, Double> values, Limit low, Limit high) throws IOException {
    if (values.get(low) > values.get(high)) {
      throw new IOException(
          low.name + " " + values.get(low) + " is above " + high.name + " " + values.get(high));
    }
  }

  /** The commented text of {@link #standard()}, to be copied and changed. */
  public static String standardText() {
    try (InputStream in = Thresholds.class.getResourceAsStream("thresholds.properties")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A limit in the unit of its name. */
  public double get(Limit key) {
    return values.get(key);
  }

  /** A limit that goes with the detector by this factor; one that a file names is as it says. */
  public double scaled(Limit key, double factor) {
    return chosen.contains(key) ? get(key) : factor * get(key);
  }

  /**
   * The chance that one of so many things is accused at one look: a look a second, shared among
   * them (Bonferroni).
   */
  public double chance(int things) {
    return get(Limit.FALSE_ALARMS_PER_WEEK) / SECONDS_PER_WEEK / things;
  }

  /** A limit that counts something. */
  public int whole(Limit key) {
    return (int) Math.round(values.get(key));
  }

  /** Length of the stretch that is shown at first. */
  public Duration stretch() {
    return Duration.ofMillis(Math.round(get(Limit.STRETCH_MINUTES) * 60_000));
  }
}
