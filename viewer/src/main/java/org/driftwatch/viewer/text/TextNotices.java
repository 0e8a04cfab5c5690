package org.driftwatch.viewer.text;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StatusMessage;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.AlarmMessage.State;
import org.driftwatch.quality.alarm.QualityMessage;
import org.driftwatch.quality.check.Flow;
import org.driftwatch.quality.check.Judge;
import org.driftwatch.viewer.model.Arrival;
import org.driftwatch.viewer.model.Clocks;
import org.driftwatch.viewer.model.Connection;
import org.driftwatch.viewer.model.Detector;
import org.driftwatch.viewer.model.MalformedMessage;
import org.driftwatch.viewer.model.PackedWindow;
import org.driftwatch.viewer.model.ResultsListener;
import org.driftwatch.viewer.model.Told;
import org.driftwatch.viewer.view.AlarmWords;
import org.driftwatch.viewer.view.Pulse;
import org.driftwatch.viewer.view.Silence;

/**
 * Says in lines of text what needs somebody: alarms as they come and go, and that results have
 * stopped, with the reason; where no service raises alarms, the verdicts of this viewer. Hears the
 * results on their way to another listener. Safe for several threads.
 */
public final class TextNotices implements ResultsListener {
  private static final Duration SERVICE_SILENT = Duration.ofSeconds(40);

  /** A silence that goes on is told again. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final ResultsListener output;
  private final PrintStream notices;
  private final Clocks clocks;
  private final Detector detector;
  private final Thresholds thresholds;
  private final Judge judge;
  private final Pulse pulse;
  private Connection connection;
  private Optional<WindowSummary.Span> newest = Optional.empty();
  private Optional<Arrival> arrival = Optional.empty();
  private Told<QualityMessage> quality = Told.nothing();
  private Map<String, AlarmMessage> alarms = Map.of();
  private final Map<String, Verdict> accused = new HashMap<>();
  private Optional<Long> silenceToldAt = Optional.empty();

  /**
   * Notices.
   *
   * @param output hears the results after this
   * @param notices where the lines go
   */
  public TextNotices(
      ResultsListener output,
      PrintStream notices,
      DetectorDescription description,
      Thresholds thresholds,
      Connection first,
      Clocks clocks) {
    this.output = output;
    this.notices = notices;
    this.clocks = clocks;
    this.thresholds = thresholds;
    connection = first;
    detector = Detector.of(description);
    judge = new Judge(description, thresholds, Optional.empty());
    pulse = new Pulse(clocks);
  }

  /** Takes the pipeline's newest status. */
  public synchronized void status(Told<StatusMessage> told) {
    pulse.heard(told);
    pulse.status().ifPresent(judge::status);
  }

  /** Takes the service's sign of life. */
  public synchronized void quality(Told<QualityMessage> told) {
    quality = told;
  }

  /** Takes the alarms: a line for each change. */
  public synchronized void alarms(Told<AlarmMessage> told) {
    for (AlarmMessage now : told.inOrder()) {
      change(Optional.ofNullable(alarms.get(now.key())), now).ifPresent(this::say);
    }
    alarms = told.messages();
  }

  private static Optional<String> change(Optional<AlarmMessage> before, AlarmMessage now) {
    String line = AlarmWords.line(now);
    if (before.isEmpty()) {
      // Of the past, only what is open concerns anybody.
      return now.isOpen() ? Optional.of(raised(now)) : Optional.empty();
    }
    AlarmMessage was = before.get();
    if (now.level() != was.level()) {
      return Optional.of(raised(now));
    }
    if (now.state() == State.CLEARED && was.isOpen()) {
      return Optional.of("alarm cleared: " + line);
    }
    if (now.acknowledged().isPresent() && was.acknowledged().isEmpty()) {
      AlarmMessage.Acknowledgement by = now.acknowledged().get();
      String comment = by.comment().isEmpty() ? "" : " (" + by.comment() + ")";
      return Optional.of("alarm acknowledged by " + by.by() + comment + ": " + line);
    }
    if (was.active() && !now.active()) {
      return Optional.of("alarm over: " + line);
    }
    return Optional.empty();
  }

