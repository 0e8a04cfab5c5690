package org.driftwatch.quality.alarm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage.State;
import org.driftwatch.quality.alarm.Alarms.Outcome;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final Instant START = Instant.parse("2026-11-20T20:00:00Z");

  private final Alarms alarms = new Alarms(Guidance.standard());
  private Instant now = START;

  @Test
  void oneIsRaisedOnceAndCallsOnceWhileItLasts() {
    AlarmMessage raised = only(judge(Level.BAD));
    assertThat(raised.isCallDue(), is(true));
    assertThat(raised.state(), is(State.RAISED));
    assertThat(raised.active(), is(true));
    assertThat(raised.key(), is("run/rate/2026-11-20T20:00:00.000Z"));
    assertThat(raised.action(), is(Guidance.standard().action(Subject.RUN, Check.RATE)));
    assertThat(call().called(), is(Optional.of(now)));
    assertThat(judge(Level.BAD), is(empty()));
    assertThat(alarms.open().get(0).isCallDue(), is(false));
  }

  @Test
  void aCallThatWasMadeBeforeItBecameWorseDoesNotCount() {
    AlarmMessage told = only(judge(Level.WARNING));
    judge(Level.BAD);
    assertThat(alarms.called(now, told), is(Optional.empty()));
    assertThat(alarms.open().get(0).isCallDue(), is(true));
  }

  @Test
  void oneThatIsOverStaysOpenUntilItIsAcknowledged() {
    judge(Level.BAD);
    pass(60);
    AlarmMessage over = only(judge(Level.GOOD));
    assertThat(over.isCallDue(), is(true));
    assertThat(over.state(), is(State.RAISED));
    assertThat(over.active(), is(false));
    assertThat(over.ended(), is(Optional.of(now)));
    assertThat(alarms.open(), is(List.of(over)));

    pass(60);
    AlarmMessage cleared = acknowledge().change().orElseThrow();
    assertThat(cleared.state(), is(State.CLEARED));
    assertThat(cleared.cleared(), is(Optional.of(now)));
    assertThat(alarms.open(), is(empty()));
  }

  @Test
  void oneThatIsAcknowledgedStaysOpenUntilItIsOver() {
    judge(Level.BAD);
    Outcome outcome = acknowledge();
    assertThat(outcome.accepts(), is(true));
    AlarmMessage acknowledged = outcome.change().orElseThrow();
    assertThat(acknowledged.state(), is(State.ACKNOWLEDGED));
    assertThat(acknowledged.active(), is(true));
    assertThat(acknowledged.accepted(), is(Optional.of(START)));
    pass(60);
    assertThat(only(judge(Level.GOOD)).state(), is(State.CLEARED));
    assertThat(alarms.open(), is(empty()));
  }

  @Test
  void tooFewEntriesToTellEndNone() {
    judge(Level.BAD);
    AlarmMessage undecided = only(judge(Level.UNDECIDED));
    assertThat(undecided.active(), is(true));
    assertThat(undecided.now(), is(Level.UNDECIDED));
  }

  @Test
  void oneThatBecomesWorseIsRaisedAgainAndItsAcknowledgementIsGone() {
    judge(Level.WARNING);
    acknowledge();
    AlarmMessage worse = only(judge(Level.BAD));
    assertThat(worse.isCallDue(), is(true));
    assertThat(worse.state(), is(State.RAISED));
    assertThat(worse.level(), is(Level.BAD));
    assertThat(worse.acknowledged(), is(Optional.empty()));
    assertThat(worse.raised(), is(START));

    assertThat(only(judge(Level.WARNING)).level(), is(Level.BAD));
    judge(Level.BAD);
    call();
    assertThat(only(judge(Level.WARNING)).isCallDue(), is(false));
    assertThat(only(judge(Level.BAD)).isCallDue(), is(false));
  }

  @Test
  void oneThatComesBackIsTheSameAndCallsAgainOnlyAfterALongPause() {
    judge(Level.BAD);
    call();
    judge(Level.GOOD);
    pass(30);
    AlarmMessage soon = only(judge(Level.BAD));
    assertThat(soon.isCallDue(), is(false));
    assertThat(soon.raised(), is(START));
    assertThat(soon.ended(), is(Optional.empty()));
    judge(Level.GOOD);
    pass(600);
    assertThat(only(judge(Level.BAD)).isCallDue(), is(true));
  }

  @Test
  void oneAfterAClearedOneIsAnotherEvenInTheSameInstant() {
    AlarmMessage first = only(judge(Level.BAD));
    acknowledge();
    judge(Level.GOOD);
    AlarmMessage second = only(judge(Level.BAD));
    assertThat(second.key(), is(not(first.key())));
  }

  @Test
  void ofTwoWhoAcknowledgeTheFirstHolds() {
    judge(Level.BAD);
    acknowledge();
    Outcome again =
        alarms.command(
            now, window(), AlarmCommand.acknowledge(alarms.open().get(0).key(), "Bob", ""));
    assertThat(again.change(), is(Optional.empty()));
    assertThat(again.accepts(), is(false));
    assertThat(again.answer(), containsString("Ada has acknowledged it before"));
    assertThat(alarms.open().get(0).acknowledged().orElseThrow().by(), is("Ada"));
  }

  @Test
  void whatDoesNotExistIsAnsweredAndChangesNothing() {
    Outcome none = alarms.command(now, window(), AlarmCommand.acknowledge("run/rate/x", "Ada", ""));
    assertThat(none.change(), is(Optional.empty()));
    assertThat(none.answer(), containsString("Ada asks to acknowledge run/rate/x"));
  }

  @Test
  void aShelvedOneIsSilentUntilItsTimeAndCallsThenIfItLasts() {
    judge(Level.WARNING);
    shelve(Duration.ofHours(1));
    assertThat(only(judge(Level.BAD)).isCallDue(), is(false));
    pass(3599);
    assertThat(alarms.passed(now), is(empty()));
    pass(1);
    AlarmMessage back = only(alarms.passed(now));
    assertThat(back.shelved(), is(Optional.empty()));
    assertThat(back.isCallDue(), is(true));
    assertThat(alarms.passed(now), is(empty()));
  }

  @Test
  void shelvingForEverOrForThePastIsRefused() {
    judge(Level.WARNING);
    assertThat(shelve(Duration.ofDays(31)).change(), is(Optional.empty()));
    assertThat(shelve(Duration.ZERO).change(), is(Optional.empty()));
    assertThat(shelve(Duration.ofDays(30)).change().isPresent(), is(true));
    assertThat(shelve(Duration.ofDays(30)).answer(), containsString("so already"));
  }

  @Test
  void anUnshelvedOneCallsAtOnceIfItLasts() {
    judge(Level.WARNING);
    call();
    String key = alarms.open().get(0).key();
    AlarmCommand unshelve = AlarmCommand.unshelve(key, "Ada", "");
    assertThat(alarms.command(now, window(), unshelve).change(), is(Optional.empty()));
    shelve(Duration.ofHours(1));
    assertThat(
        alarms.command(now, window(), unshelve).change().orElseThrow().isCallDue(), is(true));
  }

  @Test
  void aClockThatIsBehindEndsNoAlarmBeforeItsBeginning() {
    judge(Level.BAD);
    now = START.minusSeconds(600);
    assertThat(only(judge(Level.GOOD)).ended(), is(Optional.of(START)));
  }

  /** Whoever reads the topic alone, and whoever takes over from it, is told the same. */
  @Test
  void whatIsRestoredFromTheMessagesGoesOnAsIfNothingHadBeen() throws Exception {
    Random random = Seed.random("alarms");
    for (int round = 0; round < 200; round++) {
      Alarms undisturbed = new Alarms(Guidance.standard());
      Alarms restarted = new Alarms(Guidance.standard());
      Map<String, byte[]> topic = new HashMap<>();
      List<AlarmMessage> one = new ArrayList<>();
      List<AlarmMessage> other = new ArrayList<>();
      for (int step = 0; step < 100; step++) {
        pass(random.nextInt(400));
        if (random.nextInt(4) == 0) {
          restarted = new Alarms(Guidance.standard());
          for (byte[] message : topic.values()) {
            restarted.restore(AlarmMessage.read(message));
          }
        }
        Object input = input(random, undisturbed);
        one.addAll(apply(undisturbed, input));
        List<AlarmMessage> changes = apply(restarted, input);
        changes.forEach(change -> topic.put(change.key(), change.write()));
        other.addAll(changes);
        assertThat(other, is(one));
      }
    }
  }

  private static Object input(Random random, Alarms alarms) {
    if (random.nextInt(3) > 0 || alarms.open().isEmpty()) {
      List<Verdict> verdicts = new ArrayList<>();
      for (Check check : List.of(Check.RATE, Check.HITS)) {
        verdicts.add(verdict(check, List.of(Level.values()).get(random.nextInt(4))));
      }
      return verdicts;
    }
    String key = alarms.open().get(random.nextInt(alarms.open().size())).key();
    return switch (random.nextInt(3)) {
      case 0 -> AlarmCommand.acknowledge(key, "Ada", "");
      case 1 -> AlarmCommand.shelve(key, "Ada", "", START.plusSeconds(random.nextInt(20_000)));
      default -> AlarmCommand.unshelve(key, "Ada", "");
    };
  }

  @SuppressWarnings("unchecked")
  private List<AlarmMessage> apply(Alarms to, Object input) {
    List<AlarmMessage> changes = new ArrayList<>(to.passed(now));
    if (input instanceof AlarmCommand command) {
      to.command(now, window(), command).change().ifPresent(changes::add);
    } else {
      changes.addAll(to.judged(now, new Judgement(window(), (List<Verdict>) input)));
    }
    return changes;
  }

  private List<AlarmMessage> judge(Level level) {
    return alarms.judged(now, new Judgement(window(), List.of(verdict(Check.RATE, level))));
  }

  private Optional<Instant> window() {
    return Optional.of(START);
  }

  private static Verdict verdict(Check check, Level level) {
    return new Verdict(
        Subject.RUN,
        check,
        level,
        10,
        level.compareTo(Level.GOOD),
        2,
        100,
        OptionalDouble.empty(),
        List.of(),
        "it is " + level.word());
  }

  private Outcome acknowledge() {
    return alarms.command(
        now, window(), AlarmCommand.acknowledge(alarms.open().get(0).key(), "Ada", "seen"));
  }

  private Outcome shelve(Duration time) {
    return alarms.command(
        now, window(), AlarmCommand.shelve(alarms.open().get(0).key(), "Ada", "", now.plus(time)));
  }

  private AlarmMessage call() {
    return alarms.called(now, alarms.open().get(0)).orElseThrow();
  }

  private void pass(int seconds) {
    now = now.plusSeconds(seconds);
  }

  private static AlarmMessage only(List<AlarmMessage> changes) {
    assertThat(changes.toString(), changes.size(), is(1));
    return changes.get(0);
  }
}
