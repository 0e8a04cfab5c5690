package org.driftwatch.quality.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.TrackCalibration;
import org.driftwatch.detector.TrackCalibration.Estimate;
import org.driftwatch.detector.TrackGeometry;
import org.driftwatch.detector.TrackSum;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Thresholds.Limit;
import org.driftwatch.quality.Verdict;

/**
 * What muon segments say of each chamber's efficiency and calibration, and of where the chambers
 * are. Not safe for several threads.
 */
final class TrackChecks {
  private static final int FEWEST_COMPARED = 2;
  private static final double UM_PER_MM = 1000;

  private final DetectorDescription detector;
  private final Thresholds thresholds;
  private final List<Columns.Place> places;

  /** Of each chamber; none where it can have no segments. */
  private final List<List<TrackCheck>> chambers = new ArrayList<>();

  private final TrackCheck alignment;
  private final List<String> displaced;
  private final List<String> leans;

  /** Several checks ask for the same. */
  private final Map<Stretch, TrackCalibration[]> calibrations = new HashMap<>();

  TrackChecks(DetectorDescription detector, Columns columns, Thresholds thresholds) {
    this.detector = detector;
    this.thresholds = thresholds;
    places = columns.chambers();
    displaced = names("chamber %d displaced by");
    leans = names("chamber %d leans by");
    double chance = thresholds.chance(places.size());
    for (Columns.Place place : places) {
      chambers.add(place.tracks() < 0 ? List.of() : checks(place, chance));
    }
    alignment =
        new TrackCheck(
            Subject.RUN,
            Check.ALIGNMENT,
            thresholds.chance(1),
            "; that is if the others of its view are in place: of three, one that is displaced shows"
                + " in all",
            stretch -> places.stream().anyMatch(place -> isCrossed(place, stretch)),
            this::displacements);
  }

  private List<String> names(String format) {
    return places.stream().map(place -> Words.format(format, place.number())).toList();
  }

  private List<TrackCheck> checks(Columns.Place place, double chance) {
    return List.of(
        check(place, Check.EFFICIENCY, chance, "", stretch -> efficiency(place, stretch)),
        check(place, Check.DRIFT_VELOCITY, chance, "", stretch -> velocity(place, stretch)),
        check(place, Check.T0, chance, "", stretch -> t0(place, stretch)),
        check(
            place,
            Check.RESOLUTION,
            chance,
            "; two layers exchanged in the description look like this",
            stretch -> resolution(place, stretch)));
  }

  private static TrackCheck check(
      Columns.Place place,
      Check check,
      double chance,
      String hint,
      Function<Stretch, List<Reading>> readings) {
    return new TrackCheck(
        new Subject(place.number()),
        check,
        chance,
        hint,
        stretch -> Columns.hasTracks(place, stretch),
        readings);
  }

  private TrackCalibration calibration(Columns.Place place, Stretch stretch) {
    TrackCalibration[] known =
        calibrations.computeIfAbsent(stretch, of -> new TrackCalibration[places.size()]);
    if (known[place.number()] == null) {
      known[place.number()] =
          TrackCalibration.of(detector, which -> Columns.sum(place, which, stretch));
    }
    return known[place.number()];
  }

  private List<Reading> efficiency(Columns.Place place, Stretch stretch) {
    long tested = Columns.tested(place, stretch);
    return tested == 0
        ? List.of()
        : List.of(
            new Reading.Efficiency(
                Columns.found(place, stretch),
                tested,
                thresholds.get(Limit.EFFICIENCY_WARNING),
                thresholds.get(Limit.EFFICIENCY_BAD)));
  }

  private List<Reading> velocity(Columns.Place place, Stretch stretch) {
    double described = detector.driftVelocityUmPerNs();
    return reading(
        "drift velocity",
        "um/ns",
        calibration(place, stretch).velocity(),
        Columns.sum(place, TrackSum.FREE_FREEDOM, stretch) - 1.0,
        described,
        described * thresholds.get(Limit.DRIFT_VELOCITY) / 100,
        Columns.sum(place, TrackSum.FREE_SEGMENTS, stretch));
  }

  private List<Reading> resolution(Columns.Place place, Stretch stretch) {
    return reading(
        "error of a hit",
        "um",
        calibration(place, stretch).resolution(),
        Columns.sum(place, TrackSum.FREE_FREEDOM, stretch) - 1.0,
        0,
        thresholds.get(Limit.RESOLUTION),
        Columns.sum(place, TrackSum.FREE_SEGMENTS, stretch));
  }

  private static List<Reading> reading(
      String name,
      String unit,
      Optional<Estimate> estimate,
      double freedom,
      double nominal,
      double room,
      long entries) {
    return estimate
        .<List<Reading>>map(
            e ->
                List.of(
                    new Reading.Measured(
                        name, unit, e.value(), e.error(), freedom, nominal, room, entries, true)))
        .orElse(List.of());
  }

