package org.driftwatch.viewer.view;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.ChannelLayout;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.Freshness;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.reference.Reference;
import org.driftwatch.viewer.verdict.Judge;
import org.driftwatch.viewer.verdict.Judgement;
import org.driftwatch.viewer.verdict.Thresholds;

/**
 * What a dashboard shows: one snapshot in one view state, its verdicts, and a reference beside it.
 * While paused it holds its snapshot and keeps the newest one for later. Changes that the user
 * makes are announced to a listener, which draws; what the topics say is not. Not safe for several
 * threads: it belongs to the event thread.
 */
public final class DashboardModel {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final DetectorDescription description;
  private final Thresholds thresholds;
  private final Clock clock;
  private final Accumulation.Last minutes;
  private Detector detector;
  private Judge judge;
  private Runnable onChange = () -> {};
  private Snapshot snapshot;
  private Optional<Snapshot> waiting = Optional.empty();
  private Optional<StatusMessage> status = Optional.empty();
  private boolean paused;
  private ViewState state;
  private Accumulation lastLive;
  private Optional<Accumulation.Picked> lastPicked = Optional.empty();
  private Optional<Reference> reference = Optional.empty();

  /**
   * A model that runs, not paused.
   *
   * @param description the detector, as far as its results fit
   * @param thresholds limits of the verdicts
   * @param first what is shown first
   * @param state how it is shown first
   * @param clock the present time, for the age of the newest result
   */
  public DashboardModel(
      DetectorDescription description,
      Thresholds thresholds,
      Snapshot first,
      ViewState state,
      Clock clock) {
    this.description = description;
    this.thresholds = thresholds;
    this.clock = clock;
    this.state = state;
    detector = Detector.of(description);
    judge = new Judge(detector, thresholds);
    snapshot = first;
    adapt();
    minutes =
        state.accumulation() instanceof Accumulation.Last last
            ? last
            : new Accumulation.Last(thresholds.stretch());
    lastLive = state.accumulation().live() ? state.accumulation() : Accumulation.newestWindow();
  }

  /** Runs this, from now on, after each change that the user makes. */
  public void onChange(Runnable action) {
    onChange = action;
  }

  private void change(ViewState newState) {
    state = newState;
    onChange.run();
  }

  /** Takes what the results topic says now; while paused it waits. */
  public void show(Snapshot newest) {
    if (paused) {
      waiting = Optional.of(newest);
    } else {
      take(newest);
    }
  }

  private void take(Snapshot newest) {
    snapshot = newest;
    adapt();
  }

  /** The results may turn out to be another detector's than thought. */
  private void adapt() {
    Optional<ChannelLayout> results = snapshot.series().channels();
    if (results.isPresent() && !detector.fits(results.get())) {
      detector = Detector.of(description, results.get());
      judge = new Judge(detector, thresholds);
      state = state.withSheet(0);
    }
  }

  /** Takes the monitor's newest status, for the next verdicts. */
  public void status(StatusMessage newest) {
    status = Optional.of(newest);
  }

  /** The detector whose results are shown. */
  public Detector detector() {
    return detector;
  }

  /** Why the results cannot be the described detector's, in one line; empty if they can. */
  public Optional<String> objection() {
    return Detector.of(description).objection(detector.channels());
  }

  /** How its chambers are spread. */
  public Sheets sheets() {
    return new Sheets(detector.chambers());
  }

  /** The present time. */
  public Instant now() {
    return clock.instant();
  }

  /** What is shown; while paused, the snapshot held. */
  public Snapshot snapshot() {
    return snapshot;
  }

  /** How it is shown. */
  public ViewState state() {
    return state;
  }

  /** True while new windows wait. */
  public boolean paused() {
    return paused;
  }

  /** The stretch of the command for the last minutes. */
  public Accumulation.Last minutes() {
    return minutes;
  }

  /** The reference to compare with; empty if the data turned out to have other bins. */
  public Optional<Reference> reference() {
    return reference.filter(r -> objection(r).isEmpty());
  }

