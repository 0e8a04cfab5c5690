package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.driftwatch.telemetry.Readiness;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The embedded broker as a program: it serves until it is stopped. */
@Command(
    name = "broker",
    sortOptions = false,
    description = "Runs a Kafka broker on this machine's loopback address until stopped.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:stopped by Ctrl-C or SIGTERM", "1:did not start", "2:an option is invalid"})
public final class BrokerMain implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "19092",
      description = "port on 127.0.0.1, 0 for any free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "target/broker",
      description = "folder for the broker's data and nothing else (default: ${DEFAULT-VALUE})")
  private Path data;

  @Option(names = "--keep", description = "serve what an earlier run left in the folder")
  private boolean keep;

  private BrokerMain() {}

  /** Runs the broker; see {@code --help}. */
  public static void main(String[] arguments) {
    Programs.run(new BrokerMain(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > 65535) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--port " + port + ": expected 0 to 65535");
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Programs.onSignal(stopped::countDown);
    try (BrokerFolder folder = BrokerFolder.claim(data, keep);
        EmbeddedBroker broker = EmbeddedBroker.start(folder.path(), port)) {
      System.out.println("Kafka broker ready on " + broker.bootstrapServers());
      System.out.flush();
      Readiness.reached(Readiness.READY);
      stopped.await();
    }
    return CommandLine.ExitCode.OK;
  }
}
