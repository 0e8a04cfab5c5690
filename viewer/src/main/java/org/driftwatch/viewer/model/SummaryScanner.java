package org.driftwatch.viewer.model;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.SummaryLayout.ChamberHistogram;
import org.driftwatch.detector.Telescope;
import org.driftwatch.detector.WindowSummary;

/**
 * Reads window summaries as {@link SummaryJson} writes them, byte for byte: fields in the
 * contract's order, no spaces. That is what the pipeline publishes, and knowing it, a message is
 * compared and not parsed: names and bin edges, two thirds of it, are the same in each. Any other
 * spelling is left to the full reader, which also says what is wrong. A day of seconds is read in a
 * fraction of the time.
 *
 * <p>Keeps its arrays between messages: one for each thread.
 */
final class SummaryScanner {
  private static final byte[] WINDOW_START =
      ascii("{\"version\":" + WindowSummary.VERSION + ",\"window\":{\"start\":\"");
  private static final byte[] WINDOW_END = ascii("\",\"end\":\"");
  private static final byte[] REVISION = ascii("\"},\"revision\":");
  private static final byte[] INCOMPLETE = ascii(",\"incomplete\":true");
  private static final byte[] UNDERFLOW = ascii("],\"underflow\":");
  private static final byte[] OVERFLOW = ascii(",\"overflow\":");
  private static final byte[] ARRAY_END = ascii("]}");
  private static final byte[] OBJECT_END = ascii("}");
  private static final ChamberHistogram[] HISTOGRAMS = ChamberHistogram.values();
  private static final byte[][] BEFORE_SCALARS = beforeScalars();
  private static final byte[][][] BEFORE_HISTOGRAMS = beforeHistograms();
  private static final int MOST_DIGITS = 18;
  private static final ThreadLocal<SummaryScanner> SCANNERS =
      ThreadLocal.withInitial(SummaryScanner::new);

  private final long[] row = new long[SummaryLayout.SIZE];
  private final byte[] buffer = new byte[PackedCounts.bufferFor(SummaryLayout.SIZE)];
  private final int[] firstChannels = new int[Telescope.CHAMBERS];
  private ChannelLayout layout = new ChannelLayout(List.of(0, 0, 0, 0));
  private final byte[][] channelEdges = new byte[Telescope.CHAMBERS][];
  private byte[] bytes = new byte[0];
  private int at;
  private boolean fits;

  SummaryScanner() {
    Arrays.fill(channelEdges, ascii(edges(ChamberSummary.occupancyEdges(0))));
  }

