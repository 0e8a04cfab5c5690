package org.driftwatch.viewer.view;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.EventLog;
import org.junit.jupiter.api.Test;

class EventDeskTest {
  private final EventDesk desk = new EventDesk();

  private static EventLog.Entry entry(int window, int revision, long orbit) {
    return new EventLog.Entry(
        new WindowSummary.Span(Summaries.start(window), Summaries.start(window + 1)),
        revision,
        new Event(orbit, OptionalDouble.empty(), List.of(), List.of()));
  }

  /** Windows from the newest down, of two orbits each. */
  private static EventLog log(int oldest, int newest) {
    List<EventLog.Entry> all = new ArrayList<>();
    for (int window = newest; window >= oldest; window--) {
      all.add(entry(window, 0, 10L * window));
      all.add(entry(window, 0, 10L * window + 1));
    }
    return new EventLog(all, "");
  }

  private long orbit() {
    return desk.shown().orElseThrow().event().orbit();
  }

  @Test
  void withoutEventsNothingIsShownAndNoCommandFails() {
    desk.step(1);
    desk.hold();
    assertThat(desk.shown(), is(Optional.empty()));
    assertThat(desk.find("7"), is(Optional.of("Orbit 7 is not here: there is no event")));
  }

  @Test
  void theNewestIsShownAsItComes() {
    desk.take(log(1, 3));
    assertThat(orbit(), is(30L));
    desk.take(log(1, 4));
    assertThat(orbit(), is(40L));
    assertThat(desk.placeWords(), is("event 1 of 8, the newest first"));
  }

  @Test
  void whatIsHeldStaysWhateverComesAndWhenItHasGone() {
    desk.take(log(1, 3));
    desk.hold();
    desk.take(log(1, 4));
    assertThat(orbit(), is(30L));
    assertThat(desk.placeWords(), is("event 3 of 8, the newest first"));
    desk.take(log(7, 9));
    assertThat(orbit(), is(30L));
    assertThat(desk.placeWords(), is("6 newer ones"));
    desk.step(-1);
    assertThat("the oldest that is there", orbit(), is(71L));
    desk.live();
    assertThat(orbit(), is(90L));
  }

  @Test
  void whatIsHeldIsShownAsItsWindowWasRefined() {
    desk.take(new EventLog(List.of(entry(2, 0, 20), entry(2, 0, 21)), ""));
    desk.step(1);
    desk.take(new EventLog(List.of(entry(2, 1, 22), entry(2, 1, 21)), ""));
    assertThat(orbit(), is(21L));
    assertThat(desk.shown().orElseThrow().revision(), is(1));
  }

  @Test
  void stepsGoThroughAllWindowsAndStayAtTheEnds() {
    desk.take(log(1, 3));
    List<Long> seen = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      desk.step(1);
      seen.add(orbit());
    }
    assertThat(seen, is(List.of(31L, 20L, 21L, 10L, 11L, 11L)));
    desk.step(-1);
    assertThat(orbit(), is(10L));
    assertThat(desk.isLive(), is(false));
  }

  @Test
  void anOrbitIsFoundByItsNumberHoweverItIsWritten() {
    desk.take(new EventLog(List.of(entry(2, 0, 5), entry(1, 0, 1_234_567), entry(1, 0, -1)), ""));
    assertThat(desk.find(" 1,234 567 "), is(Optional.empty()));
    assertThat(orbit(), is(1_234_567L));
    assertThat("of 64 bits", desk.find("18446744073709551615"), is(Optional.empty()));
    assertThat(orbit(), is(-1L));
  }

  @Test
  void anOrbitThatIsNotThereOrIsNoNumberIsSaidAndTheEventStays() {
    desk.take(log(1, 3));
    assertThat(
        desk.find("99"),
        is(
            Optional.of(
                "Orbit 99 is not here: 6 events, 20:36:50 – 20:37:05 UTC; few orbits of each"
                    + " window are kept")));
    assertThat(desk.find("ten").orElseThrow(), startsWith("'ten' is no orbit"));
    assertThat(desk.isLive(), is(true));
    assertThat(orbit(), is(30L));
  }
}
