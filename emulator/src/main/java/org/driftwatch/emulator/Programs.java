package org.driftwatch.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.driftwatch.telemetry.KafkaLogs;
import picocli.CommandLine;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What the programs of this module have in common: failures in one line, a clean end on signals.
 */
final class Programs {
  private static final long STOP_SECONDS = 20;
  private static final CountDownLatch ENDED = new CountDownLatch(1);
  private static final AtomicInteger STATUS = new AtomicInteger(CommandLine.ExitCode.SOFTWARE);

  private Programs() {}

  /** Runs a program and ends the JVM with its status. */
  static void run(Object program, String[] arguments) {
    KafkaLogs.off();
    System.exit(commandLine(program).execute(arguments));
  }

  /**
   * The command line of a program: 0 for success, 1 for a failure with its message as one line on
   * stderr, 2 for options that are not understood.
   */
  static CommandLine commandLine(Object program) {
    CommandLine line = new CommandLine(program);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("show this help and end")
                .build());
    Map<String, IHelpSectionRenderer> help = line.getHelpSectionMap();
    help.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING, unused -> "");
    help.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, Programs::optionsByRole);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    // The last one holds, so that a script's options can be overridden at its end.
    line.setOverwrittenOptionsAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println(command.getCommandName() + ": " + oneLine(failure));
          return CommandLine.ExitCode.SOFTWARE;
        });
    line.setParameterExceptionHandler(
        (failure, arguments) -> {
          CommandLine command = failure.getCommandLine();
          command
              .getErr()
              .println(
                  command.getCommandName()
                      + ": "
                      + oneLine(failure)
                      + suggestion(failure)
                      + " (--help lists the options)");
          return CommandLine.ExitCode.USAGE;
        });
    CommandLine.IExecutionStrategy strategy = line.getExecutionStrategy();
    line.setExecutionStrategy(
        parsed -> {
          try {
            int status = strategy.execute(parsed);
            STATUS.set(status);
            return status;
          } finally {
            ENDED.countDown();
          }
        });
    return line;
  }

  /** The options of each mixin under its heading; then those of the program itself. */
  private static String optionsByRole(CommandLine.Help help) {
    StringBuilder text = new StringBuilder();
    List<OptionSpec> general = new ArrayList<>(help.commandSpec().options());
    for (CommandSpec role : roles(help.commandSpec()).toList()) {
      text.append(help.createHeading(role.usageMessage().optionListHeading()));
      text.append(help.optionListExcludingGroups(role.options()));
      general.removeAll(role.options());
    }
    text.append(help.createHeading(text.isEmpty() ? "" : "%nGeneral:%n"));
    return text.append(help.optionListExcludingGroups(general)).toString();
  }

  private static Stream<CommandSpec> roles(CommandSpec spec) {
    return spec.mixins().values().stream()
        .flatMap(mixin -> mixin.mixins().isEmpty() ? Stream.of(mixin) : roles(mixin));
  }

  private static String suggestion(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched
        && unmatched.isUnknownOption()
        && !unmatched.getSuggestions().isEmpty()) {
      return "; did you mean " + unmatched.getSuggestions().get(0) + "?";
    }
    return "";
  }

  /** The message of a failure without its line breaks, or its kind if it has none. */
  static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /**
   * Runs the action on SIGINT or SIGTERM, then waits for the program to end by itself and leaves
   * with the program's own status instead of the signal's.
   */
  static void onSignal(Runnable stop) {
    Thread hook =
        new Thread(
            () -> {
              if (ENDED.getCount() == 0) {
                return;
              }
              stop.run();
              leaveWithOwnStatus();
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void leaveWithOwnStatus() {
    try {
      boolean ended = ENDED.await(STOP_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        System.err.println("did not stop within " + STOP_SECONDS + " s; ended by force");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    // A signal's own status (143, 130) would report a failure that there was not.
    Runtime.getRuntime().halt(STATUS.get());
  }
}
