package org.driftwatch.viewer.view;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.export.About;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.quality.check.Flow;
import org.driftwatch.telemetry.Version;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.Arrival;
import org.driftwatch.viewer.model.ChannelLayout;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.EventLog;
import org.driftwatch.viewer.model.Numbers;
import org.driftwatch.viewer.model.Snapshot;
import org.driftwatch.viewer.model.Told;
import org.driftwatch.viewer.model.WindowSeries;
import org.driftwatch.viewer.reference.Reference;

/**
 * What a dashboard shows: how everything is now, and one snapshot in one view state with verdicts
 * on it. While paused it holds snapshot and verdicts and keeps the newest for later; what is so now
 * is not held. Changes that the user makes are announced to a listener, which draws; what the
 * topics say is not. Not safe for several threads: it belongs to the event thread.
 */
public final class DashboardModel {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The service gives a sign of life each half minute. */
  private static final Duration SERVICE_SILENT = Duration.ofSeconds(40);

  private static final Duration JUDGED_EACH = Duration.ofSeconds(1);

  /** Clocks of machines that are kept right differ by less. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(5);

  private final DetectorDescription description;
  private final Thresholds thresholds;
  private final Guidance guidance = Guidance.standard();
  private final Clocks clocks;
  private final Judging judging;
  private final Pulse pulse;
  private final AlarmDesk desk;
  private final Ringing ringing;
  private final EventDesk events = new EventDesk();
  private Runnable eventsReader = () -> {};
  private final Accumulation.Last minutes;
  private final long startedAt;
  private Detector detector;
  private Runnable onChange = () -> {};
  private Snapshot newest;
  private Told<QualityMessage> quality = Told.nothing();
  private AlarmList alarms = new AlarmList(List.of());
  private Ruling own = Ruling.none("not judged yet");
  private Ruling service = own;
  private AlarmSettings alarmSettings = AlarmSettings.SILENT;
  private boolean allAlarms;
  private long judgedAt;
  private boolean hasNews;
  private Optional<Held> held = Optional.empty();
  private ViewState state;
  private Accumulation lastLive;
  private Optional<Accumulation.Picked> lastPicked = Optional.empty();
  private Optional<Past> past = Optional.empty();
  private Optional<Reference> reference = Optional.empty();

  /** What a pause holds: the snapshot, its verdicts, and since when. */
  private record Held(Snapshot snapshot, Ruling ruling, Instant since) {}

  /** A stretch of the past that was asked for, and its verdicts once they are there. */
  private record Past(Accumulation stretch, int windows, Optional<Ruling> ruling) {}

  /**
   * A model that runs, not paused.
   *
   * @param description the detector, as far as its results fit
   * @param thresholds limits of the verdicts that this viewer gives
   * @param first what is shown first
   * @param state how it is shown first
   * @param clocks the present time, and the age of the newest result
   * @param judging judges where the service does not
   */
  public DashboardModel(
      DetectorDescription description,
      Thresholds thresholds,
      Snapshot first,
      ViewState state,
      Clocks clocks,
      Judging judging) {
    this.description = description;
    this.thresholds = thresholds;
    this.clocks = clocks;
    this.judging = judging;
    this.state = state;
    pulse = new Pulse(clocks);
    desk = new AlarmDesk(clocks);
    ringing = new Ringing(clocks);
    startedAt = clocks.nanos();
    detector = Detector.of(description);
    newest = first;
    minutes =
        state.accumulation() instanceof Accumulation.Last last
            ? last
            : new Accumulation.Last(thresholds.stretch());
    lastLive = state.accumulation().live() ? state.accumulation() : minutes;
    adapt();
    judge();
  }

  /**
   * Runs this, from now on, after each change that the user makes, and when verdicts he asked for
   * are there.
   */
  public void onChange(Runnable action) {
    onChange = action;
  }

  private void change(ViewState newState) {
    state = newState;
    readEvents();
    onChange.run();
  }

  /** Takes what the results topic says now; while paused it waits. */
  public void show(Snapshot now) {
    boolean isNewer = newest.series() != now.series();
    newest = now;
    if (held.isEmpty()) {
      adapt();
    }
    if (isNewer) {
      judge();
    }
  }

  /** The results may turn out to be another detector's than thought. */
  private void adapt() {
    Optional<ChannelLayout> results = snapshot().series().channels();
    if (results.isPresent() && !detector.fits(results.get())) {
      detector = Detector.of(description, results.get());
      state = state.withSheet(0);
    }
  }

  /** Takes the pipeline's newest status. */
  public void status(Told<StatusMessage> now) {
    pulse.heard(now);
  }

  /** Takes the verdicts of the service. */
  public void quality(Told<QualityMessage> now) {
    quality = now;
    service = Ruling.of(now);
    hasNews = true;
  }

