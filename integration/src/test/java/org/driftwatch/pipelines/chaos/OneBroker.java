package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.emulator.BrokerMain;
import org.driftwatch.pipelines.testing.JavaCommand;

/** The embedded broker, as its own program. */
final class OneBroker implements Brokers {
  private static final String DATA = "data";
  private static final Duration SHUTDOWN = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final @Nullable SmallDisk disk;
  private int starts;
  private Part broker;

  /** Starts it; data and logs go to the folder. */
  OneBroker(Path folder) throws IOException {
    this(folder, null);
  }

  private OneBroker(Path folder, @Nullable SmallDisk disk) throws IOException {
    this.folder = folder;
    this.disk = disk;
    port = Part.freePort();
    try {
      start();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts one whose data have a disk of their own that can be full. */
  static OneBroker onSmallDisk(Path folder) throws IOException, InterruptedException {
    return new OneBroker(folder, SmallDisk.at(folder.resolve(DATA)));
  }

  @Override
  public String servers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public int replication() {
    return 1;
  }

  @Override
  public void start() throws IOException {
    List<String> command =
        JavaCommand.here(
            BrokerMain.class.getName(),
            "--port",
            Integer.toString(port),
            "--keep",
            "--data",
            folder.resolve(DATA).toString());
    broker = Part.start(folder.resolve("broker-" + starts++ + ".log").toFile(), command, Map.of());
    broker.awaitText("broker ready");
  }

  @Override
  public void kill() {
    broker.kill();
  }

  @Override
  public void stop() throws InterruptedException {
    broker.stop();
  }

  /** Fills its disk and waits until it has ended for that: it has nowhere to write to. */
  void fillDisk() throws IOException, InterruptedException {
    Objects.requireNonNull(disk).fill();
    broker.awaitStatus(SHUTDOWN);
  }

  /** Makes room again and starts it, as an operator would. */
  void freeDisk() throws IOException {
    Objects.requireNonNull(disk).free();
    start();
  }

  @Override
  public void close() {
    if (broker != null) {
      broker.kill();
    }
    if (disk != null) {
      disk.close();
    }
  }
}