  static SummaryScanner ofThisThread() {
    return SCANNERS.get();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static String edges(int[] edges) {
    StringJoiner list = new StringJoiner(",", "{\"bin_edges\":[", "],\"bin_counts\":[");
    for (int edge : edges) {
      list.add(Integer.toString(edge));
    }
    return list.toString();
  }

  /** What a message has before each scalar. */
  private static byte[][] beforeScalars() {
    byte[][] before = new byte[SummaryLayout.SCALARS][];
    String end = "";
    for (SummaryLayout.Field field : SummaryLayout.SCALAR_FIELDS) {
      boolean array = field.size() > 1;
      before[field.index()] = ascii(end + ",\"" + field.name() + (array ? "\":[" : "\":"));
      Arrays.fill(before, field.index() + 1, field.index() + field.size(), ascii(","));
      end = array ? "]" : "";
    }
    return before;
  }

  /** What a message has before the counts of each histogram, edges of channels not included. */
  private static byte[][][] beforeHistograms() {
    byte[][][] before = new byte[Telescope.CHAMBERS][HISTOGRAMS.length][];
    for (int chamber = 0; chamber < before.length; chamber++) {
      for (int i = 0; i < HISTOGRAMS.length; i++) {
        ChamberHistogram which = HISTOGRAMS[i];
        String edges = which.isPerChannel() ? "" : edges(which.edges(0));
        before[chamber][i] = ascii(",\"" + which.field(chamber) + "\":" + edges);
      }
    }
    return before;
  }

  /** The window of a message; empty if it is spelt in another way than this class knows. */
  Optional<PackedWindow> scan(byte[] message) {
    bytes = message;
    at = 0;
    fits = true;
    expect(WINDOW_START);
    long start = time();
    expect(WINDOW_END);
    long end = time();
    expect(REVISION);
    long revision = number();
    boolean incomplete = fits && startsWith(INCOMPLETE);
    if (incomplete) {
      at += INCOMPLETE.length;
    }
    for (int i = 0; i < SummaryLayout.SCALARS; i++) {
      expect(BEFORE_SCALARS[i]);
      row[i] = number();
    }
    for (int chamber = 0; chamber < Telescope.CHAMBERS && fits; chamber++) {
      chamber(chamber);
    }
    expect(OBJECT_END);
    if (!fits || at != bytes.length || start >= end || revision > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    WindowSummary.Span span =
        new WindowSummary.Span(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    return Optional.of(
        PackedWindow.of(
            span, (int) revision, incomplete, layout(), row, PackedCounts.pack(row, buffer)));
  }

  private void chamber(int chamber) {
    for (int i = 0; i < HISTOGRAMS.length; i++) {
      ChamberHistogram which = HISTOGRAMS[i];
      expect(BEFORE_HISTOGRAMS[chamber][i]);
      if (which == ChamberHistogram.OCCUPANCY) {
        channelEdges(chamber);
      } else if (which == ChamberHistogram.SCINTILLATOR_OCCUPANCY) {
        expect(channelEdges[chamber]);
      }
      counts(which.index(chamber), which.bins());
      if (which == ChamberHistogram.DRIFT_TIME) {
        expect(UNDERFLOW);
        row[SummaryLayout.chamber(chamber) + SummaryLayout.DRIFT_UNDERFLOW] = number();
        expect(OVERFLOW);
        row[SummaryLayout.chamber(chamber) + SummaryLayout.DRIFT_OVERFLOW] = number();
        expect(OBJECT_END);
      } else {
        expect(ARRAY_END);
      }
    }
  }

  /** Edges of a chamber's channels: as in the last message, or others in a row. */
  private void channelEdges(int chamber) {
    byte[] known = channelEdges[chamber];
    if (!fits || startsWith(known)) {
      at += known.length;
      return;
    }
    int before = at;
    expect(Arrays.copyOf(known, "{\"bin_edges\":[".length()));
    long first = number();
    if (fits && first <= Short.MAX_VALUE) {
      firstChannels[chamber] = (int) first;
      channelEdges[chamber] = ascii(edges(ChamberSummary.occupancyEdges((int) first)));
      at = before;
      expect(channelEdges[chamber]);
    } else {
      fits = false;
    }
  }

  private ChannelLayout layout() {
    for (int chamber = 0; chamber < Telescope.CHAMBERS; chamber++) {
      if (layout.firstChannel(chamber) != firstChannels[chamber]) {
        layout = new ChannelLayout(Arrays.stream(firstChannels).boxed().toList());
      }
    }
    return layout;
  }

  private boolean startsWith(byte[] text) {
    return at + text.length <= bytes.length
        && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
  }

  private void expect(byte[] text) {
    if (fits && startsWith(text)) {
      at += text.length;
    } else {
      fits = false;
    }
  }

  private void comma() {
    if (fits && at < bytes.length && bytes[at] == ',') {
      at++;
    } else {
      fits = false;
    }
  }

  private void counts(int to, int bins) {
    for (int i = 0; i < bins && fits; i++) {
      if (i > 0) {
        comma();
      }
      row[to + i] = number();
    }
  }

  /** A whole number as JSON writes it: no sign, no leading zeros. */
  private long number() {
    if (!fits) {
      return 0;
    }
    byte[] b = bytes;
    int i = at;
    long value = 0;
    while (i < b.length && b[i] >= '0' && b[i] <= '9' && i - at <= MOST_DIGITS) {
      value = 10 * value + b[i++] - '0';
    }
    int digits = i - at;
    fits = digits > 0 && digits <= MOST_DIGITS && (digits == 1 || b[at] != '0');
    at = i;
    return value;
  }

  /** A time such as 2026-11-20T20:36:46.000Z in ms since the epoch. */
  private long time() {
    if (!fits || at + 24 > bytes.length) {
      fits = false;
      return 0;
    }
    int year = digits(0, 4);
    int month = digits(5, 2);
    int day = digits(8, 2);
    int hour = digits(11, 2);
    int minute = digits(14, 2);
    int second = digits(17, 2);
    int millis = digits(20, 3);
    fits =
        fits
            && bytes[at + 4] == '-'
            && bytes[at + 7] == '-'
            && bytes[at + 10] == 'T'
            && bytes[at + 13] == ':'
            && bytes[at + 16] == ':'
            && bytes[at + 19] == '.'
            && bytes[at + 23] == 'Z'
            && hour < 24
            && minute < 60
            && second < 60;
    at += 24;
    if (!fits) {
      return 0;
    }
    try {
      long days = LocalDate.of(year, month, day).toEpochDay();
      return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + millis;
    } catch (DateTimeException e) {
      // No day of the calendar: the full reader says so.
      fits = false;
      return 0;
    }
  }

  private int digits(int from, int count) {
    int value = 0;
    for (int i = at + from; i < at + from + count; i++) {
      int digit = bytes[i] - '0';
      fits &= digit >= 0 && digit <= 9;
      value = 10 * value + digit;
    }
    return value;
  }
}
