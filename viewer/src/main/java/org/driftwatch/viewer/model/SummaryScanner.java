package org.driftwatch.viewer.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.WindowSeries.Column;

/**
 * Reads window summaries as {@link SummaryJson} writes them, byte for byte: fields in the
 * contract's order, no spaces, and the channels of the message before. That is what the pipeline
 * publishes, and knowing it, a message is compared with a {@link SummaryTemplate} and not parsed.
 * Any other spelling is left to the full reader, which also says what is wrong, and other channels,
 * which {@link #expect} then tells. A day of seconds is read in a fraction of the time.
 *
 * <p>Keeps its arrays between messages: one for each thread.
 */
final class SummaryScanner {
  private static final int MOST_DIGITS = 18;
  private static final int MOST_RUNS = 1_000;
  private static final ThreadLocal<SummaryScanner> SCANNERS =
      ThreadLocal.withInitial(SummaryScanner::new);

  private SummaryTemplate template =
      new SummaryTemplate(new ChannelLayout(new SummaryLayout(), List.of()));
  private WindowLabels labels = new WindowLabels(template.channels(), List.of());
  private long[] row = new long[0];
  private byte[] buffer = new byte[0];
  private byte[] bytes = new byte[0];
  private int at;
  private boolean fits;

  static SummaryScanner ofThisThread() {
    return SCANNERS.get();
  }

  /** Knows messages of these channels from now on, and no others. */
  void expect(ChannelLayout channels) {
    if (channels.equals(template.channels())) {
      return;
    }
    template = new SummaryTemplate(channels);
    labels = new WindowLabels(channels, List.of());
    row = new long[PackedWindow.numbers(channels.counts())];
    buffer = new byte[PackedCounts.bufferFor(row.length)];
  }

  /** The window of a message; empty if it is spelt in another way than this class knows. */
  Optional<PackedWindow> scan(byte[] message) {
    bytes = message;
    at = 0;
    fits = template.channels().chambers() > 0;
    expect(SummaryTemplate.WINDOW_START);
    long start = time();
    expect(SummaryTemplate.WINDOW_END);
    long end = time();
    expect(SummaryTemplate.REVISION);
    long revision = number();
    boolean incomplete = skip(SummaryTemplate.INCOMPLETE);
    List<Long> runs = runs();
    for (SummaryTemplate.Counts counts : template.counts()) {
      expect(counts.before());
      if (!fits) {
        return Optional.empty();
      }
      numbers(counts);
    }
    expect(template.beforeSegments());
    template.segments().forEach(this::segments);
    expect(SummaryTemplate.END);
    if (!fits || at != bytes.length || start >= end || revision > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    if (!labels.runs().equals(runs)) {
      labels = new WindowLabels(template.channels(), runs);
    }
    WindowSummary.Span span =
        new WindowSummary.Span(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end));
    return Optional.of(PackedWindow.of(span, (int) revision, incomplete, labels, row, buffer));
  }

  private void segments(SummaryTemplate.Segments of) {
    int first = Column.HEAD + of.tracked();
    List<SummaryTemplate.Counts> rest = of.counts();
    if (!skip(rest.get(0).before())) {
      Arrays.fill(row, first, first + of.size(), 0);
      return;
    }
    row[first] = 1;
    for (int i = 0; i < rest.size(); i++) {
      SummaryTemplate.Counts counts = rest.get(i);
      if (i > 0) {
        expect(counts.before());
      }
      numbers(counts);
    }
    expect(of.end());
  }

  private List<Long> runs() {
    if (!skip(SummaryTemplate.RUNS)) {
      return List.of();
    }
    List<Long> runs = new ArrayList<>();
    runs.add(number());
    while (fits && at < bytes.length && bytes[at] == ',') {
      at++;
      runs.add(number());
      fits &= runs.size() <= MOST_RUNS;
    }
    expect(SummaryTemplate.RUNS_END);
    return runs;
  }

  /** Goes over a text that may be there; false if it is not. */
  private boolean skip(byte[] text) {
    boolean there = fits && startsWith(text);
    at += there ? text.length : 0;
    return there;
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

  private void numbers(SummaryTemplate.Counts counts) {
    int to = Column.HEAD + counts.index();
    for (int i = 0; i < counts.size() && fits; i++) {
      if (i > 0) {
        comma();
      }
      boolean isNegative = counts.canBeNegative() && at < bytes.length && bytes[at] == '-';
      at += isNegative ? 1 : 0;
      long number = number();
      row[to + i] = isNegative ? -number : number;
      fits &= !isNegative || number > 0;
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
