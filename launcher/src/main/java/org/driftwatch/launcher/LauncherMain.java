package org.driftwatch.launcher;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.telemetry.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The command {@code driftwatch}; {@code bin/driftwatch} calls it. */
@Command(
    name = "driftwatch",
    mixinStandardHelpOptions = true,
    versionProvider = LauncherMain.VersionLine.class,
    description = "Online monitor for drift-tube detectors.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Programs of a run, each alone (--help lists their options):",
      "  broker     a Kafka broker for this machine",
      "  emulator   plays the detector into a topic; rate changes its rate",
      "  monitor    the pipeline: driftwatch monitor direct --kafka=host:9092",
      "  batch      a static batch: driftwatch batch --input=FILES",
      "  viewer     shows the results",
      "  quality    judges the results: verdicts, alarms, hooks; --check looks once, for scripts",
      "  export     writes a stretch of results into a file for ROOT, hist, h5py or a table",
      "  record     records a topic into a file",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:ended as asked for",
      "1:a part failed; the message and the part's log say why",
      "2:an option is not understood"
    })
public final class LauncherMain {
  private static final long STOP_SECONDS = 100;

  private LauncherMain() {}

  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"driftwatch " + Version.number()};
    }
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Starts the whole monitor on this machine and watches it: broker, pipeline, quality,"
              + " viewer, emulator. Ctrl-C ends it all.")
  static final class RunCommand implements Callable<Integer> {
    @Mixin private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws InterruptedException {
      Run run = new Run(Home.here(), options, System.getenv());
      CountDownLatch ended = new CountDownLatch(1);
      AtomicInteger status = new AtomicInteger(CommandLine.ExitCode.SOFTWARE);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run, ended, status), "stop"));
      try {
        status.set(run.run());
        return status.get();
      } finally {
        ended.countDown();
      }
    }

    /** On a signal: waits until all has ended, and leaves with the run's own status. */
    private static void stop(Run run, CountDownLatch ended, AtomicInteger status) {
      if (ended.getCount() == 0) {
        return;
      }
      System.out.println();
      run.requestStop();
      try {
        if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
          System.err.println("driftwatch: not all has ended within " + STOP_SECONDS + " s");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      System.out.flush();
      Runtime.getRuntime().halt(status.get());
    }
  }

  /** Prints a program's command for a shell, each word ended by a zero byte. */
  private static int printCommand(List<String> words) {
    try {
      Programs programs = new Programs(Home.here(), System.getenv());
      JavaProgram program = program(programs, words.get(0), words.subList(1, words.size()));
      System.out.print('\0');
      program.commandWithEnvironment().forEach(word -> System.out.print(word + "\0"));
      System.out.flush();
      return CommandLine.ExitCode.OK;
    } catch (LauncherException e) {
      System.err.println("driftwatch: " + e.getMessage());
      return status(e);
    }
  }

  private static int status(LauncherException failure) {
    return failure instanceof UsageException
        ? CommandLine.ExitCode.USAGE
        : CommandLine.ExitCode.SOFTWARE;
  }

  private static JavaProgram program(Programs programs, String name, List<String> arguments) {
    return switch (name) {
      case "broker" -> programs.broker(arguments);
      case "emulator" -> programs.emulator(arguments);
      case "rate" -> programs.rate(arguments);
      case "record" -> programs.record(arguments);
      case "viewer" -> programs.viewerAlone(arguments);
      case "quality" -> programs.quality(arguments);
      case "export" -> programs.export(arguments);
      case "batch" -> programs.batch(arguments);
      case "monitor" -> {
        if (arguments.isEmpty() || arguments.get(0).startsWith("-")) {
          throw new UsageException(
              "monitor: expected a configuration first, such as: driftwatch monitor direct"
                  + " --kafka=host:9092");
        }
        yield programs.monitor(
            Home.here().configuration(arguments.get(0)), arguments.subList(1, arguments.size()));
      }
      default -> throw new UsageException("there is no program " + name);
    };
  }

  /**
   * Runs the command; see {@code --help}. {@code print-command} is for {@code bin/driftwatch}
   * alone: its words are the program's, so there are no options to look for, which takes a
   * program's start a fifth of a second.
   */
  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    System.exit(
        words.size() > 1 && words.get(0).equals("print-command")
            ? printCommand(words.subList(1, words.size()))
            : commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new LauncherMain());
    line.addSubcommand(new RunCommand());
    line.setOverwrittenOptionsAllowed(true);
    line.setParameterExceptionHandler(
        (failure, words) -> {
          PrintWriter err = failure.getCommandLine().getErr();
          err.println("driftwatch: " + failure.getMessage() + " (--help lists the options)");
          CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
          return CommandLine.ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          if (failure instanceof LauncherException e) {
            command.getErr().println("driftwatch: " + e.getMessage());
            return status(e);
          }
          throw failure;
        });
    return line;
  }
}
