package org.driftwatch.viewer.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.View;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.detector.MuonEvents.Segment;

/**
 * What an event's hits and segments mean in the detector: how far from its wire each hit was, and
 * the straight line through the segments of a view. Immutable.
 */
final class EventReading {
  /** Of the longest drift, what times may be beyond 0 and it, see docs/tracks.md. */
  private static final double MARGIN = 1 / 16.0;

  private final DetectorDescription detector;
  private final Event event;
  private final double longestNs;

  /**
   * A straight line through the segments of a view.
   *
   * @param place where it crosses height 0 of the detector, mm
   * @param tangent of its angle from the vertical
   * @param segments how many it goes through
   * @param worstMm the largest distance of one of them, across, at its chamber's middle
   * @param isSure false where one of them is ambiguous
   */
  record Track(double place, double tangent, int segments, double worstMm, boolean isSure) {}

  EventReading(DetectorDescription detector, Event event) {
    this.detector = detector;
    this.event = event;
    longestNs = detector.cellWidthMm() * 500 / detector.driftVelocityUmPerNs();
  }

  private Chamber chamber(int number) {
    return detector.chambers().get(number);
  }

  /** Time of a segment by the scintillator's clock, ns. */
  private double time(Segment segment) {
    return segment.t0Ns() + chamber(segment.chamber()).driftOffsetNs().doubleValue();
  }

  /** The segment that a hit is on, from 0. */
  OptionalInt segment(int hit) {
    return IntStream.range(0, event.segments().size())
        .filter(i -> event.segments().get(i).hits().contains(hit))
        .findFirst();
  }

  /** 1 where the muon passed the hit's wire on the side of larger x, else -1; 0 on no segment. */
  int side(int hit) {
    OptionalInt on = segment(hit);
    if (on.isEmpty()) {
      return 0;
    }
    Segment segment = event.segments().get(on.getAsInt());
    return segment.sides().get(segment.hits().indexOf(hit));
  }

  /**
   * How long the hit's electrons drifted, ns: from the time of its segment, else of the segment
   * nearest in time, whatever its chamber, else of the scintillator; empty where there is none.
   */
  Optional<Double> driftNs(int number) {
    Hit hit = event.hits().get(number);
    OptionalInt on = segment(number);
    if (on.isPresent()) {
      return Optional.of(hit.timeNs() - event.segments().get(on.getAsInt()).t0Ns());
    }
    double byScintillator = hit.timeNs() + chamber(hit.chamber()).driftOffsetNs().doubleValue();
    Optional<Double> nearest =
        event.segments().stream()
            .map(segment -> byScintillator - time(segment))
            .min(
                Comparator.comparingDouble((Double drift) -> outside(drift))
                    .thenComparing(drift -> Math.abs(drift)));
    return nearest.or(
        () ->
            event.scintillatorNs().isPresent()
                ? Optional.of(byScintillator - event.scintillatorNs().getAsDouble())
                : Optional.empty());
  }

  /** How far a time of drift is from those that are possible. */
  private double outside(double drift) {
    return Math.max(0, Math.max(-drift, drift - longestNs));
  }

  /** Distance from the wire, mm; empty where no muon that is known puts the hit into its cell. */
  Optional<Double> driftMm(int hit) {
    return driftNs(hit)
        .filter(drift -> outside(drift) <= (side(hit) == 0 ? MARGIN : 1) * longestNs)
        // Only a segment knows on which side of its wire a time before 0 is.
        .map(drift -> side(hit) == 0 ? Math.max(0, drift) : drift)
        .map(drift -> drift * detector.driftVelocityUmPerNs() / 1000);
  }

  /**
   * The line of least squares through segments of several chambers of a view, if there are: one of
   * each chamber, not ambiguous where two or more are not, of the muon that most chambers saw.
   */
  Optional<Track> track(View view) {
    Collection<Segment> best = List.of();
    for (Segment seed : event.segments()) {
      if (chamber(seed.chamber()).view() == view) {
        Collection<Segment> muon = sameMuon(seed, view);
        best = rank(muon) > rank(best) ? muon : best;
      }
    }
    return line(new ArrayList<>(best));
  }

  private static long rank(Collection<Segment> segments) {
    long sure = segments.stream().filter(segment -> !segment.isAmbiguous()).count();
    return sure * DetectorDescription.MAX_CHAMBERS + segments.size();
  }

  /** Of each chamber of a view, the segment nearest in time to this one. */
  private Collection<Segment> sameMuon(Segment seed, View view) {
    Map<Integer, Segment> muon = new LinkedHashMap<>();
    muon.put(seed.chamber(), seed);
    event.segments().stream()
        .filter(segment -> chamber(segment.chamber()).view() == view)
        .filter(segment -> Math.abs(time(segment) - time(seed)) <= 2 * MARGIN * longestNs)
        .sorted(
            Comparator.comparing(Segment::isAmbiguous)
                .thenComparing(segment -> Math.abs(time(segment) - time(seed))))
        .forEach(segment -> muon.putIfAbsent(segment.chamber(), segment));
    List<Segment> sure = muon.values().stream().filter(s -> !s.isAmbiguous()).toList();
    return sure.size() > 1 ? sure : muon.values();
  }

  private Optional<Track> line(List<Segment> through) {
    double meanZ = through.stream().mapToDouble(this::z).average().orElse(0);
    double meanX = through.stream().mapToDouble(this::x).average().orElse(0);
    double zz = through.stream().mapToDouble(s -> square(z(s) - meanZ)).sum();
    double zx = through.stream().mapToDouble(s -> (z(s) - meanZ) * (x(s) - meanX)).sum();
    if (zz == 0) {
      return Optional.empty();
    }
    double tangent = zx / zz;
    double place = meanX - tangent * meanZ;
    return Optional.of(
        new Track(
            place,
            tangent,
            through.size(),
            through.stream()
                .mapToDouble(s -> Math.abs(x(s) - place - tangent * z(s)))
                .max()
                .orElse(0),
            through.stream().noneMatch(Segment::isAmbiguous)));
  }

  private double z(Segment segment) {
    return chamber(segment.chamber()).zMm();
  }

  /** Place across in the detector. */
  private double x(Segment segment) {
    return segment.xMm() + chamber(segment.chamber()).xMm();
  }

  private static double square(double value) {
    return value * value;
  }
}
