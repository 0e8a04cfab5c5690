package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that is measured, in a process of its own: started, looked at from outside, stopped.
 * What it costs is asked of the operating system and of its JVM's log of collections, so that
 * nothing in the program itself is there for the measurement.
 */
public final class Program implements AutoCloseable {
  private static final Set<String> OF_THE_CALLER = Set.of("SPARK_MASTER", "SPARK_SUBMIT_ARGS");
  private static final long STOP_SECONDS = 20;
  private static final Duration POLL = Duration.ofMillis(50);

  /** Of /proc/PID/stat, behind the name: own time of user and system, then that of children. */
  private static final int OWN_CPU = 11;

  /** Linux shows times in hundredths of a second, whatever it counts in. */
  private static final int MILLIS_PER_TICK = 10;

  private final String name;
  private final Process process;
  private final Path log;
  private final Path collections;
  private final Instant started;

  private Program(String name, Process process, Path log, Path collections, Instant started) {
    this.name = name;
    this.process = process;
    this.log = log;
    this.collections = collections;
    this.started = started;
  }

  /**
   * Starts a program.
   *
   * @param name for messages and the names of its logs
   * @param home the folder it runs in
   * @param folder where its logs go
   */
  public static Program start(String name, List<String> command, Path home, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Path collections = folder.resolve(name + ".gc");
    Files.deleteIfExists(collections);
    // Read by every JVM, whoever starts it: epoch milliseconds before each line.
    Map<String, String> logged =
        Map.of("JDK_JAVA_OPTIONS", "-Xlog:gc:file=" + collections + ":timemillis:filecount=0");
    return start(name, command, logged, home, folder);
  }

  /**
   * Starts a program as its users do, without a log of collections.
   *
   * @param environment variables beside those of this process
   */
  public static Program start(
      String name, List<String> command, Map<String, String> environment, Path home, Path folder)
      throws IOException {
    Files.createDirectories(folder);
    Path log = folder.resolve(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // What the caller's shell says of its own cluster is not meant for what is measured here.
    builder.environment().keySet().removeAll(OF_THE_CALLER);
    builder.environment().putAll(environment);
    Instant started = Instant.now();
    return new Program(name, builder.start(), log, folder.resolve(name + ".gc"), started);
  }

  /** When it was started. */
  public Instant started() {
    return started;
  }

  /** Waits for a line of its output that has this text in it. */
  public String awaitLine(String text, Duration patience) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(patience);
    while (Instant.now().isBefore(deadline)) {
      try (Stream<String> lines = Files.lines(log)) {
        String found = lines.filter(line -> line.contains(text)).findFirst().orElse(null);
        if (found != null) {
          return found;
        }
      }
      checkAlive();
      // Nothing tells that it has written: its log is looked at again, at once where it has ended.
      boolean unused = process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
    throw new IOException(
        name + " did not say \"" + text + "\" within " + patience.toSeconds() + " s; see " + log);
  }

  /** Makes sure that it still runs. */
  public void checkAlive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          name + " ended by itself with status " + process.exitValue() + "; see " + log);
    }
  }

  /** Waits until it ends by itself, with status 0; its output. */
  public List<String> awaitEnd(Duration patience) throws IOException, InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException(name + " did not end within " + patience.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw new IOException(name + " ended with status " + process.exitValue() + "; see " + log);
    }
    return Files.readAllLines(log);
  }

  /**
   * What a program has cost from its start to its end; CPU time and memory as they were seen last,
   * within the last twentieth of a second.
   *
   * @param seconds how long it took, s
   * @param cpuSeconds CPU time, of the programs that it has started and waited for too, s
   * @param peakMegabytes the most memory that was resident, MB; NaN where the system does not say
   */
  public record Cost(double seconds, double cpuSeconds, double peakMegabytes) {}

  /** Waits until it ends by itself, with status 0. */
  public Cost awaitEndWatching(Duration patience) throws IOException, InterruptedException {
    Instant deadline = started.plus(patience);
    Duration cpu = Duration.ZERO;
    OptionalLong peak = OptionalLong.empty();
    boolean ended = false;
    while (!ended && Instant.now().isBefore(deadline)) {
      ended = process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS);
      Duration used = cpu();
      cpu = used.compareTo(cpu) > 0 ? used : cpu;
      OptionalLong now = peakMemory();
      peak = now.isPresent() ? now : peak;
    }
    double seconds = Duration.between(started, Instant.now()).toMillis() / 1000.0;
    awaitEnd(Duration.ZERO);
    return new Cost(
        seconds, cpu.toMillis() / 1000.0, peak.isPresent() ? peak.getAsLong() / 1e6 : Double.NaN);
  }

  /** CPU time used so far, of the programs that it has started and waited for too. */
  public Duration cpu() {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      // Behind the name, which may hold anything, the fields from the third on.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int field = OWN_CPU; field < OWN_CPU + 4; field++) {
        ticks += Long.parseLong(fields[field]);
      }
      return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    } catch (IOException e) {
      // No such file on this system, or the program has just ended.
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
  }

  /** Most memory that was resident so far, bytes; empty where the system does not say. */
  public OptionalLong peakMemory() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    }
  }

  /** The log of its JVM's collections. */
  public CollectionLog collections() throws IOException {
    return CollectionLog.read(collections);
  }

  /** Asks it to stop, and ends it where it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