  private Optional<String> objection(Reference to) {
    return snapshot.series().channels().flatMap(to::objection);
  }

  /** The sum of the windows that are shown; empty if there are none. */
  public Optional<WindowSummary> shown() {
    return state.accumulation().of(snapshot.series());
  }

  /** Number of windows that are shown. */
  public int windowsShown() {
    return range().windows();
  }

  private Accumulation.Range range() {
    return state.accumulation().in(snapshot.series());
  }

  /** Changes the page; no chamber is enlarged. */
  public void page(Page page) {
    change(state.with(page));
  }

  /** Shows the chambers of a sheet side by side. */
  public void sheet(int sheet) {
    change(state.withSheet(sheet));
  }

  /** Enlarges a chamber on the page of chambers, if there is such a one. */
  public void enlarge(int chamber) {
    if (chamber < detector.chambers()) {
      change(state.with(Page.CHAMBERS).withEnlarged(chamber, sheets().of(chamber)));
    }
  }

  /** Shows chambers side by side again. */
  public void reduce() {
    change(state.withSheet(state.sheet()));
  }

  /** Turns to the next sheets of chambers, or to the next chamber if one is enlarged. */
  public void turn(int by) {
    if (state.enlarged() == ViewState.NONE) {
      sheet(Math.floorMod(state.sheet() + by, sheets().count()));
    } else {
      enlarge(Math.floorMod(state.enlarged() + by, detector.chambers()));
    }
  }

  /** Shows counts on a logarithmic scale, or on a linear one. */
  public void log(boolean logarithmic) {
    change(state.withLog(logarithmic));
  }

  /** Changes the colours. */
  public void theme(Theme theme) {
    change(state.with(theme));
  }

  /** Shows other windows of the run. */
  public void accumulate(Accumulation accumulation) {
    if (accumulation instanceof Accumulation.Picked picked) {
      lastPicked = Optional.of(picked);
    } else {
      lastLive = accumulation;
    }
    change(state.with(accumulation));
  }

  /** Goes back from the past to what was shown before. */
  public void live() {
    accumulate(lastLive);
  }

  /** Shows the stretch picked last; the first time, the newest one that is judged. */
  public void pickLatest() {
    picked().ifPresentOrElse(this::accumulate, onChange);
  }

  /** Moves the picked stretch by a share of its length, to the ends of the run at most. */
  public void move(double share) {
    picked()
        .ifPresent(
            picked -> {
              Duration length = Duration.between(picked.from(), picked.to());
              pick(picked.from().plusMillis(Math.round(share * length.toMillis())), length);
            });
  }

  /**
   * Makes the picked stretch longer or shorter around its middle; one window to the whole run.
   *
   * @param factor new length over old length
   */
  public void stretch(double factor) {
    picked()
        .ifPresent(
            picked -> {
              WindowSeries series = snapshot.series();
              long length = Duration.between(picked.from(), picked.to()).toMillis();
              long window = Duration.between(series.start(0), series.end(0)).toMillis();
              long whole = Duration.between(series.start(0), end(series)).toMillis();
              long wide = Math.max(window, Math.min(whole, Math.round(factor * length)));
              pick(picked.from().plusMillis((length - wide) / 2), Duration.ofMillis(wide));
            });
  }

  private static Instant end(WindowSeries series) {
    return series.end(series.size() - 1);
  }

