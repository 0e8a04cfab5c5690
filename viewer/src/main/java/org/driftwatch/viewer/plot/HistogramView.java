package org.driftwatch.viewer.plot;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.driftwatch.detector.Histogram;
import org.driftwatch.viewer.model.Numbers;

/**
 * A histogram and all that is said around it: what a plot draws. Immutable.
 *
 * @param heading what it is
 * @param axis where the bins lie
 * @param histogram the counts; empty before the first window
 * @param binText what a bin is, as HTML for the tool tip
 * @param decoration what is drawn with the counts
 * @param overlay a reference to be drawn over it
 */
public record HistogramView(
    Heading heading,
    BinAxis axis,
    Optional<Histogram> histogram,
    IntFunction<String> binText,
    Decoration decoration,
    Optional<Overlay> overlay) {

  /** Checks the bins. */
  public HistogramView {
    if (histogram.isPresent() && !axis.fits(histogram.get())) {
      throw new IllegalArgumentException(
          histogram.get().bins() + " bins on an axis of " + axis.bins());
    }
  }

  /** A histogram without a reference. */
  public HistogramView(
      Heading heading,
      BinAxis axis,
      Optional<Histogram> histogram,
      IntFunction<String> binText,
      Decoration decoration) {
    this(heading, axis, histogram, binText, decoration, Optional.empty());
  }

  /** The same under a reference. */
  public HistogramView with(Overlay reference) {
    return new HistogramView(heading, axis, histogram, binText, decoration, Optional.of(reference));
  }

  /**
   * The words at the right of the title, longest first: how a reference agrees, else the entries.
   */
  public List<String> notes() {
    return overlay
        .map(Overlay::words)
        .or(() -> histogram.map(h -> List.of(entries(h))))
        .orElse(List.of());
  }

  /** True if the reference does not agree. */
  public boolean differs() {
    return overlay.filter(Overlay::differs).isPresent();
  }

  private static String entries(Histogram h) {
    String all = Numbers.grouped(h.entries()) + " entries";
    String below = Numbers.grouped(h.underflow()) + " below";
    String above = Numbers.grouped(h.overflow()) + " above";
    return h.underflow() + h.overflow() == 0 ? all : String.join(", ", all, below, above);
  }

  /**
   * What is drawn with the counts. Immutable.
   *
   * @param bars true for bars, as of numbers that are counted; false for a stepped area
   * @param marks bins that are known to be special
   * @param band a stretch to be shaded
   * @param guide a place to be pointed out
   */
  public record Decoration(
      boolean bars, List<Mark> marks, Optional<Band> band, Optional<Guide> guide) {
    /** Copies the marks. */
    public Decoration {
      marks = List.copyOf(marks);
    }

    /** A stepped area with marked bins. */
    public static Decoration marked(List<Mark> marks) {
      return new Decoration(false, marks, Optional.empty(), Optional.empty());
    }

    /** A stepped area, over a shaded stretch if there is one. */
    public static Decoration over(Optional<Band> band) {
      return new Decoration(false, List.of(), band, Optional.empty());
    }

    /** Bars, one of them pointed out if one is special. */
    public static Decoration bars(Optional<Guide> guide) {
      return new Decoration(true, List.of(), Optional.empty(), guide);
    }
  }

  /**
   * A reference of the same bins.
   *
   * @param counts its counts
   * @param scale what they are multiplied with to be compared
   * @param words how well the two agree, in long and in short
   * @param differs true if they hardly agree by chance
   */
  public record Overlay(Histogram counts, double scale, List<String> words, boolean differs) {
    /** Copies the list. */
    public Overlay {
      words = List.copyOf(words);
    }
  }

  /** What is known of a cell. */
  public enum Kind {
    /** Gives nothing. */
    DEAD("known dead"),
    /** Gives next to nothing. */
    WEAK("known weak"),
    /** Noisy. */
    HOT("known hot"),
    /** Accused of giving too little. */
    FOUND_DEAD("dead"),
    /** Accused of giving too much. */
    FOUND_NOISY("noisy");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }

  /**
   * A bin that is special.
   *
   * @param words what it is, with the stretch that it was found in
   */
  public record Mark(int bin, Kind kind, String words) {
    /** A bin that is known to be special. */
    public Mark(int bin, Kind kind) {
      this(bin, kind, kind.words());
    }
  }

  /** A stretch between two values of x. */
  public record Band(double from, double to, String label) {}

  /** The middle of a bin, and why it matters. */
  public record Guide(int bin, String label) {}
}
