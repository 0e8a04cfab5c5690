package org.driftwatch.export;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary.Span;

/**
 * What an export is of.
 *
 * @param detector name of the detector's description
 * @param span from the first window's start to the last one's end; empty of a static batch
 * @param windows how many windows are added up
 * @param incomplete how many of them lack records
 * @param unreadable messages that were no window summaries and are left out
 * @param runs numbers of the runs that their records are of, ascending
 * @param version of this software
 */
public record About(
    String detector,
    Optional<Span> span,
    long windows,
    long incomplete,
    long unreadable,
    List<Long> runs,
    String version) {
  /** Copies the list. */
  public About {
    runs = List.copyOf(runs);
  }

  /** All of it as names and texts, in order. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("detector", detector);
    fields.put("from", time(span.map(Span::start)));
    fields.put("to", time(span.map(Span::end)));
    fields.put("windows", Long.toString(windows));
    fields.put("incomplete_windows", Long.toString(incomplete));
    fields.put("unreadable_messages", Long.toString(unreadable));
    fields.put("runs", runs.stream().map(String::valueOf).collect(Collectors.joining(" ")));
    fields.put("software", software());
    return fields;
  }

  /** Name and version of what wrote it. */
  public String software() {
    return "driftwatch " + version;
  }

  private static String time(Optional<Instant> time) {
    return time.map(SummaryJson::key).orElse("");
  }
}
