package org.driftwatch.quality.service;

import static org.awaitility.Awaitility.await;
import static org.driftwatch.quality.service.ServiceRun.PATIENCE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.alarm.AlarmCommand;
import org.driftwatch.quality.alarm.AlarmMessage;
import org.driftwatch.quality.alarm.AlarmMessage.State;
import org.driftwatch.quality.alarm.QualityMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The service on a real broker. */
class QualityServiceTest {
  @TempDir private static Path folder;
  private static EmbeddedBroker broker;

  private ServiceRun run;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void begin(TestInfo test) {
    run = new ServiceRun(broker.bootstrapServers(), test.getTestMethod().orElseThrow().getName());
  }

  @AfterEach
  void end() {
    run.close();
  }

  @Test
  void aDeadChamberIsAnAlarmWithTheTimesOfItsWindows() {
    run.withResults(1).publishHealthy(0, 60);
    run.started();
    run.publishDead(2, 60, 65);
    AlarmMessage alarm = run.awaitAlarm();
    assertThat(alarm.verdictKey(), is("chamber-2/hits"));
    assertThat(alarm.raised(), is(Windows.end(60)));
    assertThat(alarm.level(), is(Level.BAD));
    assertThat(alarm.active(), is(true));

    run.publishHealthy(65, 80);
    await().atMost(PATIENCE).until(() -> !run.awaitAlarm().active());
    assertThat(run.awaitAlarm().state(), is(State.RAISED));
    assertThat(run.awaitAlarm().ended().orElseThrow().isAfter(Windows.end(64)), is(true));
    QualityMessage overall = run.verdicts().get("chamber-2/overall");
    assertThat(overall.verdict().level(), is(Level.GOOD));
    assertThat(overall.since(), is(run.awaitAlarm().ended().orElseThrow()));
  }

  @Test
  void whatWasBeforeTheFirstStartRaisesNothingAndIsKnownAllTheSame() {
    run.withResults(1).publishHealthy(0, 20);
    run.publishDead(2, 20, 25);
    run.publishHealthy(25, 60);
    run.started();
    await().atMost(PATIENCE).until(() -> run.verdicts().containsKey("run/rate"));
    assertThat(run.alarms(), is(anEmptyMap()));
    assertThat(run.verdicts().get("run/rate").verdict().level(), is(Level.GOOD));
    assertThat(run.verdicts().get("run/rate").window(), is(Optional.of(Windows.start(59))));
  }

  @Test
  void anAlarmWhileTheServiceIsAwayIsRaisedWithItsTimesWhenItIsBack() {
    run.withResults(1).publishHealthy(0, 60);
    run.started().stop();
    run.publishDead(2, 60, 65);
    run.publishHealthy(65, 90);
    run.started();
    AlarmMessage alarm = run.awaitAlarm();
    assertThat(alarm.raised(), is(Windows.end(60)));
    assertThat(alarm.ended().orElseThrow().isBefore(Windows.end(80)), is(true));
    assertThat(run.alarmChanges(), hasSize(2));
  }

  @Test
  void aServiceThatStartsAgainKnowsItsAlarmsAndSaysNothingTwice() {
    run.withResults(1).publishHealthy(0, 60);
    ServiceRun.Running first = run.started();
    run.publishDead(2, 60, 65);
    run.awaitAlarm();
    run.awaitJudged();
    first.stop();
    ServiceRun.Running second = run.started();
    run.publishDead(2, 65, 70);
    run.awaitJudged();
    second.stop();
    assertThat(run.alarmChanges(), hasSize(1));

    run.started();
    run.publishHealthy(70, 90);
    await().atMost(PATIENCE).until(() -> run.alarmChanges().size() == 2);
    assertThat(run.awaitAlarm().active(), is(false));
  }

  @Test
  void aSecondServiceTakesThePlaceOfTheFirst() throws Exception {
    run.withResults(1).publishHealthy(0, 10);
    ServiceRun.Running first = run.started();
    run.start();
    run.publishDead(2, 10, 12);
    assertThat(first.end.get(30, TimeUnit.SECONDS), is(QualityService.End.REPLACED));
    run.publishDead(2, 12, 14);
    run.awaitJudged();
    assertThat(
        run.alarmChanges().stream().filter(a -> a.verdictKey().equals("chamber-2/hits")).toList(),
        hasSize(1));
  }

  @Test
  void whoAcknowledgesFirstIsTheOneAndWhatIsOverThenIsCleared() {
    run.withResults(1).publishHealthy(0, 60);
    run.started();
    run.publishDead(2, 60, 65);
    String key = run.awaitAlarm().key();
    run.command(AlarmCommand.acknowledge("run/rate/2026-11-20T20:00:00.000Z", "Eve", ""));
    run.command(AlarmCommand.acknowledge(key, "Ada", "high voltage tripped"));
    run.command(AlarmCommand.acknowledge(key, "Bob", "me too"));
    run.command(AlarmCommand.acknowledge(key, "Ada", "high voltage tripped"));
    await().atMost(PATIENCE).until(() -> run.awaitAlarm().state() == State.ACKNOWLEDGED);
    run.publishHealthy(65, 90);
    await().atMost(PATIENCE).until(() -> run.awaitAlarm().state() == State.CLEARED);
    assertThat(run.awaitAlarm().acknowledged().orElseThrow().by(), is("Ada"));
    assertThat(run.alarmChanges(), hasSize(3));
  }