  /** Takes the alarms; words for each answer to what the user asked. */
  public List<String> alarms(Told<AlarmMessage> now) {
    alarms = AlarmList.of(now);
    hasNews = true;
    return desk.answered(now);
  }

  /** Reads events by this once their page is shown; it may run again. */
  public void readEventsBy(Runnable reader) {
    eventsReader = reader;
    readEvents();
  }

  private void readEvents() {
    if (state.page() == Page.EVENTS) {
      eventsReader.run();
    }
  }

  /** Takes what the topic of events says. */
  public void events(EventLog now) {
    events.take(now);
    hasNews = true;
  }

  /** Which muon is shown. */
  public EventDesk events() {
    return events;
  }

  /** Shows the newest muon from now on, or holds the one that is shown. */
  public void liveEvents(boolean live) {
    if (live) {
      events.live();
    } else {
      events.hold();
    }
    onChange.run();
  }

  /** Holds a muon that is so many places older, or newer where it is negative. */
  public void olderEvent(int places) {
    events.step(places);
    onChange.run();
  }

  /**
   * Holds the muon of an orbit.
   *
   * @param orbit its number, as people write it
   * @return why it is not shown; empty if it is
   */
  public Optional<String> findEvent(String orbit) {
    Optional<String> why = events.find(orbit);
    onChange.run();
    return why;
  }

  /** Of when the muon is that is shown. */
  public Tone eventTone() {
    return events.isLive() ? runTone() : Tone.PAST;
  }

  /** Sends what the user asks to be done with alarms by this, from now on. */
  public void sendBy(Consumer<AlarmCommand> sender) {
    desk.sendBy(sender);
  }

  /** Asks for something to be done with an alarm. */
  public void ask(AlarmCommand command, AlarmMessage alarm) {
    desk.ask(command, alarm);
    onChange.run();
  }

  /** What was asked for this alarm could not be sent. */
  public void notSent(String alarm) {
    desk.failed(alarm);
    onChange.run();
  }

  /** True while something that was asked for an alarm has no answer. */
  public boolean waits(AlarmMessage alarm) {
    return desk.waits(alarm);
  }

  /** Why something that was asked for an alarm has no answer after a second; told once. */
  public Optional<String> late() {
    return desk.late(quality.since(clocks));
  }

  /** Lists all alarms, or the open ones only. */
  public void allAlarms(boolean all) {
    allAlarms = all;
    onChange.run();
  }

  /** True if cleared alarms are listed, too. */
  public boolean showsAllAlarms() {
    return allAlarms;
  }

  /** How this viewer calls, and who sits at it. */
  public AlarmSettings alarmSettings() {
    return alarmSettings;
  }

  /** Changes how this viewer calls. */
  public void alarmSettings(AlarmSettings settings) {
    alarmSettings = settings;
    onChange.run();
  }

  /** The call for somebody that is due now, if this viewer may call; asked a few times a second. */
  public Optional<Ringing.Call> call() {
    Optional<Ringing.Call> due = ringing.due(alarms);
    return due.filter(call -> alarmSettings.sound() || alarmSettings.notice());
  }

  /** All alarms. */
  public AlarmList alarms() {
    return alarms;
  }

  /**
   * Goes on with the time, a few times a second.
   *
   * @return true if what is drawn may have changed since it was asked last
   */
  public boolean tick() {
    if (clocks.since(judgedAt).compareTo(JUDGED_EACH) >= 0) {
      judge();
    }
    boolean changed = hasNews;
    hasNews = false;
    return changed;
  }

  private boolean serviceIsAlive() {
    return quality.since(clocks).filter(since -> since.compareTo(SERVICE_SILENT) <= 0).isPresent();
  }

  private boolean isDescribed(Snapshot of) {
    return of.series().channels().map(Detector.of(description)::fits).orElse(true);
  }

  private Judging.Rules rules() {
    return new Judging.Rules(description, thresholds, reference().map(Reference::sum));
  }

  /** Where the service does not judge the present, this viewer does. */
  private void judge() {
    judgedAt = clocks.nanos();
    if (serviceIsAlive() || newest.series().isEmpty()) {
      return;
    }
    if (!isDescribed(newest)) {
      own = undescribed(newest);
      return;
    }
    judging.present(
        rules(),
        newest.series(),
        pulse.status(),
        new Flow(Optional.of(age().orElse(clocks.since(startedAt))), pulse.since()),
        judgement -> {
          own = Ruling.own(judgement, guidance, "judged by this viewer");
          hasNews = true;
        });
  }

