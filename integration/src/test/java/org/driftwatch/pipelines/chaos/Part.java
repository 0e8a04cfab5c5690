package org.driftwatch.pipelines.chaos;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A part of the whole in a process of its own, with what it writes. */
final class Part {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final File log;

  private Part(Process process, File log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a part in the project's folder.
   *
   * @param environment variables on top of this process's own
   */
  static Part start(File log, List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(Path.of("..").toAbsolutePath().normalize().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    // Of the runner's own choosing, whatever this machine has set.
    builder.environment().keySet().removeAll(List.of("SPARK_MASTER", "FLINK_MASTER"));
    builder.environment().putAll(environment);
    return new Part(builder.start(), log);
  }

  /** A port on loopback that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until it has written this. */
  void awaitText(String text) {
    await()
        .atMost(PATIENCE)
        .failFast("it ended; see " + log, () -> !process.isAlive())
        .until(() -> log().contains(text));
  }

  /** All that it has written. */
  String log() throws IOException {
    return Files.readString(log.toPath());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Of one that has ended. */
  int status() {
    return process.exitValue();
  }

  /** Waits until it ends by itself. */
  int awaitStatus(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end; see " + log);
    }
    return process.exitValue();
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Kills it where it has not ended by itself before. */
  void killAfter(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Ends it as a user would. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("it does not stop; see " + log);
    }
  }

  /** Stops it where it stands (STOP), lets it go on (CONT), asks it to end (TERM). */
  void signal(String signal) throws IOException, InterruptedException {
    if (process.isAlive()) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
  }
}
