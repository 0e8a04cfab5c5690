package org.driftwatch.viewer.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
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

  private final ChannelLayout channels;
  private final List<Counts> counts = new ArrayList<>();
  private final byte[] end;

  /** Numbers that stand in a row in a message, separated by commas. */
  static final class Counts {
    private final byte[] before;
    private final int index;
    private final int size;

    private Counts(byte[] before, int index, int size) {
      this.before = before;
      this.index = index;
      this.size = size;
    }

    /** What the message has before the first of them. */
    byte[] before() {
      return before;
    }

    /** Where the first of them is kept among the window's counts. */
    int index() {
      return index;
    }

    /** How many they are. */
    int size() {
      return size;
    }
  }

  /** The template of messages of these channels. */
  SummaryTemplate(ChannelLayout channels) {
    this.channels = channels;
    StringBuilder text = new StringBuilder();
    SummaryLayout layout = channels.counts();
    for (SummaryLayout.Field field : layout.scalarFields()) {
      text.append(",\"").append(field.name()).append(field.isArray() ? "\":[" : "\":");
      add(text, field.index(), field.size());
      text.append(field.isArray() ? "]" : "");
    }
    for (int chamber = 0; chamber < channels.chambers(); chamber++) {
      for (ChamberHistogram which : ChamberHistogram.values()) {
        int[] edges = which.edges(channels.firstChannel(chamber), channels.cells(chamber));
        text.append(",\"").append(which.field(chamber)).append("\":").append(edges(edges));
        int index = layout.index(which, chamber);
        int bins = layout.bins(which, chamber);
        add(text, index, bins);
        text.append(']');
        if (which.hasFlows()) {
          text.append(",\"underflow\":");
          add(text, index + bins, 1);
          text.append(",\"overflow\":");
          add(text, index + bins + 1, 1);
        }
        text.append('}');
      }
    }
    end = ascii(text + "}");
  }

  private void add(StringBuilder before, int index, int size) {
    counts.add(new Counts(ascii(before.toString()), index, size));
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

  /** All counts in the message's order. */
  List<Counts> counts() {
    return counts;
  }

  /** What the message has behind the last number. */
  byte[] end() {
    return end;
  }
}