  private Ruling undescribed(Snapshot of) {
    String objection =
        of.series().channels().flatMap(Detector.of(description)::objection).orElse("");
    Verdict verdict =
        new Verdict(
            Subject.RUN,
            Check.DESCRIPTION,
            Level.UNDECIDED,
            0,
            0,
            0,
            0,
            OptionalDouble.empty(),
            List.of(),
            objection);
    return new Ruling(
        new Judgement(Optional.empty(), List.of(verdict)), Map.of(), "cannot be judged");
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

  /** The clocks that ages go by. */
  public Clocks clocks() {
    return clocks;
  }

  /** The present time. */
  public Instant now() {
    return clocks.now();
  }

  /** What is shown; while paused, the snapshot held. */
  public Snapshot snapshot() {
    return held.map(Held::snapshot).orElse(newest);
  }

  /** How it is shown. */
  public ViewState state() {
    return state;
  }

  /** True while new windows wait. */
  public boolean paused() {
    return held.isPresent();
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
    return snapshot().series().channels().flatMap(to::objection);
  }

  /** The sum of the windows that are shown; empty if there are none. */
  public Optional<WindowSummary> shown() {
    return state.accumulation().of(snapshot().series());
  }

  /** Number of windows that are shown. */
  public int windowsShown() {
    return range().windows();
  }

  /** What an export of the stretch that is shown says of it. */
  public About about() {
    WindowSeries series = snapshot().series();
    Accumulation.Range range = range();
    return new About(
        detector.name(),
        span(),
        series.windows(range.from(), range.to()),
        series.incomplete(range.from(), range.to()),
        snapshot().malformedMessages(),
        shown().map(WindowSummary::runs).orElse(List.of()),
        Version.number());
  }

  private Accumulation.Range range() {
    return state.accumulation().in(snapshot().series());
  }

  /** Changes the page; no chamber is enlarged. */
  public void page(Page page) {
    change(state.with(page));
  }

  /** Shows the chambers of a sheet side by side. */
  public void sheet(int sheet) {
    change(state.withSheet(sheet));
  }

  /**
   * Enlarges a chamber, if there is such a one: on this page if it shows chambers, else on theirs.
   */
  public void enlarge(int chamber) {
    if (chamber < detector.chambers()) {
      Page page = state.page().isByChamber() ? state.page() : Page.CHAMBERS;
      change(state.with(page).withEnlarged(chamber, sheets().of(chamber)));
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
    state = state.with(accumulation);
    judgePast();
    onChange.run();
  }

  /** Asks for the verdicts on a picked stretch, if they are not those asked for last. */
  private void judgePast() {
    Accumulation stretch = state.accumulation();
    Accumulation.Range range = range();
    if (stretch.live()
        || range.windows() == 0
        || past.filter(p -> p.stretch().equals(stretch) && p.windows() == range.windows())
            .isPresent()) {
      return;
    }
    past = Optional.of(new Past(stretch, range.windows(), Optional.empty()));
    if (!isDescribed(snapshot())) {
      past = Optional.of(new Past(stretch, range.windows(), Optional.of(undescribed(snapshot()))));
      return;
    }
    judging.past(
        rules(),
        snapshot().series(),
        range,
        judgement -> {
          if (past.filter(p -> p.stretch().equals(stretch)).isPresent()) {
            Ruling ruling =
                Ruling.own(judgement, guidance, "judged by this viewer: " + stretchWords());
            past = Optional.of(new Past(stretch, range.windows(), Optional.of(ruling)));
            onChange.run();
          }
        });
  }

  /** Goes back from the past to what was shown before, and to the newest muon. */
  public void live() {
    events.live();
    accumulate(lastLive);
  }

  /** Shows the stretch picked last; the first time, the last minutes. */
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
              WindowSeries series = snapshot().series();
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
    WindowSeries series = snapshot().series();
    if (series.isEmpty()) {
      return Optional.empty();
    }
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      return Optional.of(picked);
    }
    return lastPicked.or(
        () -> {
          Accumulation.Range judged = minutes.in(series);
          return Optional.of(
              new Accumulation.Picked(series.start(judged.from()), series.end(judged.to() - 1)));
        });
  }

  private void pick(Instant from, Duration length) {
    WindowSeries series = snapshot().series();
    Instant latest = end(series).minus(length);
    Instant start = from.isAfter(latest) ? latest : from;
    start = start.isBefore(series.start(0)) ? series.start(0) : start;
    accumulate(new Accumulation.Picked(start, start.plus(length)));
  }