  @Test
  void aRateThatIsAcknowledgedIsExpectedFromThenOnAlsoAfterARestart() {
    run.withResults(1).publishHealthy(0, 100);
    ServiceRun.Running first = run.started();
    run.publishScaled(0.5, 100, 130);
    AlarmMessage step = run.awaitAlarm();
    assertThat(step.verdictKey(), is("run/rate"));
    run.awaitJudged();
    run.command(AlarmCommand.acknowledge(step.key(), "Ada", "beam is lower"));
    await().atMost(PATIENCE).until(() -> run.awaitAlarm().state() == State.CLEARED);
    first.stop();
    run.started();
    run.publishScaled(0.5, 130, 160);
    run.awaitJudged();
    assertThat(run.alarms().keySet(), is(Set.of(step.key())));
  }

  @Test
  void aServiceThatStartsAgainInALongFaultDoesNotTakeItForUsual() {
    run.withResults(1).publishHealthy(0, 100);
    ServiceRun.Running first = run.started();
    // For longer than it looks back; then worse still, which is a step of its own to who sees only
    // that.
    run.publishScaled(0.7, 100, 1100);
    run.publishScaled(0.4, 1100, 1140);
    run.awaitJudged();
    String key = run.awaitAlarm().key();
    first.stop();
    run.started();
    run.publishScaled(0.7, 1140, 1200);
    run.awaitJudged();
    assertThat(run.awaitAlarm().active(), is(true));
    run.publishHealthy(1200, 1240);
    await().atMost(PATIENCE).until(() -> !run.awaitAlarm().active());
    assertThat(run.alarms().keySet(), is(Set.of(key)));
  }

  @Test
  void whatIsNoneOfItsMessagesIsCountedAndPassedOver() {
    run.withResults(1).publishHealthy(0, 60);
    ServiceRun.Running service = run.started();
    TopicNames topics = run.topics();
    run.send(topics.results(), "yesterday", "{}");
    run.send(topics.results(), "2026-11-20T20:00:00.000Z", "{");
    run.send(Windows.otherKey(topics.results(), Windows.healthy(60), "2026-11-20T20:00:00.000Z"));
    run.send(topics.commands(), "x", "{\"version\":1,\"command\":\"delete\"}");
    run.publishDead(2, 60, 62);
    assertThat(run.awaitAlarm().verdictKey(), is("chamber-2/hits"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(service.metrics.malformedCount(), is(4L)));
  }

  @Test
  void resultsOfAnotherDetectorAreSaidOnceAndEndNothing() {
    run.withResults(1).withStatus().publishHealthy(0, 60);
    run.started();
    run.publish(Windows.foreign(60), Windows.foreign(61), Windows.foreign(62));
    assertThat(run.awaitAlarm().verdictKey(), is("run/description"));
    assertThat(run.awaitAlarm().message(), containsString("another detector"));
    run.publishHealthy(63, 66);
    run.sayThatRecordsFit();
    await().atMost(PATIENCE).until(() -> !run.awaitAlarm().active());
    assertThat(run.alarmChanges(), hasSize(2));
  }

  @Test
  void repeatsRevisionsGapsAndTheFutureRaiseNothing() {
    run.withResults(1).publishHealthy(0, 60);
    run.started();
    run.publishHealthy(30, 60);
    run.publish(Windows.window(59, 1, OptionalInt.empty()));
    run.publish(Windows.healthy(10_000_000));
    run.publishHealthy(61, 65);
    run.publishHealthy(80, 90);
    run.awaitJudged();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                run.verdicts().get("run/overall").window().equals(Optional.of(Windows.start(89))));
    assertThat(run.alarms(), is(anEmptyMap()));
  }

  @Test
  void itWaitsForResultsThatAreNotThereYet() {
    run.start();
    run.withResults(1).publishHealthy(0, 60);
    run.awaitJudged();
    run.publishDead(2, 60, 62);
    assertThat(run.awaitAlarm().verdictKey(), is("chamber-2/hits"));
  }

  @Test
  void topicsThatAreDeletedAndCreatedAgainAreJudgedFromTheirBeginning() throws Exception {
    run.withResults(1).publishHealthy(0, 60);
    run.started();
    Admin admin = run.admin();
    admin.deleteTopics(List.of(run.topics().results())).all().get();
    await()
        .atMost(PATIENCE)
        .until(() -> !admin.listTopics().names().get().contains(run.topics().results()));
    run.withResults(1).publishHealthy(100, 160);
    run.publishDead(2, 160, 165);
    AlarmMessage alarm = run.awaitAlarm();
    assertThat(alarm.raised(), is(Windows.end(160)));
  }

  @Test
  void severalPartitionsGiveTheSameAlarmsAsOne() {
    run.withResults(3).publishHealthy(0, 60);
    run.started().stop();
    run.publishDead(2, 60, 65);
    run.publishHealthy(65, 90);
    run.publishDead(0, 90, 95);
    run.publishHealthy(95, 120);
    run.started();
    run.awaitJudged();
    assertThat(
        run.alarms().keySet(),
        containsInAnyOrder(
            "chamber-2/hits/2026-11-20T20:02:02.000Z", "chamber-0/hits/2026-11-20T20:03:02.000Z"));
  }
}
