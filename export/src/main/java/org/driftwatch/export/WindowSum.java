package org.driftwatch.export;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.detector.WindowSummary.Span;

/**
 * The windows of a stretch, added up: of each the newest message, so that what was refined later
 * counts once. The messages are read twice, the first time for their windows only: what is kept is
 * a number or two for each window.
 */
final class WindowSum {
  private static final long MOST_COMPLAINTS = 3;

  private final Messages messages;
  private final Consumer<String> complaints;
  private final TreeSet<Long> runs = new TreeSet<>();
  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> to = Optional.empty();
  private Optional<WindowSummary> first = Optional.empty();
  private SummaryLayout layout = new SummaryLayout();
  private long[] sum = {};
  private long windows;
  private long incomplete;
  private long unreadable;

  private WindowSum(Messages messages, Consumer<String> complaints) {
    this.messages = messages;
    this.complaints = complaints;
  }

  /**
   * Adds up.
   *
   * @param version of this software
   * @param complaints takes a line for each message that cannot be read, the first few
   * @throws IOException in one line, where nothing is there to be added up, or windows of different
   *     detectors are
   */
  static Contents of(
      Messages messages,
      Stretch stretch,
      DetectorDescription detector,
      String version,
      Consumer<String> complaints)
      throws IOException {
    WindowSum sum = new WindowSum(messages, complaints);
    sum.read(stretch);
    return sum.contents(detector, version);
  }

  private void read(Stretch asked) throws IOException {
    Map<Instant, Long> newest = newest();
    Optional<Instant> last = newest.keySet().stream().max(Comparator.naturalOrder());
    Stretch stretch = last.map(asked::with).orElse(asked);
    messages.forEach(
        (place, key, value) -> {
          Optional<WindowSummary> read = summary(place, value);
          if (read.isEmpty()) {
            return;
          }
          WindowSummary window = read.get();
          Optional<Instant> start = window.window().map(Span::start);
          boolean counts =
              start.isEmpty() || (stretch.has(start.get()) && newest.get(start.get()) == place);
          if (counts && stretch.has(window)) {
            add(place, window);
          }
        });
    if (unreadable > MOST_COMPLAINTS) {
      complaints.accept(unreadable + " messages are left out that are no window summaries");
    }
    if (windows == 0) {
      throw new IOException(
          "no window "
              + words(asked)
              + (newest.isEmpty()
                  ? "; there is none at all"
                  : "; there are "
                      + newest.size()
                      + ", from "
                      + newest.keySet().stream().min(Comparator.naturalOrder()).orElseThrow()
                      + " to "
                      + last.orElseThrow()));
    }
  }

  private static String words(Stretch stretch) {
    StringBuilder words = new StringBuilder();
    stretch.from().ifPresent(time -> words.append("from ").append(time).append(' '));
    stretch.to().ifPresent(time -> words.append("to ").append(time).append(' '));
    stretch.last().ifPresent(time -> words.append("of the last ").append(time).append(' '));
    stretch.run().ifPresent(run -> words.append("of run ").append(run).append(" alone "));
    return words.isEmpty() ? "of any time" : words.toString().strip();
  }

  /** Where the newest message of each window is. */
  private Map<Instant, Long> newest() throws IOException {
    Map<Instant, Long> newest = new HashMap<>();
    messages.forEach(
        (place, key, value) -> {
          Optional<Instant> start = key == null ? Optional.empty() : time(key);
          if (start.isEmpty()) {
            try {
              start = SummaryJson.read(value).window().map(Span::start);
            } catch (SummaryJson.FormatException e) {
              // Told when it is read for its counts.
              return;
            }
          }
          start.ifPresent(of -> newest.merge(of, place, Math::max));
        });
    return newest;
  }

  private static Optional<Instant> time(String key) {
    try {
      return Optional.of(Instant.parse(key));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private Optional<WindowSummary> summary(long place, byte[] value) {
    try {
      return Optional.of(SummaryJson.read(value));
    } catch (SummaryJson.FormatException e) {
      if (unreadable++ < MOST_COMPLAINTS) {
        complaints.accept(messages.at(place) + " is left out: " + e.getMessage());
      }
      return Optional.empty();
    }
  }

  private void add(long place, WindowSummary window) throws IOException {
    if (first.isEmpty()) {
      first = Optional.of(window);
      layout = SummaryLayout.of(window);
      sum = new long[layout.size()];
    } else if (!shape(first.get()).equals(shape(window))) {
      throw new IOException(
          messages.at(place)
              + " is of another detector than the windows before it: chambers and their first"
              + " channels and cells are "
              + shape(window)
              + " and were "
              + shape(first.get())
              + "; pick a stretch of one");
    }
    long[] counts = layout.counts(window);
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.addExact(sum[i], counts[i]);
    }
    windows++;
    incomplete += window.incomplete() ? 1 : 0;
    runs.addAll(window.runs());
    window
        .window()
        .ifPresent(
            span -> {
              from = from.filter(f -> f.isBefore(span.start())).or(() -> Optional.of(span.start()));
              to = to.filter(t -> t.isAfter(span.end())).or(() -> Optional.of(span.end()));
            });
  }

  private static List<String> shape(WindowSummary window) {
    return window.chambers().stream()
        .map((ChamberSummary c) -> c.occupancy().edge(0) + "+" + c.cells())
        .toList();
  }

  private Contents contents(DetectorDescription detector, String version) {
    WindowSummary one = first.orElseThrow();
    Optional<Span> span = from.flatMap(f -> to.map(t -> new Span(f, t)));
    WindowSummary.Head head = new WindowSummary.Head(span, 0, incomplete > 0, List.copyOf(runs));
    WindowSummary all = layout.summary(head, i -> one.chamber(i).occupancy().edge(0), sum);
    return Contents.of(
        all,
        detector,
        new About(
            detector.name(), span, windows, incomplete, unreadable, List.copyOf(runs), version));
  }
}
