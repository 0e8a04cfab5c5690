package org.driftwatch.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.driftwatch.launcher.testing.FakePart;
import org.driftwatch.launcher.testing.TestHome;
import org.driftwatch.telemetry.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With real processes: {@link FakePart} does what each test tells it. */
class PartsTest {
  private static final long PATIENCE_MILLIS = 60_000;
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;

  @TempDir Path folder;
  private Parts parts;

  @BeforeEach
  void makeParts() throws IOException {
    parts = new Parts(new Home(TestHome.in(folder)), folder, 2);
  }

  @AfterEach
  void stopAll() {
    parts.stopAll(List.of());
  }

  static JavaProgram program(String... does) {
    return JavaProgram.of(
        List.of("-Xmx32m"),
        System.getProperty("java.class.path"),
        FakePart.class.getName(),
        List.of(does));
  }

  private void start(String name, String... does) {
    parts.start(name, program(does), Part.Output.LOG);
  }

  private Parts.Ended nextEnd() throws InterruptedException {
    return parts.next(PATIENCE_MILLIS).orElseThrow();
  }

  private void awaitReady(String name) {
    Awaitility.await()
        .atMost(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .until(() -> parts.hasReached(name, Readiness.READY));
  }

  @Test
  void theEndOfAPartIsReportedWithItsStatusAndItsLastWords() throws Exception {
    start("broker", "say:one", "say:two", "exit:7");
    Parts.Ended ended = nextEnd();
    assertThat(ended.status(), is(7));
    assertThat(ended.part().orElseThrow().name(), is("broker"));
    assertThat(ended.part().orElseThrow().lastWords(), contains("one", "two"));
  }

  @Test
  void whatAPartStartedAgainHadReachedBeforeDoesNotCount() {
    start("pipeline", "reach:ready", "await");
    awaitReady("pipeline");
    parts.stopAll(List.of());
    start("pipeline", "await");
    assertThat(parts.state("pipeline"), is(Optional.empty()));
  }

  @Test
  void partsAreStoppedInTheirOrder() throws Exception {
    start("reader", "onStop:reader", "reach:ready", "await");
    start("sender", "onStop:sender", "reach:ready", "await");
    awaitReady("reader");
    awaitReady("sender");
    parts.stopAll(List.of("sender", "reader"));
    assertThat(Files.readAllLines(folder.resolve(FakePart.STOPS)), contains("sender", "reader"));
  }

  @Test
  void aPartThatHangsAtItsEndIsKilled() throws Exception {
    start("viewer", "hangAtEnd", "reach:ready", "await");
    awaitReady("viewer");
    parts.stopAll(List.of());
    assertThat(nextEnd().status(), is(KILLED));
  }

  @Test
  void ctrlCEndsNoPartByItself() throws Exception {
    start("emulator", "reach:ready", "await");
    awaitReady("emulator");
    long pid = ProcessHandle.current().children().findFirst().orElseThrow().pid();
    new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
    parts.stopAll(List.of());
    assertThat(nextEnd().status(), is(TERMINATED));
  }

  @Test
  void aRequestToStopWakesWhoeverWaits() throws Exception {
    parts.requestStop();
    assertThat(nextEnd().part(), is(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"say:easy", "hangAtEnd"})
  void partsEndWhenTheirLauncherIsKilled(String how) throws Exception {
    Path home = folder.resolve("home");
    List<String> command = Launched.command(home, folder, how, "reach:ready", "await");
    Process launcher = new ProcessBuilder(command).inheritIO().start();
    Path ready = folder.resolve("part.ready");
    Awaitility.await()
        .atMost(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .until(() -> Files.exists(ready));
    ProcessHandle part = launcher.children().findFirst().orElseThrow();
    launcher.destroyForcibly().waitFor();
    part.onExit().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