  private static String raised(AlarmMessage now) {
    return "ALARM, "
        + now.level().word().toUpperCase(Locale.ROOT)
        + ": "
        + AlarmWords.line(now)
        + " (raised "
        + AlarmWords.time(now.raised())
        + " UTC)";
  }

  /** Goes on with the time; each second or so. */
  public synchronized void tick() {
    Optional<Duration> age = arrival.map(a -> clocks.since(a.nanos()));
    Optional<Silence> silence = Silence.of(connection, newest, age, pulse, thresholds);
    // Other states than live are told by the listener behind this.
    if (silence.isPresent() && connection.state() == Connection.State.LIVE) {
      if (silenceToldAt.map(at -> clocks.since(at).compareTo(AGAIN) >= 0).orElse(true)
          && silence.get().isUrgent()) {
        silenceToldAt = Optional.of(clocks.nanos());
        say(silence.get().reason());
      }
    } else if (silence.isEmpty() && silenceToldAt.isPresent()) {
      silenceToldAt = Optional.empty();
      say("results come again");
    }
    boolean serviceIsAlive =
        quality.since(clocks).filter(since -> since.compareTo(SERVICE_SILENT) <= 0).isPresent();
    if (serviceIsAlive || silence.isPresent()) {
      accused.clear();
    } else {
      own(judge.judge(new Flow(age, pulse.since())).verdicts());
    }
  }

  private void own(List<Verdict> verdicts) {
    List<Verdict> now = new ArrayList<>(verdicts);
    now.removeIf(verdict -> !verdict.level().alarms());
    for (Verdict verdict : now) {
      Verdict was = accused.put(verdict.key(), verdict);
      if (was == null || was.level() != verdict.level()) {
        say(verdict.level().word().toUpperCase(Locale.ROOT) + ": " + AlarmWords.line(verdict));
      }
    }
    List<String> keys = now.stream().map(Verdict::key).toList();
    accused
        .values()
        .removeIf(
            verdict -> {
              boolean isOver = !keys.contains(verdict.key());
              if (isOver) {
                say("no longer: " + AlarmWords.line(verdict));
              }
              return isOver;
            });
  }

  private void say(String words) {
    notices.println("viewer: " + words);
  }

  @Override
  public void connection(Connection now) {
    synchronized (this) {
      connection = now;
    }
    output.connection(now);
  }

  @Override
  public void window(PackedWindow window, Instant published) {
    synchronized (this) {
      boolean isLive = connection.state() == Connection.State.LIVE;
      if (newest.isEmpty() || window.start().isAfter(newest.get().start())) {
        newest = Optional.of(new WindowSummary.Span(window.start(), window.end()));
        arrival =
            Optional.of(isLive ? Arrival.now(published, clocks) : Arrival.past(published, clocks));
      }
      if (isLive && detector.fits(window.channels())) {
        judge.window(window.summary());
      }
    }
    output.window(window, published);
  }

  @Override
  public void windowOfPast(PackedWindow window, Instant published) {
    output.windowOfPast(window, published);
  }

  @Override
  public void deleted(Instant windowStart) {
    output.deleted(windowStart);
  }

  @Override
  public void deletedInPast(Instant windowStart) {
    output.deletedInPast(windowStart);
  }

  @Override
  public boolean lacksPast() {
    return output.lacksPast();
  }

  @Override
  public void malformed(MalformedMessage message) {
    output.malformed(message);
  }

  @Override
  public void restarted() {
    synchronized (this) {
      newest = Optional.empty();
      arrival = Optional.empty();
    }
    output.restarted();
  }

  @Override
  public void batchEnded() {
    output.batchEnded();
  }
}
