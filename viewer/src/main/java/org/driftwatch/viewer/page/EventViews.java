package org.driftwatch.viewer.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Cell;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.plot.EventView;
import org.driftwatch.viewer.plot.Heading;

/** Events as a physicist reads them, in the views that a detector's chambers measure. */
final class EventViews {
  private static final String HELP =
      "Chambers to scale, the height between them left out. Healthy is: the discs, each on the side"
          + " of its wire that the segment takes, lie on its line; the segments of a muon lie on"
          + " one straight line through all chambers; few hits are on none (crosses). A segment"
          + " beside the line means a displaced chamber or a second muon; a line that crosses a"
          + " chamber without hits, a loss of efficiency there.";

  private final Detector detector;
  private final DetectorDescription description;
  private final Map<Integer, Map<Cell, Integer>> places = new HashMap<>();

  /** Views of a detector that is described so. */
  EventViews(Detector detector, DetectorDescription description) {
    this.detector = detector;
    this.description = description;
  }

  /** The views that chambers measure. */
  List<View> views() {
    return Arrays.stream(View.values()).filter(view -> !chambers(view).isEmpty()).toList();
  }

  /** Numbers of the chambers of a view, the highest first. */
  List<Integer> chambers(View view) {
    return IntStream.range(0, description.chambers().size())
        .filter(i -> chamber(i).view() == view)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> chamber(i).zMm()).reversed())
        .toList();
  }

  private Chamber chamber(int number) {
    return description.chambers().get(number);
  }

  /** The letters of a view: {@code xz}. */
  static String letters(View view) {
    return view == View.X ? "xz" : "yz";
  }

  /** An event in a view; the bare chambers without one. */
  EventView view(View view, Optional<Event> event) {
    Optional<EventReading> reading = event.map(e -> new EventReading(description, e));
    Optional<EventReading.Track> track = reading.flatMap(r -> r.track(view));
    return new EventView(
        new Heading("View " + letters(view), words(view, event, track), HELP),
        (view == View.X ? "x" : "y") + " [mm]",
        description.cellWidthMm(),
        description.cellHeightMm(),
        chambers(view).stream().map(chamber -> panel(chamber, event, reading)).toList(),
        track.map(t -> new EventView.Line(t.place(), t.tangent(), t.isSure())));
  }

  /** What is said of the line through segments, or why there is none, for the plot's title. */
  private String words(View view, Optional<Event> event, Optional<EventReading.Track> track) {
    long segments =
        event.stream()
            .flatMap(e -> e.segments().stream())
            .filter(segment -> chamber(segment.chamber()).view() == view)
            .count();
    return track
        .map(EventViews::words)
        .orElse(segments > 1 ? "no line: no two segments are of the same time" : "");
  }

  private static String words(EventReading.Track track) {
    String line =
        String.format(
            Locale.ROOT,
            "line through %d segments: %.0f mrad",
            track.segments(),
            1000 * Math.atan(track.tangent()));
    return track.segments() > 2
        ? line + String.format(Locale.ROOT, ", misses by %.2f mm at most", track.worstMm())
        : line;
  }

  private EventView.Panel panel(
      int chamber, Optional<Event> event, Optional<EventReading> reading) {
    Map<Integer, List<String>> told = new HashMap<>();
    List<EventView.Hit> hits = new ArrayList<>();
    List<EventView.Line> segments = new ArrayList<>();
    if (event.isPresent() && reading.isPresent()) {
      List<Hit> all = event.get().hits();
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).chamber() == chamber) {
          int cell = cell(chamber, all.get(i));
          int side = reading.get().side(i);
          hits.add(new EventView.Hit(cell, reading.get().driftMm(i), side));
          told.computeIfAbsent(cell, c -> new ArrayList<>())
              .add(words(all.get(i), i, reading.get()));
        }
      }
      event.get().segments().stream()
          .filter(segment -> segment.chamber() == chamber)
          .map(
              segment ->
                  new EventView.Line(
                      segment.xMm() + chamber(chamber).xMm(),
                      segment.tangent(),
                      !segment.isAmbiguous()))
          .forEach(segments::add);
    }
    return new EventView.Panel(
        chamber,
        detector.brief("Chamber ", chamber),
        chamber(chamber).zMm(),
        IntStream.range(0, chamber(chamber).size())
            .mapToObj(cell -> cell(chamber, cell, told.getOrDefault(cell, List.of())))
            .toList(),
        hits,
        segments);
  }

  private int cell(int chamber, Hit hit) {
    return places.computeIfAbsent(chamber, this::places).get(new Cell(hit.layer(), hit.wire()));
  }

  private Map<Cell, Integer> places(int chamber) {
    Map<Cell, Integer> all = new HashMap<>();
    for (int i = 0; i < chamber(chamber).size(); i++) {
      all.put(chamber(chamber).cells().get(i), i);
    }
    return all;
  }

  private EventView.Cell cell(int chamber, int cell, List<String> hits) {
    Chamber of = chamber(chamber);
    return new EventView.Cell(
        of.xMm() + description.wireX(chamber, cell),
        description.wireZ(chamber, cell),
        of.deadCells().contains(cell),
        "<b>layer "
            + of.layer(cell)
            + ", wire "
            + of.wire(cell)
            + "</b>"
            + (of.deadCells().contains(cell) ? "<br>known to be dead" : "")
            + (hits.isEmpty() ? "<br>no hit" : String.join("", hits)));
  }

  private static String words(Hit hit, int number, EventReading reading) {
    String time = String.format(Locale.ROOT, "<br>hit at %.1f ns: ", hit.timeNs());
    String drift =
        reading
            .driftMm(number)
            .map(
                mm ->
                    String.format(
                        Locale.ROOT,
                        "drifted %.1f ns, %.2f mm from the wire",
                        reading.driftNs(number).orElseThrow(),
                        mm))
            .orElse("no muon that is known explains its time");
    String on =
        reading.side(number) == 0
            ? ", on no segment"
            : reading.side(number) > 0 ? ", passed on the right" : ", passed on the left";
    return time + drift + on;
  }
}