  /**
   * By the scintillator's muons where there are enough. Those are few, so until then, and where
   * there is no scintillator, by the other chambers; where there is one, only it may end an
   * accusation, since a shift that all chambers have in common shows in it alone.
   */
  private List<Reading> t0(Columns.Place place, Stretch stretch) {
    List<Reading> known =
        reading(
            "t0",
            "ns",
            calibration(place, stretch).scintillatorT0(),
            Columns.sum(place, TrackSum.KNOWN_FREEDOM, stretch) - 2.0,
            0,
            thresholds.get(Limit.T0),
            Columns.sum(place, TrackSum.KNOWN_SEGMENTS, stretch));
    return known.isEmpty() ? byOthers(place, stretch) : known;
  }

  /**
   * How much later a chamber is than most. The mean of its times less the other chambers' is n / (n
   * - 1) times its own shift less the mean of all n; and a drift velocity shifts it by half of what
   * it changes of the longest drift.
   */
  private List<Reading> byOthers(Columns.Place own, Stretch stretch) {
    double half = TrackGeometry.halfCell(detector) * TrackGeometry.unitNs(detector) / 2;
    double described = detector.driftVelocityUmPerNs();
    List<Columns.Place> compared =
        places.stream()
            .filter(place -> Columns.hasTracks(place, stretch))
            .filter(place -> calibration(place, stretch).t0().isPresent())
            .filter(place -> calibration(place, stretch).velocity().isPresent())
            .toList();
    int n = compared.size();
    if (n < FEWEST_COMPARED || !compared.contains(own)) {
      return List.of();
    }
    double[] shifts = new double[n];
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      TrackCalibration calibration = calibration(compared.get(i), stretch);
      Estimate mean = calibration.t0().orElseThrow();
      Estimate velocity = calibration.velocity().orElseThrow();
      double longer = described / velocity.value();
      shifts[i] = (n - 1.0) / n * mean.value() - half * (longer - 1);
      errors[i] =
          Math.hypot(
              (n - 1.0) / n * mean.error(), half * longer * velocity.error() / velocity.value());
    }
    int at = compared.indexOf(own);
    double[] sorted = shifts.clone();
    Arrays.sort(sorted);
    return List.of(
        new Reading.Measured(
            "t0 against the other chambers",
            "ns",
            shifts[at] - (sorted[(n - 1) / 2] + sorted[n / 2]) / 2,
            Math.hypot(errors[at], Arrays.stream(errors).average().orElseThrow()),
            Columns.sum(own, TrackSum.PASSAGES, stretch) - 1.0,
            0,
            thresholds.get(Limit.T0),
            Columns.sum(own, TrackSum.PASSAGES, stretch),
            detector.scintillators().isEmpty()));
  }

  private static boolean isCrossed(Columns.Place place, Stretch stretch) {
    return place.tracks() >= 0 && Columns.sum(place, TrackSum.TRACK_SEGMENTS, stretch) > 0;
  }

  private List<Reading> displacements(Stretch stretch) {
    List<Reading> readings = new ArrayList<>();
    for (Columns.Place place : places) {
      if (!isCrossed(place, stretch)) {
        continue;
      }
      TrackCalibration calibration = calibration(place, stretch);
      long entries = Columns.sum(place, TrackSum.TRACK_SEGMENTS, stretch);
      readings.addAll(
          reading(
              displaced.get(place.number()),
              "mm",
              calibration
                  .displacement()
                  .map(um -> new Estimate(um.value() / UM_PER_MM, um.error() / UM_PER_MM)),
              entries - 1.0,
              0,
              thresholds.get(Limit.DISPLACEMENT),
              entries));
      readings.addAll(
          reading(
              leans.get(place.number()),
              "mrad",
              calibration.tilt(),
              entries - 1.0,
              0,
              thresholds.get(Limit.TILT),
              entries));
    }
    return readings;
  }

  void look(List<Stretch> due) {
    calibrations.clear();
    all().forEach(check -> check.look(due));
  }

  private Stream<TrackCheck> all() {
    return Stream.concat(chambers.stream().flatMap(List::stream), Stream.of(alignment));
  }

  /** Adds the verdicts on a chamber. */
  void verdicts(int chamber, List<Stretch> all, List<Verdict> verdicts) {
    chambers.get(chamber).forEach(check -> check.verdict(all).ifPresent(verdicts::add));
  }

  /** The verdict on where the chambers are; none where no muon has crossed several. */
  Optional<Verdict> alignment(List<Stretch> all) {
    return alignment.verdict(all);
  }

  void restore(Verdict alarm, long now) {
    all().filter(check -> check.isOf(alarm)).forEach(check -> check.restore(now));
  }
}
