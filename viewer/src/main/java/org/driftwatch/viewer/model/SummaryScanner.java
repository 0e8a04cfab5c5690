package org.driftwatch.viewer.model;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.LittleEndian;
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

  /** Letters of a time such as 2026-11-20T20:36:46.000Z. */
  private static final int TIME_LENGTH = 24;

  private static final int MOST_RUNS = 1_000;
  private static final int FOUR = 4;

  /** The letters 0,0,0,0, as a number, and 0,0,0,0] where an array ends. */
  private static final long FOUR_ZEROS = 0x2C302C302C302C30L;

  private static final long LAST_ZEROS = 0x5D302C302C302C30L;

  /** What tells other digits in their places from the rest. */
  private static final long FOUR_SIXES = 0x0006000600060006L;

  private static final long NO_DIGITS = 0xFFF0FFF0FFF0FFF0L;
  private static final long TWO_TWOS = 0x0000FFFF0000FFFFL;
  private static final ThreadLocal<SummaryScanner> SCANNERS =
      ThreadLocal.withInitial(SummaryScanner::new);

  private SummaryTemplate template =
      new SummaryTemplate(new ChannelLayout(new SummaryLayout(), List.of()));
  private WindowLabels labels = new WindowLabels(template.channels(), List.of());

  /** What a window's row begins with: the counts that a message has in another order. */
  private long[] head = new long[Column.HEAD + SummaryLayout.CHAMBER_HITS];

  private PackedCounts.Packer packer = new PackedCounts.Packer(0);
  private byte[] bytes = new byte[0];
  private int at;

  /** Where the message ends in the bytes. */
  private int end;

  private int startAt;
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
    head = new long[Column.HEAD + SummaryLayout.CHAMBER_HITS + channels.chambers()];
    packer = new PackedCounts.Packer(PackedWindow.numbers(channels.counts()));
  }

  /** True if a key is the start of the window scanned last as the message spells it. */
  boolean isKey(byte[] key) {
    return Arrays.equals(key, 0, key.length, bytes, startAt, startAt + TIME_LENGTH);
  }

  /** The window of a message; empty if it is spelt in another way than this class knows. */
  Optional<PackedWindow> scan(ByteBuffer message) {
    bytes = message.array();
    at = message.arrayOffset() + message.position();
    end = message.arrayOffset() + message.limit();
    fits = template.channels().chambers() > 0;
    expect(SummaryTemplate.WINDOW_START);
    startAt = at;
    long from = time();
    expect(SummaryTemplate.WINDOW_END);
    long to = time();
    expect(SummaryTemplate.REVISION);
    long revision = number();
    boolean incomplete = skip(SummaryTemplate.INCOMPLETE);
    List<Long> runs = runs();
    for (SummaryTemplate.Counts counts : template.scalars()) {
      expect(counts.before());
      scalars(counts);
    }
    if (!fits || from >= to || revision > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    WindowSummary.Span span =
        new WindowSummary.Span(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to));
    PackedWindow.head(head, span, (int) revision, incomplete);
    packer.clear();
    packer.put(head);
    template.histograms().forEach(this::counts);
    expect(template.beforeSegments());
    template.segments().forEach(this::segments);
    expect(SummaryTemplate.END);
    if (!fits || at != end) {
      return Optional.empty();
    }
    if (!labels.runs().equals(runs)) {
      labels = new WindowLabels(template.channels(), runs);
    }
    return Optional.of(PackedWindow.of(span, packer.take(), labels));
  }

  private void segments(SummaryTemplate.Segments of) {
    if (!skip(of.begin())) {
      packer.zeros(of.size());
      return;
    }
    packer.put(1);
    of.counts().forEach(this::counts);
    expect(of.end());
  }

  private List<Long> runs() {
    if (!skip(SummaryTemplate.RUNS)) {
      return List.of();
    }
    List<Long> runs = new ArrayList<>();
    runs.add(number());
    while (fits && at < end && bytes[at] == ',') {
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
    int last = text.length - Long.BYTES;
    if (at + text.length > end) {
      return false;
    }
    if (last < 0 || last > Long.BYTES) {
      return Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }
    // Short ones, which most are, are compared faster here.
    return LittleEndian.getLong(bytes, at) == LittleEndian.getLong(text, 0)
        && LittleEndian.getLong(bytes, at + last) == LittleEndian.getLong(text, last);
  }

  private void expect(byte[] text) {
    if (fits && startsWith(text)) {
      at += text.length;
    } else {
      fits = false;
    }
  }

  private void scalars(SummaryTemplate.Counts counts) {
    for (int i = 0; i < counts.size(); i++) {
      if (i > 0) {
        comma();
      }
      head[Column.HEAD + counts.index() + i] = number();
    }
  }

  /**
   * Packs the numbers of a row of the message. Most have one digit, so it is tried with four of
   * them and the commas behind them.
   */
  private void counts(SummaryTemplate.Counts counts) {
    expect(counts.before());
    int left = counts.size();
    while (left > 0 && fits) {
      left -= fours(left);
      if (left > 0) {
        boolean isNegative = counts.canBeNegative() && at < end && bytes[at] == '-';
        at += isNegative ? 1 : 0;
        long number = number();
        fits &= !isNegative || number > 0;
        packer.put(isNegative ? -number : number);
        if (--left > 0) {
          comma();
        }
      }
    }
  }

  /** Packs fours of digits as long as they stand here; how many digits they are. */
  private int fours(int most) {
    byte[] b = bytes;
    int i = at;
    int left = most;
    while (left >= FOUR && i + Long.BYTES <= end) {
      long letters = LittleEndian.getLong(b, i) ^ (left > FOUR ? FOUR_ZEROS : LAST_ZEROS);
      // What stands between is as expected, and digits are 0 to 9: 6 more have no higher bits.
      if (((letters | (letters + FOUR_SIXES)) & NO_DIGITS) != 0) {
        break;
      }
      long twos = (letters | (letters >>> 8)) & TWO_TWOS;
      packer.four((int) (twos | (twos >>> 16)));
      i += Long.BYTES;
      left -= FOUR;
    }
    // The bracket is not a part of the numbers.
    at = left == 0 ? i - 1 : i;
    return most - left;
  }

  private void comma() {
    if (fits && at < end && bytes[at] == ',') {
      at++;
    } else {
      fits = false;
    }
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  /** A whole number as JSON writes it: no sign, no leading zeros. */
  private long number() {
    if (!fits) {
      return 0;
    }
    byte[] b = bytes;
    int i = at;
    long value = 0;
    while (i < end && isDigit(b[i]) && i - at <= MOST_DIGITS) {
      value = 10 * value + b[i++] - '0';
    }
    int digits = i - at;
    fits = digits > 0 && digits <= MOST_DIGITS && (digits == 1 || b[at] != '0');
    at = i;
    return value;
  }

  /** A time in ms since the epoch. */
  private long time() {
    if (!fits || at + TIME_LENGTH > end) {
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
    at += TIME_LENGTH;
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
