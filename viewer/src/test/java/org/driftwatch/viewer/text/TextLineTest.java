package org.driftwatch.viewer.text;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class TextLineTest {
  private static WindowSummary window(String start, int revision, long malformed, long other) {
    List<ChamberSummary> chambers = new ArrayList<>();
    long[] hits = {419, 457, 446, 12_345};
    WindowSummary any = Summaries.window(0, 0, new Random(1));
    for (int i = 0; i < hits.length; i++) {
      ChamberSummary c = any.chamber(i);
      chambers.add(
          new ChamberSummary(
              hits[i],
              c.occupancy(),
              c.activeChannels(),
              c.scintillatorOccupancy(),
              c.driftTime()));
    }
    Instant from = Instant.parse(start);
    return new WindowSummary(
        Optional.of(new WindowSummary.Span(from, from.plusSeconds(5))),
        revision,
        false,
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
    String line = TextLine.of(window("2026-11-20T20:36:45Z", 0, 0, 0));
    assertThat(
        TextLine.heading(),
        is(
            "window start (UTC)       length  rev    records       hits"
                + "    ch 0    ch 1    ch 2    ch 3  scint   orbits"));
    assertThat(
        line,
        is(
            "2026-11-20 20:36:45         5 s           2,000     13,670"
                + "     419     457     446  12,345      3      251"));
  }

  @Test
  void aRefinementIsNamed() {
    assertThat(TextLine.of(window("2026-11-20T20:36:45Z", 2, 0, 0)), containsString(" r2 "));
  }

  @Test
  void malformedAndOtherHitsAreToldOnlyWhereThereAreAny() {
    String none = TextLine.of(window("2026-11-20T20:36:45Z", 0, 0, 0));
    String some = TextLine.of(window("2026-11-20T20:36:45Z", 0, 1_234, 2));
    assertThat(none, not(containsString("malformed")));
    assertThat(none, not(containsString("other")));
    assertThat(some, endsWith("  other 2  malformed 1,234"));
  }

  @Test
  void aWindowThatLacksRecordsIsCalledIncomplete() {
    WindowSummary window = window("2026-11-20T20:36:45Z", 0, 1, 0);
    assertThat(TextLine.of(window), not(containsString("incomplete")));
    assertThat(TextLine.of(window.markedIncomplete()), endsWith("  incomplete  malformed 1"));
  }

  @Test
  void startsBetweenSecondsShowTheirMilliseconds() {
    assertThat(
        TextLine.of(window("2026-11-20T20:36:45.250Z", 0, 0, 0)),
        startsWith("2026-11-20 20:36:45.250 "));
  }
}
