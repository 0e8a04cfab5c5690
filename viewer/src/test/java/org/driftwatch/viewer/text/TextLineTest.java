package org.driftwatch.viewer.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.junit.jupiter.api.Test;

class TextLineTest {
  private static final TextLine LINE = new TextLine(Detector.of(Summaries.COURSE));

  private static WindowSummary window(String start, int revision, long malformed, long other) {
    List<ChamberSummary> chambers = new ArrayList<>();
    long[] hits = {419, 457, 446, 12_345};
    WindowSummary any = Summaries.window(0, 0, new Random(1));
    for (int i = 0; i < hits.length; i++) {
      chambers.add(new ChamberSummary(hits[i], any.chamber(i).histograms()));
    }
    Instant from = Instant.parse(start);
    return new WindowSummary(
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(from, from.plusSeconds(5))),
            revision,
            false,
            List.of()),
        2_000,
        malformed,
        13_670,
        3,
        other,
        251,
        3,
        chambers);
  }

  @Test
  void aLineHasItsNumbersUnderTheHeading() {
    String line = LINE.of(window("2026-11-20T20:36:45Z", 0, 0, 0));
    assertThat(
        LINE.heading(),
        is(
            "window start (UTC)       length  rev    records       hits"
                + "    ch 0    ch 1    ch 2    ch 3  scint  other   orbits"));
    assertThat(
        line,
        is(
            "2026-11-20 20:36:45         5 s           2,000     13,670"
                + "     419     457     446  12,345      3      0      251"));
  }

  @Test
  void aRefinementIsNamed() {
    assertThat(LINE.of(window("2026-11-20T20:36:45Z", 2, 0, 0)), containsString(" r2 "));
  }

  @Test
  void otherHitsHaveAColumnAndMalformedRecordsAreToldOnlyWhereThereAreAny() {
    String none = LINE.of(window("2026-11-20T20:36:45Z", 0, 0, 0));
    String some = LINE.of(window("2026-11-20T20:36:45Z", 0, 1_234, 2));
    assertThat(none, not(containsString("malformed")));
    assertThat(some, endsWith("      2      251  malformed 1,234"));
  }

  @Test
  void aWindowThatLacksRecordsIsCalledIncomplete() {
    WindowSummary window = window("2026-11-20T20:36:45Z", 0, 1, 0);
    assertThat(LINE.of(window), not(containsString("incomplete")));
    assertThat(LINE.of(window.markedIncomplete()), endsWith("  incomplete  malformed 1"));
  }

  @Test
  void startsBetweenSecondsShowTheirMilliseconds() {
    assertThat(
        LINE.of(window("2026-11-20T20:36:45.250Z", 0, 0, 0)),
        startsWith("2026-11-20 20:36:45.250 "));
  }

  private static List<Integer> ends(String line) {
    List<Integer> ends = new ArrayList<>();
    for (int i = 1; i <= line.length(); i++) {
      if (line.charAt(i - 1) != ' ' && (i == line.length() || line.charAt(i) == ' ')) {
        ends.add(i);
      }
    }
    return ends;
  }

  @Test
  void everyChamberHasItsColumnWhateverTheirNumberAndNames() {
    for (DetectorDescription detector :
        List.of(
            Detectors.of("one", 1, 4, 16),
            Detectors.of("two", 2, 4, 16),
            Detectors.of("sixteen", 16, 4, 16),
            named("top", "a chamber with a long name", "x"))) {
      TextLine text = new TextLine(Detector.of(detector));
      WindowSummary window = Summaries.window(detector, 0, 0, new Random(3));
      String heading = text.heading();
      String line = text.of(window);
      for (ChamberSummary chamber : window.chambers()) {
        String hits = Numbers.grouped(chamber.hits());
        int end = line.indexOf(" " + hits) + 1 + hits.length();
        assertThat(heading + "\n" + line, ends(heading), hasItem(end));
      }
    }
    assertThat(
        new TextLine(Detector.of(named("top", "a chamber with a long name"))).heading(),
        containsString("     top  a chamber with …  scint"));
  }

  private static DetectorDescription named(String... names) {
    List<DetectorDescription.Chamber> chambers = new ArrayList<>();
    for (String name : names) {
      chambers.add(Detectors.chamber(name, chambers.size(), 4, 16));
    }
    return Detectors.of("named", chambers, Summaries.COURSE.scintillators());
  }

  @Test
  void withoutScintillatorItHasNoColumn() {
    Detector bare = Detector.of(Detectors.withoutScintillator(Summaries.COURSE));
    assertThat(new TextLine(bare).heading(), not(containsString("scint")));
  }

  @Test
  void runsAreToldWhereTheStreamCarriesThem() {
    assertThat(
        LINE.of(Summaries.ofRuns(0, List.of(591L), new Random(1))), containsString("  run 591"));
    assertThat(
        LINE.of(Summaries.ofRuns(0, List.of(591L, 592L), new Random(1))),
        containsString("  runs 591, 592"));
  }
}
