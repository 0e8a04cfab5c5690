package org.driftwatch.viewer.plot;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.driftwatch.detector.Histogram;

/**
 * A histogram and all that is said around it: what a plot draws. Immutable.
 *
 * @param title what it is
 * @param unit what a bin counts
 * @param xTitle what the bins stand for, with unit
 * @param axis where the bins lie
 * @param histogram the counts; empty before the first window
 * @param bars true to draw bars, as for numbers that are counted; false for a stepped area
 * @param marks bins that are known to be special
 * @param band a stretch to be shaded
 * @param guide a place to be pointed out
 * @param note what is worth a word at the right of the title
 * @param binText what the bin is, for the reader's cursor
 * @param help what a healthy one looks like, in two sentences
 * @param overlay a reference to be drawn over it
 */
public record HistogramView(
    String title,
    String unit,
    String xTitle,
    BinAxis axis,
    Optional<Histogram> histogram,
    boolean bars,
    List<Mark> marks,
    Optional<Band> band,
    Optional<Guide> guide,
    String note,
    IntFunction<String> binText,
    String help,
    Optional<Overlay> overlay) {

  /** Copies the marks and checks the bins. */
  public HistogramView {
    marks = List.copyOf(marks);
    if (histogram.isPresent() && !axis.fits(histogram.get())) {
      throw new IllegalArgumentException(
          title + ": " + histogram.get().bins() + " bins on an axis of " + axis.bins());
    }
  }

  /** The same under a reference. */
  public HistogramView with(Overlay reference) {
    return new HistogramView(
        title,
        unit,
        xTitle,
        axis,
        histogram,
        bars,
        marks,
        band,
        guide,
        reference.words(),
        binText,
        help,
        Optional.of(reference));
  }

  /**
   * A reference of the same bins.
   *
   * @param counts its counts
   * @param scale what they are multiplied with to be compared
   * @param words how well the two agree
   */
  public record Overlay(Histogram counts, double scale, String words) {}

  /** What is known of a cell. */
  public enum Kind {
    /** Gives nothing. */
    DEAD("known dead"),
    /** Gives next to nothing. */
    WEAK("known weak"),
    /** Noisy. */
    HOT("known hot"),
    /** Accused of giving too little. */
    FOUND_DEAD("dead now"),
    /** Accused of giving too much. */
    FOUND_NOISY("noisy now");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }

  /** A bin that is known to be special. */
  public record Mark(int bin, Kind kind) {}

  /** A stretch between two values of x. */
  public record Band(double from, double to, String label) {}

  /** The middle of a bin, and why it matters. */
  public record Guide(int bin, String label) {}
}
