package org.driftwatch.emulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The rate of a running emulator as a program: shows it, or changes it. */
@Command(
    name = "rate",
    sortOptions = false,
    description = "Shows the rate of a running emulator of this machine, or changes it.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:done; the rate now in force is printed",
      "1:no emulator answers, or it refuses",
      "2:an option is invalid"
    })
public final class RateMain implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Option(
      names = "--emulator",
      paramLabel = "PORT",
      defaultValue = PaceOptions.CONTROL_PORT,
      description = "the emulator's --control port on this machine (default: ${DEFAULT-VALUE})")
  private int port;

  @Parameters(
      arity = "0..1",
      paramLabel = "RATE",
      description =
          "records/s, 0 for as fast as possible; or detector[xK], or, in a replay, recorded[xK]"
              + " (default: show the current one)")
  private String rate;

  private RateMain() {}

  /** Shows or changes the rate; see {@code --help}. */
  public static void main(String[] arguments) {
    Programs.run(new RateMain(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 1 || port > 65535) {
      throw new CommandLine.ParameterException(
          new CommandLine(this), "--emulator " + port + ": expected a port, 1 to 65535");
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/rate")).timeout(PATIENCE);
    if (rate != null) {
      request.PUT(BodyPublishers.ofString(rate));
    }
    HttpResponse<String> answer;
    try {
      answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "no emulator answers on 127.0.0.1:"
              + port
              + " ("
              + e.getClass().getSimpleName()
              + "); is one running with --control "
              + port
              + "?",
          e);
    }
    if (answer.statusCode() != 200) {
      throw new IOException(answer.body().strip());
    }
    System.out.println(answer.body().strip());
    return CommandLine.ExitCode.OK;
  }
}
