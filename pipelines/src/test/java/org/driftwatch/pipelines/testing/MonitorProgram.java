package org.driftwatch.pipelines.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.driftwatch.pipelines.MonitorMain;

/** The monitor on the DirectRunner, as a process of its own. */
public final class MonitorProgram implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final List<String> command;
  private final Path log;

  private MonitorProgram(Process process, List<String> command, Path log) {
    this.process = process;
    this.command = command;
    this.log = log;
  }

  /** Starts the monitor with the options of the DirectRunner and these. */
  public static MonitorProgram start(Path folder, String... options) throws IOException {
    return start(MonitorMain.class, folder, options);
  }

  /** Starts another program of this module that takes the monitor's options. */
  public static MonitorProgram start(Class<?> program, Path folder, String... options)
      throws IOException {
    Path log = Files.createTempFile(folder, program.getSimpleName(), ".log");
    List<String> command =
        JavaCommand.here(
            program.getName(), "@" + Path.of("..", "runner-configs", "direct", "options.args"));
    command.addAll(Arrays.asList(options));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new MonitorProgram(process, command, log);
  }

  /** All that it has written. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As a list of processes shows it. */
  public String commandLine() {
    return process.info().commandLine().orElse(String.join(" ", command));
  }

  /** True until it has ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has written this. */
  public void awaitLog(String text) {
    await()
        .atMost(PATIENCE)
        .failFast("it has ended, see " + log, () -> !process.isAlive())
        .until(() -> log().contains(text));
  }

  /** Waits for its end. */
  public int awaitStatus() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("did not end: " + log());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
