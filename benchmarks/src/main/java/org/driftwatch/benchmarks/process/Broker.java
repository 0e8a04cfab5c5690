package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The project's embedded broker, in a process of its own. */
public final class Broker implements AutoCloseable {
  private static final String READY = "Kafka broker ready on ";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Program program;
  private final String servers;

  private Broker(Program program, String servers) {
    this.program = program;
    this.servers = servers;
  }

  /**
   * Starts the broker on a free port and returns when it serves.
   *
   * @param home the project's folder
   * @param folder where its data and log go
   */
  public static Broker start(Path home, Path folder) throws IOException, InterruptedException {
    Program program =
        Program.start(
            "broker",
            List.of(
                Classpath.java(),
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseG1GC",
                "-cp",
                Classpath.ofModule(home, "emulator"),
                "org.driftwatch.emulator.BrokerMain",
                "--port",
                "0",
                "--data",
                folder.resolve("broker").toString()),
            home,
            folder);
    try {
      String line = program.awaitLine(READY, PATIENCE);
      return new Broker(program, line.substring(line.indexOf(READY) + READY.length()).strip());
    } catch (IOException | InterruptedException e) {
      program.close();
      throw e;
    }
  }

  /** Where clients connect. */
  public String servers() {
    return servers;
  }

  @Override
  public void close() {
    program.close();
  }
}