  /** The stretch to start from: the one shown, else the last picked; empty without windows. */
  private Optional<Accumulation.Picked> picked() {
    WindowSeries series = snapshot.series();
    if (series.isEmpty()) {
      return Optional.empty();
    }
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      return Optional.of(picked);
    }
    return lastPicked.or(
        () -> {
          Accumulation.Range judged = judge.judged(state.accumulation()).in(series);
          return Optional.of(
              new Accumulation.Picked(series.start(judged.from()), series.end(judged.to() - 1)));
        });
  }

  private void pick(Instant from, Duration length) {
    WindowSeries series = snapshot.series();
    Instant latest = end(series).minus(length);
    Instant start = from.isAfter(latest) ? latest : from;
    start = start.isBefore(series.start(0)) ? series.start(0) : start;
    accumulate(new Accumulation.Picked(start, start.plus(length)));
  }

  /** Holds the snapshot, or shows the newest one that waited. */
  public void pause(boolean newPaused) {
    paused = newPaused;
    if (!paused) {
      waiting.ifPresent(this::take);
      waiting = Optional.empty();
    }
    onChange.run();
  }

  /**
   * Compares with a reference from now on.
   *
   * @throws IOException if its bins are known not to be those of the data
   */
  public void compareWith(Reference newReference) throws IOException {
    Optional<String> objection = objection(newReference);
    if (objection.isPresent()) {
      throw new IOException(objection.get());
    }
    reference = Optional.of(newReference);
    onChange.run();
  }

  /** Compares no more. */
  public void withoutReference() {
    reference = Optional.empty();
    onChange.run();
  }

  /** Time since the newest result was published, never negative; empty before the first. */
  public Optional<Duration> age() {
    return snapshot
        .newestPublished()
        .map(published -> Duration.between(published, now()))
        .map(age -> age.isNegative() ? Duration.ZERO : age);
  }

  /** How old the newest result is by the length of its window; empty before the first. */
  public Optional<Freshness> freshness() {
    return snapshot
        .newest()
        .flatMap(WindowSummary::window)
        .flatMap(
            span ->
                age().map(age -> Freshness.of(age, Duration.between(span.start(), span.end()))));
  }

  /** False of the past and of a snapshot held: silence and status now say nothing of them. */
  private boolean present() {
    return state.accumulation().live() && !paused;
  }

  /** The verdicts on what is shown, as of now. */
  public Judgement judgement() {
    return judge.judge(
        snapshot.series(),
        state.accumulation(),
        present() ? age() : Optional.empty(),
        present() ? status : Optional.empty(),
        now());
  }

  /** True if the verdicts may change although no result comes. */
  public boolean judgementAges() {
    return status.isPresent() || (present() && age().isPresent());
  }

  /** Ends of the stretch that is shown; empty if no window is, unless a stretch is picked. */
  public Optional<WindowSummary.Span> span() {
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      return Optional.of(new WindowSummary.Span(picked.from(), picked.to()));
    }
    WindowSeries series = snapshot.series();
    Accumulation.Range range = range();
    return range.windows() == 0
        ? Optional.empty()
        : Optional.of(
            new WindowSummary.Span(series.start(range.from()), series.end(range.to() - 1)));
  }

  /** The stretch that is shown in words, with windows that wait and the reference. */
  public String words() {
    WindowSeries series = snapshot.series();
    Accumulation.Range range = range();
    Optional<WindowSummary.Span> span = span().filter(s -> range.windows() > 0);
    StringBuilder words = new StringBuilder();
    if (span.isEmpty()) {
      words.append(series.isEmpty() ? "no window yet" : "no window in the picked stretch");
    } else {
      Instant from = span.get().start();
      Instant to = span.get().end();
      words.append("shown: ").append(TIME.format(from)).append(" – ").append(TIME.format(to));
      words.append(" UTC, ").append(Numbers.windowLength(Duration.between(from, to)));
      words.append(", ").append(windows(range.windows()));
      int incomplete = series.incomplete(range.from(), range.to());
      if (incomplete > 0) {
        words.append(", ").append(Numbers.grouped(incomplete)).append(" incomplete");
      }
    }
    if (paused) {
      int held = waiting.map(newest -> newest.series().size() - series.size()).orElse(0);
      words.append(" · paused, ").append(Numbers.grouped(held)).append(" new windows wait");
    }
    reference.ifPresent(
        r ->
            words
                .append(" · ")
                .append(
                    objection(r)
                        .orElseGet(() -> "reference " + r.name() + ", " + windows(r.windows()))));
    return words.toString();
  }

  private static String windows(int number) {
    return Numbers.grouped(number) + (number == 1 ? " window" : " windows");
  }
}
