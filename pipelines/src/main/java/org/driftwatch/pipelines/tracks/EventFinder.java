package org.driftwatch.pipelines.tracks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.MuonEvents;
import org.driftwatch.detector.TrackGeometry;

/**
 * Finds the segments of orbits that are shown once more, and writes them in units that people use.
 * Not safe for use by several threads.
 */
public final class EventFinder {
  /** Micrometres and picoseconds are shown. */
  private static final double THOUSAND = 1000;

  private static final double TANGENT_DIGITS = 100_000;

  private final DetectorDescription detector;
  private final HitLayout layout;
  private final int timeBits;
  private final int scintillator;
  private final List<Place> chambers = new ArrayList<>();
  private final double unitNs;

  /** A chamber: its number, its first cell and its tables. */
  private record Place(int number, int firstCell, int cells, @Nullable ChamberTables tables) {}

  /** Finds the segments of this detector. */
  public EventFinder(DetectorDescription detector) {
    this.detector = detector;
    layout = new HitLayout(detector);
    timeBits = layout.timeBits();
    scintillator = new ChannelMap(detector).scintillator();
    unitNs = TrackGeometry.unitNs(detector);
    @Nullable ChamberTables[] tables = ChamberTables.of(detector);
    int cell = 0;
    for (int i = 0; i < detector.chambers().size(); i++) {
      int cells = detector.chambers().get(i).size();
      chambers.add(new Place(i, cell, cells, tables[i]));
      cell += cells;
    }
  }

  /** All that is shown of an orbit. */
  public MuonEvents.Event event(MuonOrbit orbit) {
    long opened = SegmentFinder.NEVER;
    List<MuonEvents.Hit> hits = new ArrayList<>();
    List<MuonEvents.Segment> segments = new ArrayList<>();
    for (long hit : orbit.hits()) {
      if (hit >>> timeBits == scintillator) {
        long ticks = ticks(hit);
        opened = opened == SegmentFinder.NEVER ? ticks : Math.min(opened, ticks);
      }
    }
    for (Place place : chambers) {
      int first = hits.size();
      long[] own = new long[orbit.hits().length];
      int count = 0;
      for (long hit : orbit.hits()) {
        int cell = (int) (hit >>> timeBits) - place.firstCell;
        if (cell >= 0 && cell < place.cells) {
          own[count++] = SegmentFinder.hit(ticks(hit), cell);
          hits.add(hit(place, cell, ticks(hit)));
        }
      }
      if (place.tables != null) {
        long[] listed = Arrays.copyOf(own, count);
        new SegmentFinder(place.tables, new Lister(place, listed, first, segments))
            .find(own, count, opened);
      }
    }
    return new MuonEvents.Event(
        orbit.orbit(),
        opened == SegmentFinder.NEVER
            ? OptionalDouble.empty()
            : OptionalDouble.of(rounded(opened * detector.clock().tickNs(), THOUSAND)),
        hits,
        segments);
  }

  private int ticks(long hit) {
    return layout.ticks(hit & (1L << timeBits) - 1);
  }

  private MuonEvents.Hit hit(Place place, int cell, int ticks) {
    DetectorDescription.Cell where = detector.chambers().get(place.number).cells().get(cell);
    return new MuonEvents.Hit(
        place.number,
        where.layer(),
        where.wire(),
        rounded(ticks * detector.clock().tickNs(), THOUSAND));
  }

  private static double rounded(double value, double digits) {
    return Math.rint(value * digits) / digits;
  }

  /** Lists the segments of one chamber. */
  private final class Lister implements SegmentFinder.Sink {
    private final Place place;
    private final long[] hits;
    private final int first;
    private final Collection<MuonEvents.Segment> segments;

    /**
     * Lists segments.
     *
     * @param hits the chamber's hits, see {@link SegmentFinder#hit}
     * @param first place of the first of them among the orbit's
     */
    Lister(Place place, long[] hits, int first, Collection<MuonEvents.Segment> segments) {
      this.place = place;
      this.hits = hits;
      this.first = first;
      this.segments = segments;
    }

    @Override
    public void segment(Segment s) {
      List<Integer> on = new ArrayList<>();
      List<Integer> sides = new ArrayList<>();
      for (int i = 0; i < s.hits; i++) {
        long ticks = s.time[i] / ChamberTables.UNITS_PER_TICK;
        on.add(first + placeOf(SegmentFinder.hit((int) ticks, s.cell[i])));
        sides.add((s.fit.sides & 1 << i) != 0 ? 1 : -1);
      }
      double unitMm = detector.cellWidthMm() / 2 / place.tables.halfCell;
      segments.add(
          new MuonEvents.Segment(
              place.number,
              rounded(s.x * unitMm, THOUSAND),
              rounded(s.slope * unitMm / (detector.cellHeightMm() / 2), TANGENT_DIGITS),
              rounded(s.t0 * unitNs, THOUSAND),
              !s.isFree,
              s.isAmbiguous,
              on,
              sides));
    }

    /** Two hits alike are as good as each other. */
    private int placeOf(long hit) {
      for (int i = 0; i < hits.length; i++) {
        if (hits[i] == hit) {
          return i;
        }
      }
      throw new IllegalStateException("a segment has a hit that its chamber has not");
    }

    @Override
    public void busy() {
      // The hits are shown without segments.
    }
  }
}
