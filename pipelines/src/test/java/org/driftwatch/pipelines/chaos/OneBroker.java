package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.driftwatch.emulator.BrokerMain;
import org.driftwatch.pipelines.testing.JavaCommand;

/** The embedded broker, as its own program. */
final class OneBroker implements Brokers {
  private final Path folder;
  private final int port;
  private int starts;
  private Part broker;

  /** Starts it; data and logs go to the folder. */
  OneBroker(Path folder) throws IOException {
    this.folder = folder;
    port = Part.freePort();
    start();
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
        JavaCommand.of(
            "-cp",
            System.getProperty("java.class.path"),
            BrokerMain.class.getName(),
            "--port",
            Integer.toString(port),
            "--keep",
            "--data",
            folder.resolve("data").toString());
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

  @Override
  public void close() {
    if (broker != null) {
      broker.kill();
    }
  }
}
