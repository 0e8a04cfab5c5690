package org.driftwatch.viewer.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.TrackHistogram;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.detector.WindowSummary;

/**
 * The text between the numbers of a message of these channels, as {@link SummaryJson} writes it:
 * names and bin edges, two thirds of it. Immutable.
 */
final class SummaryTemplate {
  static final byte[] WINDOW_START =
      ascii("{\"version\":" + WindowSummary.VERSION + ",\"window\":{\"start\":\"");
  static final byte[] WINDOW_END = ascii("\",\"end\":\"");
  static final byte[] REVISION = ascii("\"},\"revision\":");
  static final byte[] INCOMPLETE = ascii(",\"incomplete\":true");
  static final byte[] RUNS = ascii(",\"run\":[");
  static final byte[] RUNS_END = ascii("]");
  static final byte[] END = ascii("}");

  private final ChannelLayout channels;
  private final List<Counts> scalars = new ArrayList<>();
  private final List<Counts> histograms = new ArrayList<>();
  private final List<Segments> segments = new ArrayList<>();
  private final byte[] beforeSegments;

  /**
   * Numbers that stand in a row in a message, separated by commas.
   *
   * @param before what the message has before the first of them
   * @param index where the first of them is kept among the window's counts
   * @param size how many they are
   * @param canBeNegative true for sums
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Counts(byte[] before, int index, int size, boolean canBeNegative) {}

  /**
   * The segments of a chamber, which a message need not have.
   *
   * @param begin what the message has in front of them
   * @param size how many numbers are kept of them: first 1 where it has them, 0 where not
   * @param counts what stands in a row in the message, in the order in which it is kept
   * @param end what follows the last number
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Segments(byte[] begin, int size, List<Counts> counts, byte[] end) {}

  /** The template of messages of these channels. */
  SummaryTemplate(ChannelLayout channels) {
    this.channels = channels;
    StringBuilder text = new StringBuilder();
    SummaryLayout layout = channels.counts();
    for (SummaryLayout.Field field : layout.scalarFields()) {
      text.append(",\"").append(field.name()).append(field.isArray() ? "\":[" : "\":");
      add(scalars, text, field.index(), field.size());
      text.append(field.isArray() ? "]" : "");
    }
    for (int chamber = 0; chamber < channels.chambers(); chamber++) {
      for (ChamberHistogram which : ChamberHistogram.values()) {
        int[] edges = which.edges(channels.firstChannel(chamber), channels.cells(chamber));
        text.append(",\"").append(which.field(chamber)).append("\":").append(edges(edges));
        int index = layout.index(which, chamber);
        int bins = layout.bins(which, chamber);
        add(histograms, text, index, bins);
        text.append(']');
        if (which.hasFlows()) {
          text.append(",\"underflow\":");
          add(histograms, text, index + bins, 1);
          text.append(",\"overflow\":");
          add(histograms, text, index + bins + 1, 1);
        }
        text.append('}');
      }
    }
    beforeSegments = ascii(text.toString());
    for (int chamber = 0; chamber < channels.chambers(); chamber++) {
      segments.add(segments(layout, chamber));
    }
  }

  private static Segments segments(SummaryLayout layout, int chamber) {
    List<Counts> counts = new ArrayList<>();
    int first = layout.tracks(chamber);
    StringBuilder text = new StringBuilder();
    add(counts, text, first + SummaryLayout.SEGMENTS, 1);
    text.append(",\"segments4\":");
    add(counts, text, first + SummaryLayout.SEGMENTS4, 1);
    text.append(",\"ambiguous\":");
    add(counts, text, first + SummaryLayout.AMBIGUOUS, 1);
    text.append(",\"busy\":");
    add(counts, text, first + SummaryLayout.BUSY, 1);
    text.append(",\"tested\":[");
    add(counts, text, layout.tested(chamber), layout.cells(chamber));
    text.append("],\"found\":[");
    add(counts, text, layout.found(chamber), layout.cells(chamber));
    text.append("],\"noise\":[");
    add(counts, text, layout.noise(chamber), layout.cells(chamber));
    text.append(']');
    for (TrackHistogram which : TrackHistogram.values()) {
      text.append(",\"").append(which.field()).append("\":").append(edges(which.edges()));
      int index = layout.index(which, chamber);
      add(counts, text, index, which.bins());
      text.append("],\"underflow\":");
      add(counts, text, index + which.bins(), 1);
      text.append(",\"overflow\":");
      add(counts, text, index + which.bins() + 1, 1);
      text.append('}');
    }
    text.append(",\"sums\":{");
    int sum = layout.sums(chamber);
    for (TrackSum which : TrackSum.values()) {
      text.append('"').append(which.field()).append("\":");
      counts.add(new Counts(ascii(text.toString()), sum++, 1, true));
      text.setLength(0);
      text.append(',');
    }
    byte[] begin = ascii(",\"" + SummaryJson.tracksField(chamber) + "\":{\"segments\":");
    return new Segments(begin, sum - first, counts, ascii("}}"));
  }

  private static void add(List<Counts> counts, StringBuilder before, int index, int size) {
    counts.add(new Counts(ascii(before.toString()), index, size, false));
    before.setLength(0);
  }

  private static String edges(int[] edges) {
    StringJoiner list = new StringJoiner(",", "{\"bin_edges\":[", "],\"bin_counts\":[");
    for (int edge : edges) {
      list.add(Integer.toString(edge));
    }
    return list.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  ChannelLayout channels() {
    return channels;
  }

  /** Numbers of the whole window and of chambers, in the message's order. */
  List<Counts> scalars() {
    return scalars;
  }

  /** Counts of the chambers' histograms, in the message's order, in which they are kept, too. */
  List<Counts> histograms() {
    return histograms;
  }

  /** What the message has behind the last of these. */
  byte[] beforeSegments() {
    return beforeSegments;
  }

  /** Segments of the chambers, in the message's order. */
  List<Segments> segments() {
    return segments;
  }
}
