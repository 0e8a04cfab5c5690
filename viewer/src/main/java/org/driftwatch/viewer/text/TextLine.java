package org.driftwatch.viewer.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;

/** One window as one line of text, in columns under a heading: those of a detector. */
public final class TextLine {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int START = 23;

  /** Least width of a chamber's column. */
  private static final int CHAMBER = 8;

  private final Detector detector;

  /** Lines of a detector's windows. */
  public TextLine(Detector detector) {
    this.detector = detector;
  }

  private String chamberName(int chamber) {
    return detector.brief("ch ", chamber);
  }

  private String chamber(int chamber, String text) {
    return right(Math.max(CHAMBER, chamberName(chamber).length() + 2), text);
  }

  /** The heading of the columns. */
  public String heading() {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-" + START + "s", "window start (UTC)"));
    line.append(columns("length", "rev", "records", "hits"));
    for (int chamber = 0; chamber < detector.chambers(); chamber++) {
      line.append(chamber(chamber, chamberName(chamber)));
    }
    if (detector.hasScintillators()) {
      line.append(right(7, "scint"));
    }
    return line.append(right(7, "other")).append(right(9, "orbits")).toString();
  }

  /** A window with the columns of {@link #heading()}; what is rare follows only if it occurs. */
  public String of(WindowSummary s) {
    StringBuilder line = new StringBuilder();
    WindowSummary.Span span = s.window().orElseThrow();
    line.append(String.format(Locale.ROOT, "%-" + START + "s", time(span.start())));
    line.append(
        columns(
            Numbers.windowLength(Duration.between(span.start(), span.end())),
            s.revision() > 0 ? "r" + s.revision() : "",
            Numbers.grouped(s.totImport()),
            Numbers.grouped(s.hits())));
    for (int chamber = 0; chamber < detector.chambers(); chamber++) {
      line.append(chamber(chamber, Numbers.grouped(s.chamber(chamber).hits())));
    }
    if (detector.hasScintillators()) {
      line.append(right(7, Numbers.grouped(s.scintillatorHits())));
    }
    line.append(right(7, Numbers.grouped(s.otherHits())));
    line.append(right(9, Numbers.grouped(s.orbits())));
    if (!s.runs().isEmpty()) {
      line.append("  ").append(Numbers.runs(s.runs()));
    }
    if (s.incomplete()) {
      line.append("  incomplete");
    }
    if (s.malformed() > 0) {
      line.append("  malformed ").append(Numbers.grouped(s.malformed()));
    }
    return line.toString();
  }

  private static String columns(String length, String revision, String records, String hits) {
    return right(8, length) + right(5, revision) + right(11, records) + right(11, hits);
  }

  private static String right(int width, String text) {
    // A number wider than its column keeps its distance to the one before.
    return text.length() < width ? " ".repeat(width - text.length()) + text : " " + text;
  }

  private static String time(Instant start) {
    return (start.equals(start.truncatedTo(ChronoUnit.SECONDS)) ? SECONDS : MILLIS).format(start);
  }
}
