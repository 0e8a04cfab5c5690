package org.driftwatch.benchmarks.quality;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.driftwatch.benchmarks.quality.Detection.Course;
import org.driftwatch.benchmarks.quality.Detection.Result;
import org.driftwatch.benchmarks.report.Table;
import org.driftwatch.quality.Level;

/**
 * What became of the faults of one kind of stream, as Markdown: a table, where a fault was not said
 * all the time, and what else was said. Not safe for use by several threads.
 */
final class DetectionReport {
  /** Limits are those of windows of this length or shorter, s. */
  private static final int LIMIT_WINDOW = 2;

  /** What a verdict that statistics set the limit of may take, as a multiple of theirs. */
  private static final double FACTOR = 1.5;

  private final Course course;
  private final List<Integer> windows;
  private final Shapes shapes;
  private final List<Result> results;
  private final List<String> lines = new ArrayList<>();

  /**
   * A report.
   *
   * @param windows lengths of the windows, s
   */
  DetectionReport(Course course, List<Integer> windows, Shapes shapes, List<Result> results) {
    this.course = course;
    this.windows = windows;
    this.shapes = shapes;
    this.results = results;
  }

  /** Its lines. */
  List<String> lines() throws IOException {
    lines.addAll(table().lines());
    lines.add("");
    lines.add("Not said all the time:");
    lines.add("");
    gaps();
    lines.add("");
    lines.add("Said beside it, of all seeds and windows:");
    lines.add("");
    collateral();
    lines.add("");
    return lines;
  }

  private Table table() throws IOException {
    Table table =
        new Table(
            "fault",
            "",
            "window, s",
            "said",
            "median, s",
            "largest, s",
            "level",
            "stays",
            "cleared, s",
            "latest, s",
            "limit, s",
            "statistics allow, s",
            "ratio");
    for (FaultCase fault : FaultCase.values()) {
      for (int window : windows) {
        List<Result> of =
            results.stream().filter(r -> r.fault() == fault && r.window() == window).toList();
        if (!of.isEmpty()) {
          table.row(row(fault, window, of));
        }
      }
    }
    return table;
  }

  private String[] row(FaultCase fault, int window, List<Result> of) throws IOException {
    List<Result> said = of.stream().filter(r -> !Double.isNaN(r.outcome().said())).toList();
    double median = median(of, r -> r.outcome().said());
    double largest = largest(of, r -> r.outcome().said());
    double limit = fault.limitSeconds();
    boolean isStatistical = Double.isNaN(limit);
    double allowed = Double.NaN;
    if (isStatistical) {
      List<Double> each = new ArrayList<>();
      for (Result result : of) {
        each.add(shapes.allowedSeconds(result.drawn(), course, window));
      }
      allowed = each.stream().sorted().toList().get(each.size() / 2);
      limit = FACTOR * allowed;
    }
    boolean isMet = (isStatistical ? median : largest) <= limit;
    boolean counts = isStatistical || window <= LIMIT_WINDOW;
    return new String[] {
      fault.title(),
      counts ? (isMet ? "met" : "missed") : "",
      Integer.toString(window),
      said.size() + "/" + of.size(),
      seconds(median),
      seconds(largest),
      said.stream()
          .map(r -> r.outcome().level())
          .collect(Collectors.groupingBy(Level::name, TreeMap::new, Collectors.counting()))
          .entrySet()
          .stream()
          .map(e -> e.getKey().toLowerCase(Locale.ROOT) + " " + e.getValue())
          .collect(Collectors.joining(", ")),
      said.stream().filter(r -> r.outcome().gaps().isEmpty()).count() + "/" + said.size(),
      seconds(median(said, r -> r.outcome().cleared())),
      seconds(largest(said, r -> r.outcome().cleared())),
      Table.number(limit),
      isStatistical ? Table.number(allowed) : "",
      isStatistical ? ratio(median / allowed) : ""
    };
  }

  private static String ratio(double ratio) {
    return Double.isInfinite(ratio) || Double.isNaN(ratio) ? "" : Table.number(ratio);
  }

  private static String seconds(double seconds) {
    return Double.isInfinite(seconds) || Double.isNaN(seconds)
        ? "never"
        : String.format(Locale.ROOT, "%.1f", seconds);
  }

  /** The middle one; what never came to be counts as the latest. */
  private static double median(List<Result> of, ToDoubleFunction<Result> time) {
    double[] times = sorted(of, time);
    return times.length == 0
        ? Double.NaN
        : (times[(times.length - 1) / 2] + times[times.length / 2]) / 2;
  }

  private static double largest(List<Result> of, ToDoubleFunction<Result> time) {
    double[] times = sorted(of, time);
    return times.length == 0 ? Double.NaN : times[times.length - 1];
  }

  private static double[] sorted(List<Result> of, ToDoubleFunction<Result> time) {
    return of.stream()
        .mapToDouble(time)
        .map(t -> Double.isNaN(t) ? Double.POSITIVE_INFINITY : t)
        .sorted()
        .toArray();
  }

  /** Where a fault was not said all the time. */
  private void gaps() {
    for (Result result : results) {
      for (Outcome.Gap gap : result.outcome().gaps()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "- %s, windows of %d s, seed %d (%s): said at %.1f s, not from %.1f to %.1f s",
                result.fault().title(),
                result.window(),
                result.seed(),
                String.join(", ", result.drawn().faults()),
                result.outcome().said(),
                gap.from(),
                gap.to()));
      }
    }
  }

  /** What else is said while there is a fault, and was not in the same stream without it. */
  private void collateral() {
    Map<String, List<Episode>> others = new TreeMap<>();
    Map<String, Long> runs = new TreeMap<>();
    for (Result result : results) {
      runs.merge(result.fault().title(), 1L, Long::sum);
      Map<String, Episode> kinds = new TreeMap<>();
      for (Episode episode : result.outcome().others()) {
        String where =
            result.drawn().subjects().contains(episode.subject())
                ? "of the same"
                : episode.subject().isRun() ? "of the run" : "of another chamber";
        String what = result.fault().title() + ": " + episode.check().title() + " " + where;
        kinds.putIfAbsent(what, episode);
      }
      kinds.forEach((what, e) -> others.computeIfAbsent(what, k -> new ArrayList<>()).add(e));
    }
    others.forEach(
        (what, episodes) ->
            lines.add(
                String.format(
                    Locale.ROOT,
                    "- %s, %d of %d, %s; such as %s: %s",
                    what,
                    episodes.size(),
                    runs.get(what.substring(0, what.indexOf(':'))),
                    episodes.stream().map(Episode::worst).reduce(Level::worse).orElseThrow().word(),
                    episodes.get(0).subject(),
                    episodes.get(0).message())));
  }
}
