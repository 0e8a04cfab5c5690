package org.driftwatch.viewer.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.TrackCalibration;
import org.driftwatch.detector.TrackCalibration.Estimate;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.CountStatistics;
import org.driftwatch.quality.Subject;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.TimeBins;
import org.driftwatch.viewer.model.TimeBins.Bin;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.model.WindowSeries.Column;
import org.driftwatch.viewer.plot.AlarmMark;
import org.driftwatch.viewer.plot.Heading;
import org.driftwatch.viewer.plot.PointView;
import org.driftwatch.viewer.plot.PointView.Point;
import org.driftwatch.viewer.plot.TimeTicks;
import org.driftwatch.viewer.plot.ValueScale;
import org.driftwatch.viewer.view.DashboardModel;

/**
 * What muon segments tell of the chambers over a {@link TrendStretch}. One window has too few of
 * them: each point is of a twentieth of the stretch, more or less. For the event thread.
 */
final class MuonTrends {
  private static final double POINTS = 20;

  /** Scale of the drift velocity, around the description's. */
  private static final double VELOCITY_RANGE = 0.03;

  /** Where no description tells the drift velocity, none is fitted either: just for the axis. */
  private static final double USUAL_VELOCITY = 54;

  private static final double T0_RANGE_NS = 15;
  private static final double RESOLUTION_RANGE_UM = 600;

  private final Detector detector;
  private final TimeBins<List<Optional<MuonFigures>>> bins;

  /** The trends of a detector. */
  MuonTrends(Detector detector) {
    this.detector = detector;
    bins = new TimeBins<>(this::figures);
  }

  private List<Optional<MuonFigures>> figures(WindowSummary sum) {
    return IntStream.range(0, detector.chambers())
        .mapToObj(chamber -> MuonFigures.of(detector, chamber, sum))
        .toList();
  }

  /** A chamber's plots, from the top: rate, efficiency, drift velocity, t0, resolution. */
  List<PointView> views(DashboardModel model, int chamber) {
    WindowSeries series = model.snapshot().series();
    Accumulation accumulation = model.state().accumulation();
    TrendStretch stretch = TrendStretch.of(series, accumulation, model.now());
    double seconds = Duration.between(stretch.from(), stretch.to()).toMillis() / 1000.0;
    double window = series.isEmpty() ? 0 : series.get(Column.LENGTH, series.size() - 1) / 1000.0;
    Duration each = Duration.ofSeconds(TimeTicks.step(Math.max(window, seconds / POINTS)));
    return new Plots(
            chamber,
            stretch,
            Numbers.windowLength(each),
            bins.of(series, stretch.from(), stretch.to(), each),
            model.alarms().marks(new Subject(chamber)))
        .all();
  }

  /** A chamber's plots before there is anything to show. */
  List<PointView> views(int chamber) {
    TrendStretch none =
        TrendStretch.of(WindowSeries.EMPTY, Accumulation.newestWindow(), Instant.EPOCH);
    return new Plots(chamber, none, "", List.of(), List.of()).all();
  }

  /** The plots of a chamber. */
  private final class Plots {
    private final int chamber;
    private final TrendStretch stretch;
    private final String each;
    private final List<Bin<List<Optional<MuonFigures>>>> told;
    private final List<AlarmMark> alarms;

    Plots(
        int chamber,
        TrendStretch stretch,
        String each,
        List<Bin<List<Optional<MuonFigures>>>> told,
        List<AlarmMark> alarms) {
      this.chamber = chamber;
      this.stretch = stretch;
      this.each = each;
      this.told = told;
      this.alarms = alarms;
    }

    List<PointView> all() {
      OptionalDouble velocity =
          detector.description().stream()
              .mapToDouble(DetectorDescription::driftVelocityUmPerNs)
              .findFirst();
      double around = velocity.orElse(USUAL_VELOCITY);
      List<Point> rates = points(this::rate);
      double highest = rates.stream().mapToDouble(Point::high).max().orElse(1);
      return List.of(
          view(
              "Segments",
              "/s",
              MuonViews.RATE_HELP,
              rates,
              0,
              ValueScale.ofRates(false, highest).top(),
              OptionalDouble.empty()),
          view(
              "Efficiency",
              "%",
              MuonViews.EFFICIENCY_HELP,
              points(this::efficiency),
              MuonViews.LEAST_EFFICIENCY,
              100,
              OptionalDouble.of(MuonViews.HEALTHY_EFFICIENCY)),
          view(
              "Drift velocity",
              "µm/ns",
              MuonViews.VELOCITY_HELP,
              points(calibrated(TrackCalibration::velocity, "µm/ns")),
              around * (1 - VELOCITY_RANGE),
              around * (1 + VELOCITY_RANGE),
              velocity),
          view(
              "t0",
              "ns",
              MuonViews.T0_HELP,
              points(calibrated(TrackCalibration::t0, "ns")),
              -T0_RANGE_NS,
              T0_RANGE_NS,
              OptionalDouble.of(0)),
          view(
              "Resolution",
              "µm",
              MuonViews.RESOLUTION_HELP,
              points(calibrated(TrackCalibration::resolution, "µm")),
              0,
              RESOLUTION_RANGE_UM,
              OptionalDouble.empty()));
    }

    private PointView view(
        String title,
        String unit,
        String help,
        List<Point> points,
        double least,
        double most,
        OptionalDouble expected) {
      String detail = unit + ", " + stretch.words() + (each.isEmpty() ? "" : ", each " + each);
      return new PointView(
          new Heading(title, detail, help),
          stretch.from(),
          stretch.to(),
          points,
          least,
          most,
          expected,
          chamber,
          alarms);
    }

    /** A number with its error. */
    private record Measured(double value, double low, double high, String words) {}

    private List<Point> points(Function<MuonFigures, Optional<Measured>> number) {
      List<Point> points = new ArrayList<>();
      for (Bin<List<Optional<MuonFigures>>> bin : told) {
        bin.value()
            .get(chamber)
            .flatMap(number)
            .map(n -> new Point(bin.from(), bin.to(), n.value, n.low, n.high, n.words))
            .ifPresent(points::add);
      }
      return points;
    }

    private Optional<Measured> rate(MuonFigures f) {
      double error = Math.sqrt(Math.max(0.0, (double) f.segments())) / f.seconds();
      return Optional.of(
          new Measured(
              f.rate(),
              Math.max(0, f.rate() - error),
              f.rate() + error,
              Numbers.rate(f.rate()) + " /s"));
    }

    private Optional<Measured> efficiency(MuonFigures f) {
      return f.efficiency()
          .map(
              e -> {
                CountStatistics.Interval interval = e.interval();
                return new Measured(
                    e.percent(), 100 * interval.low(), 100 * interval.high(), e.words());
              });
    }

    private Function<MuonFigures, Optional<Measured>> calibrated(
        Function<TrackCalibration, Optional<Estimate>> which, String unit) {
      return f ->
          f.calibration()
              .flatMap(which)
              .map(
                  e ->
                      new Measured(
                          e.value(),
                          e.value() - e.error(),
                          e.value() + e.error(),
                          Numbers.measured(e.value(), e.error()) + " " + unit));
    }
  }
}
