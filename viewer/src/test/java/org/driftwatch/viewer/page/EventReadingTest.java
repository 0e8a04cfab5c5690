package org.driftwatch.viewer.page;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.detector.MuonEvents.Segment;
import org.driftwatch.viewer.SimulatedEvents;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class EventReadingTest {
  private static final DetectorDescription COURSE = Summaries.COURSE;
  private static final double V = COURSE.driftVelocityUmPerNs() / 1000;

  private static double offset(int chamber) {
    return COURSE.chambers().get(chamber).driftOffsetNs().doubleValue();
  }

  /** A segment of hit 0 that was at a time of the scintillator's clock. */
  private static Segment segment(int chamber, double x, double time, boolean isAmbiguous) {
    return new Segment(
        chamber, x, 0, time - offset(chamber), false, isAmbiguous, List.of(0), List.of(-1));
  }

  private static EventReading reading(
      OptionalDouble scintillator, List<Hit> hits, Segment... segments) {
    return new EventReading(COURSE, new Event(1, scintillator, hits, List.of(segments)));
  }

  @Test
  void aHitOnASegmentDriftedFromTheSegmentsTimeAndHasItsSide() {
    EventReading reading =
        reading(
            OptionalDouble.of(5_000),
            List.of(new Hit(2, 1, 1, 1_100)),
            segment(2, 0, 1_000 + offset(2), false));
    assertThat(reading.driftNs(0).orElseThrow(), closeTo(100, 1e-9));
    assertThat(reading.driftMm(0).orElseThrow(), closeTo(100 * V, 1e-9));
    assertThat(reading.side(0), is(-1));
  }

  @Test
  void aHitOnNoSegmentDriftedFromTheTimeOfTheNearestOneOfAnyChamber() {
    List<Hit> hits = List.of(new Hit(0, 1, 1, 0), new Hit(2, 2, 3, 10_150 - offset(2)));
    EventReading reading =
        reading(
            OptionalDouble.of(10_140),
            hits,
            segment(0, 0, 10_000, false),
            segment(3, 0, 10_160, false));
    assertThat("not from one in its future", reading.driftNs(1).orElseThrow(), closeTo(150, 1e-9));
    assertThat(reading.side(1), is(0));
  }

  @Test
  void withoutSegmentsTheScintillatorLessTheChambersOffsetTells() {
    List<Hit> hits = List.of(new Hit(1, 1, 1, 2_200));
    EventReading reading = reading(OptionalDouble.of(2_000 + offset(1)), hits);
    assertThat(reading.driftNs(0).orElseThrow(), closeTo(200, 1e-9));
    assertThat(
        "and nothing without it",
        reading(OptionalDouble.empty(), hits).driftNs(0),
        is(Optional.empty()));
  }

  @Test
  void aTimeThatNoDriftExplainsPutsAHitOfNoiseNowhere() {
    List<Hit> hits =
        List.of(new Hit(1, 1, 1, 3_000 - offset(1)), new Hit(1, 1, 2, 2_390 - offset(1)));
    EventReading reading = reading(OptionalDouble.of(2_000), hits);
    assertThat(reading.driftMm(0), is(Optional.empty()));
    assertThat("the longest drift", reading.driftMm(1).orElseThrow(), closeTo(390 * V, 1e-9));
  }

  @Test
  void theLineThroughAStraightMuonsSegmentsIsThatMuon() {
    Event event = clear(SimulatedEvents.event(COURSE, 1, new Random(3)));
    EventReading.Track track = new EventReading(COURSE, event).track(View.X).orElseThrow();
    assertThat(track.segments(), is(3));
    assertThat(track.place(), closeTo(SimulatedEvents.PLACE, 1e-9));
    assertThat(track.tangent(), closeTo(SimulatedEvents.TANGENT, 1e-12));
    assertThat(track.worstMm(), closeTo(0, 1e-9));
    assertThat(
        "one chamber makes no line",
        new EventReading(COURSE, event).track(View.Y),
        is(Optional.empty()));
  }

  private static Event clear(Event event) {
    List<Segment> clear = new ArrayList<>();
    for (Segment s : event.segments()) {
      clear.add(
          new Segment(
              s.chamber(), s.xMm(), s.tangent(), s.t0Ns(), false, false, s.hits(), s.sides()));
    }
    return new Event(event.orbit(), event.scintillatorNs(), event.hits(), clear);
  }

  @Test
  void aSegmentThatIsDisplacedMissesTheLineOfLeastSquares() {
    double middle = COURSE.chambers().get(2).zMm();
    double low = COURSE.chambers().get(0).zMm();
    double high = COURSE.chambers().get(3).zMm();
    EventReading.Track track =
        reading(
                OptionalDouble.empty(),
                List.of(new Hit(0, 1, 1, 0)),
                segment(0, 0, 100, false),
                segment(2, 6, 100, false),
                segment(3, 0, 100, false))
            .track(View.X)
            .orElseThrow();
    // Residuals of a line through three points are as the distances between the others.
    double a = middle - low;
    double b = high - middle;
    double expected = 6 * (a + b) * (a + b) / (a * a + b * b + (a + b) * (a + b));
    assertThat(track.worstMm(), closeTo(expected, 1e-9));
    assertThat(track.isSure(), is(true));
  }

  @Test
  void segmentsOfAnotherTimeAreAnotherMuons() {
    Optional<EventReading.Track> track =
        reading(
                OptionalDouble.empty(),
                List.of(new Hit(0, 1, 1, 0)),
                segment(0, 100, 5_000, false),
                segment(0, 3, 100, false),
                segment(2, 3, 110, false),
                segment(3, 3, 90, false))
            .track(View.X);
    assertThat(track.orElseThrow().place(), closeTo(3, 1e-9));
    assertThat(track.orElseThrow().segments(), is(3));
  }

  @Test
  void anAmbiguousSegmentCountsOnlyWhereThereIsNoOther() {
    Hit hit = new Hit(0, 1, 1, 0);
    Segment low = segment(0, 0, 100, false);
    Segment high = segment(3, 0, 100, false);
    Segment odd = segment(2, 9, 100, true);
    EventReading.Track without =
        reading(OptionalDouble.empty(), List.of(hit), low, odd, high).track(View.X).orElseThrow();
    assertThat(without.segments(), is(2));
    assertThat(without.isSure(), is(true));
    EventReading.Track with =
        reading(OptionalDouble.empty(), List.of(hit), low, odd).track(View.X).orElseThrow();
    assertThat(with.segments(), is(2));
    assertThat(with.isSure(), is(false));
  }
}
