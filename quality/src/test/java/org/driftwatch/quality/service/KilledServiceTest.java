package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.EmbeddedBroker;
import org.driftwatch.telemetry.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program, killed at random moments beside one that is not, on the same results. {@code
 * -Ddriftwatch.kills=50} for as many.
 */
class KilledServiceTest {
  private static final int KILLS = Integer.getInteger("driftwatch.kills", 2);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int LONGEST_LIFE_WINDOWS = 60;
  private static final int PHASE = 15;

  @TempDir private Path folder;

  @Test
  void noAlarmIsLostAndNoneComesTwiceWhenTheProgramIsKilled() throws Exception {
    Random random = Seed.random("killed");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ServiceRun spared = new ServiceRun(broker.bootstrapServers(), "spared", "spared");
        ServiceRun killed = new ServiceRun(broker.bootstrapServers(), "killed", "spared")) {
      spared.withResults(1).publishHealthy(0, 60);
      spared.started();
      Process process = start(broker, killed.topics(), 0);
      Awaitility.await().atMost(PATIENCE).until(() -> killed.lag() == 0);

      int window = 60;
      for (int kill = 0; kill < KILLS; kill++) {
        // Some while they start, some while they judge.
        long patience = random.nextBoolean() ? PATIENCE.toMillis() : random.nextInt(2_000);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patience);
        while (System.nanoTime() < end && process.isAlive() && !Files.exists(ready(kill))) {
          publish(spared, window++);
          process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        for (int left = random.nextInt(LONGEST_LIFE_WINDOWS); left > 0; left--) {
          publish(spared, window++);
          process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat("it runs until it is killed", process.isAlive(), is(true));
        process.destroyForcibly().waitFor();
        process = start(broker, killed.topics(), kill + 1);
      }
      for (int last = window + 8 * PHASE; window < last; window++) {
        publish(spared, window);
      }
      Awaitility.await().atMost(PATIENCE).until(() -> killed.lag() == 0 && spared.lag() == 0);
      process.destroy();
      assertThat("it ends", process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), is(true));
      assertThat(process.exitValue(), is(0));
      assertThat(spared.alarmChanges().size(), is(greaterThan(2)));
      assertThat(
          ExactlyOnceTest.said(killed.alarmChanges()),
          is(ExactlyOnceTest.said(spared.alarmChanges())));
    }
  }

  private static void publish(ServiceRun run, int window) {
    // A fault of one chamber, then of another; what a judge is shown first is seldom one.
    int phase = window / PHASE % 8;
    run.publish(
        phase == 1 || phase == 5
            ? Windows.dead(window, phase == 1 ? 1 : 2)
            : Windows.healthy(window));
  }

  /** Appears when the service of this number judges. */
  private Path ready(int number) {
    return folder.resolve("ready-" + number);
  }

  private Process start(EmbeddedBroker broker, TopicNames topics, int number) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-D" + Readiness.PROPERTY + "=" + ready(number),
                "-cp",
                System.getProperty("java.class.path"),
                QualityMain.class.getName(),
                "--kafka",
                broker.bootstrapServers(),
                "--topic",
                topics.results(),
                "--status-topic",
                topics.status(),
                "--quality-topic",
                topics.quality(),
                "--alarms-topic",
                topics.alarms(),
                "--commands-topic",
                topics.commands()))
        .inheritIO()
        .start();
  }
}
