package org.driftwatch.pipelines.tracks;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;

class EventsTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final int CHAMBER = 2;

  private final Random random = Seed.random("events");

  @Test
  void theSampleOfAWindowIsTheSameHoweverItsOrbitsAreDivided() {
    for (int run = 0; run < 200; run++) {
      int size = random.nextInt(40);
      List<MuonOrbit> orbits = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        // Orbits of one number are of two epochs of the counter.
        long[] hits = random.longs(1 + random.nextInt(5), 0, 1 << 20).toArray();
        orbits.add(new MuonOrbit(random.nextInt(30), random.nextInt(3) == 0, hits));
      }
      List<MuonOrbit> whole = sample(orbits);
      assertThat(
          whole, hasSize(Math.min(MuonSample.MOST, (int) orbits.stream().distinct().count())));

      Collections.shuffle(orbits, random);
      List<MuonOrbit> parts = new ArrayList<>();
      int middle = random.nextInt(size + 1);
      parts.addAll(sample(orbits.subList(0, middle)));
      parts.addAll(sample(orbits.subList(middle, size)));
      List<MuonOrbit> distinct = parts.stream().distinct().toList();
      assertThat(MuonSample.join(distinct), is(whole));
    }
  }

  private static List<MuonOrbit> sample(List<MuonOrbit> orbits) {
    MuonSample sample = new MuonSample();
    for (MuonOrbit orbit : orbits) {
      sample.offer(orbit.orbit(), orbit.hits(), orbit.hits().length, orbit.isTrack() ? 2 : 1);
    }
    return sample.orbits();
  }

  @Test
  void orbitsWithSegmentsInSeveralChambersAreShownFirst() {
    List<MuonOrbit> orbits = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      orbits.add(new MuonOrbit(i, i % 100 == 7, new long[] {i}));
    }
    assertThat(sample(orbits).stream().allMatch(MuonOrbit::isTrack), is(true));
  }

  @Test
  void segmentsAreShownWithTheirHitsAndSidesInUnitsOfPeople() {
    Muons muons = new Muons(COURSE, CHAMBER, Seed.random("shown muons"));
    muons.deltaRays = 0;
    muons.efficiency = 1;
    EventFinder finder = new EventFinder(COURSE);
    int clear = 0;
    for (int i = 0; i < 300; i++) {
      Muons.Muon muon = muons.next(100 * (random.nextDouble() - 0.5), 0.2 * random.nextDouble());
      MuonEvents.Event event =
          finder.event(new MuonOrbit(i, false, Muons.orbit(COURSE, CHAMBER, muon.hits())));
      assertThat(event.hits(), hasSize(muon.hits().size()));
      for (MuonEvents.Segment segment : event.segments()) {
        if (segment.isAmbiguous() || segment.hits().size() < 4) {
          continue;
        }
        clear++;
        assertThat(segment.chamber(), is(CHAMBER));
        assertThat("mm", segment.xMm(), is(closeTo(muon.x(), 2)));
        assertThat("tangent", segment.tangent(), is(closeTo(muon.slope(), 0.15)));
        assertThat("ns", segment.t0Ns(), is(closeTo(muon.t0Ns(), 40)));
        for (int hit = 0; hit < 4; hit++) {
          assertThat(off(event, segment, hit), is(closeTo(0, 1.5)));
        }
      }
    }
    assertThat(clear, is(greaterThan(200)));
  }

  /** How far a hit, on its side of the wire, is from its segment, mm. */
  private static double off(MuonEvents.Event event, MuonEvents.Segment segment, int number) {
    MuonEvents.Hit hit = event.hits().get(segment.hits().get(number));
    DetectorDescription.Chamber chamber = COURSE.chambers().get(CHAMBER);
    int cell = chamber.cells().indexOf(new DetectorDescription.Cell(hit.layer(), hit.wire()));
    double drift = (hit.timeNs() - segment.t0Ns()) * COURSE.driftVelocityUmPerNs() / 1000;
    double place = COURSE.wireX(CHAMBER, cell) + segment.sides().get(number) * drift;
    return place - segment.xMm() - segment.tangent() * COURSE.wireZ(CHAMBER, cell);
  }
}
