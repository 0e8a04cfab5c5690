package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.detector.MuonEvents.Segment;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
  private static final DetectorDescription COURSE = Summaries.COURSE;

  private final Random random = new Random(41);
  private final EventHistory history = new EventHistory(COURSE);

  private MuonEvents window(int n, int revision, int events) {
    return SimulatedEvents.window(COURSE, n, revision, events, random);
  }

  private List<Long> orbits() {
    return history.entries().stream().map(entry -> entry.event().orbit()).toList();
  }

  @Test
  void theNewestWindowIsFirstAndItsEventsAreAsItListsThem() throws IOException {
    history.take(window(1, 0, 2));
    history.take(window(3, 0, 1));
    history.take(window(2, 0, 2));
    assertThat(orbits(), is(List.of(300L, 200L, 201L, 100L, 101L)));
  }

  @Test
  void aRefinedWindowReplacesItsEarlierOne() throws IOException {
    history.take(window(1, 0, 3));
    history.take(window(1, 1, 1));
    assertThat(orbits(), is(List.of(100L)));
    assertThat(history.entries().get(0).revision(), is(1));
  }

  @Test
  void onlySomeHundredEventsAreKeptTheNewestOnes() throws IOException {
    for (int n = 0; n < 200; n++) {
      history.take(window(n, 0, 8));
    }
    assertThat(history.entries().size(), lessThanOrEqualTo(EventHistory.MOST));
    assertThat(orbits().get(0), is(19_900L));
    history.take(window(5, 0, 8));
    assertThat("one of long ago comes too late", orbits().contains(500L), is(false));
  }

  @Test
  void eventsOfAnotherDetectorAreRefusedWithTheCellThatItHasNot() throws IOException {
    DetectorDescription wide = Detectors.of("wide", 4, 4, 40);
    history.take(window(1, 0, 1));
    String why =
        assertThrows(
                IOException.class,
                () -> history.take(SimulatedEvents.window(wide, 2, 0, 5, random)))
            .getMessage();
    assertThat(why, containsString("detector course has no such cell"));
    assertThat("what was there stays", orbits(), is(List.of(100L)));
  }

  @Test
  void aSegmentThatMixesChambersIsRefused() {
    Segment mixed = new Segment(0, 0, 0, 0, false, false, List.of(0), List.of(1));
    Event event =
        new Event(1, OptionalDouble.empty(), List.of(new Hit(1, 1, 1, 0)), List.of(mixed));
    MuonEvents message = new MuonEvents(window(1, 0, 0).window(), 0, List.of(event));
    assertThat(
        assertThrows(IOException.class, () -> history.take(message)).getMessage(),
        is("a segment of chamber 0 has a hit of chamber 1"));
  }

  @Test
  void numbersThatNoOrbitHasAreRefusedBeforeAnybodyDrawsThem() {
    for (Segment wild :
        List.of(
            new Segment(0, 1e300, 0, 0, false, false, List.of(), List.of()),
            new Segment(0, 0, 1e9, 0, false, false, List.of(), List.of()),
            new Segment(0, 0, 0, -1e18, false, false, List.of(), List.of()))) {
      Event event = new Event(1, OptionalDouble.empty(), List.of(), List.of(wild));
      MuonEvents message = new MuonEvents(window(1, 0, 0).window(), 0, List.of(event));
      assertThat(
          assertThrows(IOException.class, () -> history.take(message)).getMessage(),
          containsString(", expected "));
    }
  }
}
