package org.driftwatch.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.detector.MuonEvents.Segment;
import org.driftwatch.detector.WindowSummary;

/** Messages of the topic of events, as straight muons leave them in any detector. */
public final class SimulatedEvents {
  /** Where the muons of {@link #event} cross the detector's height 0, in both views, mm. */
  public static final double PLACE = 10;

  /** Of their angle from the vertical. */
  public static final double TANGENT = 0.1;

  /** When they pass by the scintillator's clock, ns from the orbit's beginning. */
  public static final double TIME = 45_000;

  private SimulatedEvents() {}

  /** Window {@code n} with so many events of some noise, of orbits from 100 n on. */
  public static MuonEvents window(
      DetectorDescription detector, int n, int revision, int events, Random random) {
    List<Event> all = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      all.add(event(detector, 100L * n + i, random));
    }
    return new MuonEvents(
        new WindowSummary.Span(Summaries.start(n), Summaries.start(n + 1)), revision, all);
  }

  /** A muon without errors in all chambers that it crosses, and a hit of noise in each. */
  public static Event event(DetectorDescription detector, long orbit, Random random) {
    List<Hit> hits = new ArrayList<>();
    List<Segment> segments = new ArrayList<>();
    for (int chamber = 0; chamber < detector.chambers().size(); chamber++) {
      Chamber c = detector.chambers().get(chamber);
      double t0 = TIME - c.driftOffsetNs().doubleValue();
      double x = PLACE + TANGENT * c.zMm() - (c.view() == View.X ? c.xMm() : 0);
      List<Integer> on = new ArrayList<>();
      List<Integer> sides = new ArrayList<>();
      for (int cell = 0; cell < c.size(); cell++) {
        double aside = x + TANGENT * detector.wireZ(chamber, cell) - detector.wireX(chamber, cell);
        if (Math.abs(aside) < detector.cellWidthMm() / 2) {
          on.add(hits.size());
          sides.add(aside > 0 ? 1 : -1);
          double drift = Math.abs(aside) * 1000 / detector.driftVelocityUmPerNs();
          hits.add(new Hit(chamber, c.layer(cell), c.wire(cell), t0 + drift));
        }
      }
      if (on.size() > 2) {
        segments.add(
            new Segment(chamber, x, TANGENT, t0, false, random.nextInt(4) == 0, on, sides));
      }
      int cell = random.nextInt(c.size());
      hits.add(new Hit(chamber, c.layer(cell), c.wire(cell), t0 + 500 * random.nextDouble() - 50));
    }
    return new Event(
        orbit,
        detector.scintillators().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(TIME),
        hits,
        segments);
  }
}
