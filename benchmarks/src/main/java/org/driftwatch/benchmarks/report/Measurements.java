package org.driftwatch.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that was measured, in the order it came. Not safe for use by several threads. */
public final class Measurements {
  private final Map<Key, List<Double>> values = new LinkedHashMap<>();
  private final Map<String, List<String>> texts = new LinkedHashMap<>();

  /**
   * What was measured.
   *
   * @param section heading of its table
   * @param subject who or what
   * @param quantity with its unit
   */
  public record Key(String section, String subject, String quantity) {}

  /**
   * A quantity with all its values.
   *
   * @param key what it is
   * @param values in ascending order, at least one
   */
  public record Measured(Key key, List<Double> values) {
    /** The middle one; of an even number the mean of both. */
    public double median() {
      int middle = values.size() / 2;
      return values.size() % 2 == 1
          ? values.get(middle)
          : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    /** The smallest. */
    public double least() {
      return values.get(0);
    }

    /** The largest. */
    public double most() {
      return values.get(values.size() - 1);
    }
  }

  /** Adds a value; NaN, for what could not be measured, is left out. */
  public void add(String section, String subject, String quantity, double value) {
    if (!Double.isNaN(value)) {
      values
          .computeIfAbsent(new Key(section, subject, quantity), k -> new ArrayList<>())
          .add(value);
    }
  }

  /** Adds lines of Markdown to a section, below its table. */
  public void text(String section, List<String> lines) {
    texts.computeIfAbsent(section, s -> new ArrayList<>()).addAll(lines);
  }

  /** The lines of Markdown of a section; empty where it has none. */
  List<String> texts(String section) {
    return texts.getOrDefault(section, List.of());
  }

  /** Everything. */
  public List<Measured> all() {
    return values.keySet().stream().map(this::measured).toList();
  }

  /** Everything of a section. */
  public List<Measured> of(String section) {
    return all().stream().filter(one -> one.key().section().equals(section)).toList();
  }

  /** One quantity; empty where it was not measured. */
  public Optional<Measured> find(String section, String subject, String quantity) {
    Key key = new Key(section, subject, quantity);
    return values.containsKey(key) ? Optional.of(measured(key)) : Optional.empty();
  }

  private Measured measured(Key key) {
    return new Measured(key, values.get(key).stream().sorted().toList());
  }
}
