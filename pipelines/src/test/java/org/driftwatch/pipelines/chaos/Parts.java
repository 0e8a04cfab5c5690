package org.driftwatch.pipelines.chaos;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.driftwatch.emulator.BrokerMain;
import org.driftwatch.emulator.EmulatorMain;
import org.driftwatch.pipelines.testing.JavaCommand;

/** Broker, emulator and monitor, each in a process of its own, to be killed and started again. */
final class Parts implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int RESTART_STATUS = 75;

  private final Path folder;
  private final String config;
  private final String kafka;
  private final int rate;
  private int starts;
  private Process broker;
  private Process emulator;
  private Process monitor;
  private File emulatorLog;
  private File monitorLog;

  /**
   * Starts broker, monitor and emulator, in this order.
   *
   * @param folder for logs and the broker's data
   * @param config folder of {@code runner-configs/} that the monitor runs with
   * @param rate rows of the readout per second
   */
  Parts(Path folder, String config, int rate) throws IOException {
    this.folder = folder;
    this.config = config;
    this.rate = rate;
    kafka = "127.0.0.1:" + freePort();
    startBroker();
    startMonitor();
    awaitText(monitorLog, "Monitoring", monitor);
    startEmulator();
  }

  /** Bootstrap servers. */
  String kafka() {
    return kafka;
  }

  void startBroker() throws IOException {
    File log = log("broker");
    broker =
        start(
            log,
            JavaCommand.of(
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                "--port",
                kafka.substring(kafka.indexOf(':') + 1),
                "--keep",
                "--data",
                folder.resolve("data").toString()));
    awaitText(log, "broker ready", broker);
  }

  void killBroker() throws InterruptedException {
    broker.destroyForcibly().waitFor();
  }

  /** Starts the emulator, and waits until it sends: one that finds no broker then ends. */
  void startEmulator() throws IOException {
    emulatorLog = log("emulator");
    // Each run another seed: orbits of runs that follow each other must not be the same.
    emulator =
        start(
            emulatorLog,
            JavaCommand.of(
                "-cp",
                System.getProperty("java.class.path"),
                EmulatorMain.class.getName(),
                "--kafka",
                kafka,
                "--partitions",
                "2",
                "--rate",
                Integer.toString(rate),
                "--seed",
                Integer.toString(starts)));
    awaitText(emulatorLog, "-> topic", emulator);
  }

  void killEmulator() throws InterruptedException {
    emulator.destroyForcibly().waitFor();
  }

  /** Ends the emulator as a user would. */
  void stopEmulator() throws InterruptedException {
    emulator.destroy();
    if (!emulator.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the emulator does not stop");
    }
  }

  void startMonitor() throws IOException {
    monitorLog = log("monitor");
    monitor =
        start(
            monitorLog,
            List.of(
                "scripts/monitor", config, "--kafka=" + kafka, "--window=1s", "--partitions=2"));
  }

  void killMonitor() throws InterruptedException {
    monitor.destroyForcibly().waitFor();
  }

  /**
   * Starts the monitor again where it has ended with the status that asks for it, or because the
   * broker was not there when it started, as the run script and systemd do. Nothing else may end by
   * itself.
   */
  void keepRunning() throws IOException {
    if (!emulator.isAlive()) {
      throw new AssertionError("the emulator ended:\n" + Files.readString(emulatorLog.toPath()));
    }
    if (monitor.isAlive()) {
      return;
    }
    String log = Files.readString(monitorLog.toPath());
    if (monitor.exitValue() != RESTART_STATUS && !log.contains("does not answer as it should")) {
      throw new AssertionError("the monitor ended with " + monitor.exitValue() + ":\n" + log);
    }
    startMonitor();
  }

  /** Stops the monitor's process where it stands, or lets it go on. */
  void signalMonitor(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(monitor.pid())).start().waitFor();
  }

  private File log(String part) {
    return folder.resolve(part + "-" + starts++ + ".log").toFile();
  }

  private static Process start(File log, List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(new ArrayList<>(command))
            .directory(Path.of("..").toAbsolutePath().normalize().toFile())
            .redirectErrorStream(true)
            .redirectOutput(log);
    // Of the runner's own choosing, whatever this machine has set.
    builder.environment().remove("SPARK_MASTER");
    return builder.start();
  }

  private static void awaitText(File log, String text, Process process) {
    await()
        .atMost(PATIENCE)
        .failFast("it ended; see " + log, () -> !process.isAlive())
        .until(() -> Files.readString(log.toPath()).contains(text));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    for (Process process : new Process[] {emulator, monitor, broker}) {
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
    }
  }
}