  /** Holds snapshot, verdicts and muon, or shows the newest that waited. */
  public void pause(boolean paused) {
    if (paused && held.isEmpty()) {
      Ruling live = presentRuling();
      held =
          Optional.of(
              new Held(
                  newest, live.with(live.words() + ", held since " + CLOCK.format(now())), now()));
      events.hold();
    } else if (!paused) {
      held = Optional.empty();
      events.live();
      adapt();
    }
    judgePast();
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

  /** Time since the newest result was received; empty before the first. Of now, also in a pause. */
  public Optional<Duration> age() {
    return newest.newestArrival().map(arrival -> clocks.since(arrival.nanos()));
  }

  /** Start and end of the newest window, of now. */
  public Optional<WindowSummary.Span> newestSpan() {
    WindowSeries series = newest.series();
    int last = series.size() - 1;
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(new WindowSummary.Span(series.start(last), series.end(last)));
  }

  /** How far a publisher's clock is from this machine's, in words; empty if it hardly is. */
  public Optional<String> clockDifference() {
    return newest
        .newestArrival()
        .map(Arrival::clockAhead)
        .filter(ahead -> ahead.abs().compareTo(CLOCKS_DIFFER) > 0)
        .map(
            ahead ->
                "the pipeline's clock is "
                    + Numbers.duration(ahead.abs())
                    + (ahead.isNegative() ? " behind" : " ahead of")
                    + " this machine's");
  }

  private Optional<Silence> silence() {
    return Silence.of(newest.connection(), newestSpan(), age(), pulse, thresholds);
  }

  /** How everything is now. */
  public Situation situation() {
    Optional<Silence> silence = silence();
    List<AlarmMessage> calling = alarms.calling();
    int shelved = alarms.open().size() - calling.size();
    Ruling verdicts = presentRuling();
    Level level = verdicts.judgement().level();
    return new Situation(
        silence.isPresent() ? Optional.empty() : Optional.of(level),
        silence.map(Silence::word).orElse(level.word()),
        silence
            .map(Silence::reason)
            .orElseGet(() -> verdicts.worst().map(AlarmWords::line).orElse("")),
        silence.filter(Silence::isUrgent).isPresent(),
        age(),
        calling,
        shelved,
        judgeWords(),
        serviceIsAlive());
  }

  private String judgeWords() {
    if (serviceIsAlive()) {
      return "judged by the service quality";
    }
    return quality
            .since(clocks)
            .map(
                since ->
                    "Nobody raises alarms: the service quality is silent for "
                        + Numbers.duration(since))
            .orElse("Nobody raises alarms: no service quality runs")
        + ". Judged by this viewer alone.";
  }

  /** The verdicts of now. */
  private Ruling presentRuling() {
    return serviceIsAlive() ? service : own;
  }

  /** The verdicts on what is shown. */
  public Ruling ruling() {
    if (!state.accumulation().live()) {
      return past.filter(p -> p.stretch().equals(state.accumulation()))
          .flatMap(Past::ruling)
          .orElseGet(
              () -> Ruling.none(range().windows() == 0 ? "no window to judge" : "being judged…"));
    }
    return held.map(Held::ruling).orElseGet(this::presentRuling);
  }

  /** Of when what is shown is. */
  public Tone tone() {
    if (held.isPresent() || !state.accumulation().live()) {
      return Tone.PAST;
    }
    return silence().isPresent() ? Tone.STALE : Tone.NOW;
  }

  /** Of when the numbers of the whole run are. */
  public Tone runTone() {
    return silence().isPresent() ? Tone.STALE : held.isPresent() ? Tone.PAST : Tone.NOW;
  }

  /** The stretch that plots show, short enough for their titles. */
  public String stretchWords() {
    Accumulation accumulation = state.accumulation();
    if (accumulation instanceof Accumulation.NewestWindow) {
      return "newest window";
    }
    if (accumulation instanceof Accumulation.SinceStart) {
      return "since start";
    }
    if (accumulation instanceof Accumulation.Last last) {
      return "last " + Numbers.duration(last.length());
    }
    return span()
        .map(s -> CLOCK.format(s.start()) + " – " + CLOCK.format(s.end()))
        .orElse("picked");
  }

  /** Ends of the stretch that is shown; empty if no window is, unless a stretch is picked. */
  public Optional<WindowSummary.Span> span() {
    if (state.accumulation() instanceof Accumulation.Picked picked) {
      return Optional.of(new WindowSummary.Span(picked.from(), picked.to()));
    }
    WindowSeries series = snapshot().series();
    Accumulation.Range range = range();
    return range.windows() == 0
        ? Optional.empty()
        : Optional.of(
            new WindowSummary.Span(series.start(range.from()), series.end(range.to() - 1)));
  }

  /** The stretch that is shown in words, with windows that wait and the reference. */
  public String words() {
    WindowSeries series = snapshot().series();
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
    held.ifPresent(
        h -> {
          int more = newest.series().size() - series.size();
          words.append(" · paused at ").append(CLOCK.format(h.since())).append(", ");
          words.append(Numbers.grouped(more)).append(" new windows wait");
        });
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
