package org.driftwatch.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.driftwatch.launcher.testing.TestHome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of a run when its parts end. The launcher is the real one, in a process of its own;
 * the parts do what a file of each says.
 */
class RunTest {
  private static final long PATIENCE_SECONDS = 90;
  private static final String READY = "reach:ready await";

  @TempDir Path folder;
  private Path home;
  private Path logs;

  @BeforeEach
  void prepare() throws IOException {
    home = TestHome.in(folder);
    logs = Files.createDirectories(folder.resolve("dir/run"));
    does("pipeline", READY);
    does("emulator", "await");
    does("quality", "await");
    does("viewer", "await");
  }

  private void does(String part, String... starts) throws IOException {
    Files.write(logs.resolve(part + ".does"), Arrays.asList(starts));
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-D" + Home.PROPERTY + "=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                LauncherMain.class.getName(),
                "run",
                "--headless",
                "--dir=" + folder.resolve("dir")));
    // No real broker is needed, and no port but where a test is about it.
    command.addAll(List.of("--kafka=127.0.0.1:1", "--metrics=", "--control="));
    command.addAll(Arrays.asList(options));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("FLINK_HOME", home.resolve("flink").toString());
    builder.environment().remove("FLINK_MASTER");
    return builder.start();
  }

  /** Status and output of a run that ends. */
  private static String end(Process run) throws Exception {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (InputStream from = run.getInputStream()) {
      from.transferTo(output);
    }
    assertThat("ends in time", run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
    return run.exitValue() + ": " + output.toString(StandardCharsets.UTF_8);
  }

  private String run(String... options) throws Exception {
    return end(start(options));
  }

  @Test
  void closingTheViewerEndsTheRun() throws Exception {
    does("viewer", "exit:0");
    assertThat(run().substring(0, 2), is("0:"));
  }

  @Test
  void aPipelineThatOnlyANewStartMakesExactIsStartedAgain() throws Exception {
    does("pipeline", "exit:75", READY);
    does("emulator", "say:sending exit:5");
    assertThat(run(), allOf(containsString("5: "), containsString("pipeline is started again")));
  }

  @Test
  void aPipelineThatEndsSoonAfterEachStartIsGivenUp() throws Exception {
    does("pipeline", "exit:75");
    assertThat(run(), allOf(containsString("1: "), containsString("the pipeline has ended; see")));
  }

  @Test
  void aPipelineThatFailsAtItsFirstStartIsNotStartedAgain() throws Exception {
    does("pipeline", "say:no exit:1", READY);
    assertThat(
        run(),
        allOf(
            containsString("1: "), containsString("no"), containsString("the pipeline has ended")));
  }

  @Test
  void aPipelineThatRanOutOfMemorySaysWhatToDo() throws Exception {
    does("pipeline", "reach:ready exit:3");
    assertThat(run(), containsString("give it more with -Xmx in " + home));
  }

  @Test
  void aPartOfTheClusterThatDiesIsStartedAgainAndEndsNoRun() throws Exception {
    does("taskmanager-1", "exit:1", "await");
    does("emulator", "exit:5");
    assertThat(
        run("--runner=flink-standalone"),
        allOf(
            containsString("5: "),
            containsString("the taskmanager-1 has ended and is started again")));
  }

  @Test
  void aPartOfTheClusterThatDiesAfterEachStartEndsTheRun() throws Exception {
    does("taskmanager-2", "say:no exit:1");
    assertThat(
        run("--runner=flink-standalone"),
        allOf(containsString("1: "), containsString("the taskmanager-2 has ended; see")));
  }

  @Test
  void aPipelineIsOnlyStartedAgainOnAClusterThatServes() throws Exception {
    does("jobmanager", "await");
    does("pipeline", "exit:75", READY);
    does("emulator", "exit:5");
    assertThat(
        run("--runner=flink-standalone"),
        allOf(containsString("5: "), containsString("pipeline is started again")));
  }

  @Test
  void aMissingFlinkIsOneLine() throws Exception {
    Files.delete(home.resolve("flink/lib"));
    assertThat(
        run("--runner=flink-standalone"),
        containsString("1: driftwatch: there is no Flink in " + home.resolve("flink")));
  }

  @Test
  void qualityThatDiesIsStartedAgainAndEndsNoRun() throws Exception {
    does("quality", "say:dead exit:1", "reach:ready await");
    does("emulator", "say:sending exit:0");
    does("await", "say:published exit:0");
    assertThat(
        run("--duration=1"),
        allOf(
            containsString("0: "),
            containsString("quality is started again"),
            containsString("published")));
  }

  @Test
  void qualityInWhosePlaceThereIsAnotherIsNotStartedAgain() throws Exception {
    does("quality", "exit:76");
    Process run = start();
    try (var lines = run.inputReader()) {
      String line = lines.readLine();
      while (!line.contains("quality has ended, this run goes on")) {
        assertThat(line, not(containsString("started again")));
        line = lines.readLine();
      }
    }
    run.toHandle().destroy();
    assertThat("ends in time", run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void withADurationTheRunEndsWhenTheLastWindowIsThere() throws Exception {
    does("emulator", "exit:0");
    does("await", "say:published exit:0");
    assertThat(run("--duration=1"), allOf(containsString("0: "), containsString("published")));
  }

  @Test
  void withoutADurationTheMonitorRunsOnWhenTheSourceHasEnded() throws Exception {
    does("emulator", "exit:0");
    Process run = start();
    try (var lines = run.inputReader()) {
      String line = lines.readLine();
      while (line != null && !line.contains("the source has ended")) {
        line = lines.readLine();
      }
      assertThat(run.isAlive(), is(true));
      run.toHandle().destroy();
      assertThat("ends in time", run.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
      assertThat(run.exitValue(), is(0));
    }
  }

  @Test
  void aBrokerThatDoesNotStartIsSaidWithItsLastWords() throws Exception {
    assumeFalse(Ports.isInUse(19092), "another run's broker serves at 19092");
    does("broker", "say:cannot exit:1");
    assertThat(
        run("--kafka="),
        allOf(containsString("1: "), containsString("cannot"), containsString("broker has ended")));
  }

  @Test
  void anotherRunsPortsAreLeftToIt() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      does("viewer", "exit:0");
      assertThat(
          run("--control=" + other.getLocalPort()),
          allOf(
              containsString("0: "),
              containsString("port " + other.getLocalPort() + " on 127.0.0.1 is in use")));
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneLine() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(
        run("--dir=" + file), allOf(containsString("1: driftwatch: cannot write to " + file)));
  }

  @Test
  void mistakesAreOneLineAndStatus2() throws Exception {
    assertThat(run("--rate=fast"), containsString("2: driftwatch: --rate=fast, expected records"));
    assertThat(run("--window=0.0"), containsString("2: driftwatch: --window=0.0, expected more"));
    assertThat(run("--metrics=65535"), containsString("expected a port of at most 65531"));
    assertThat(run("--runner=nix"), containsString("2: driftwatch: configuration nix"));
    assertThat(run("--rats=3"), containsString("Possible solutions: --rate"));
  }

  @Test
  void sigtermEndsAllPartsWithStatus0() throws Exception {
    Process run = start();
    Awaitility.await()
        .atMost(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .until(() -> run.children().count() == 4);
    List<ProcessHandle> parts = run.children().toList();
    run.toHandle().destroy();
    assertThat(end(run).substring(0, 2), is("0:"));
    assertThat(parts.stream().noneMatch(ProcessHandle::isAlive), is(true));
  }
}
