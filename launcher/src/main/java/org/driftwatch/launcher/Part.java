package org.driftwatch.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.driftwatch.telemetry.Readiness;

/** A program of a run, as a process. Safe for use by several threads. */
final class Part {
  /** Where the program's output goes. */
  enum Output {
    /** Where the launcher's own goes. */
    TERMINAL,
    /** To the part's log. */
    LOG,
    /** To both. */
    TERMINAL_AND_LOG
  }

  /**
   * A terminal sends Ctrl-C to all programs of a group; the launcher stops them one after the
   * other. A JVM leaves a signal alone that is ignored when it starts.
   */
  private static final List<String> IGNORING_CTRL_C =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$0\" \"$@\"");

  private static final int LAST_LINES = 3;

  private final String name;
  private final Process process;
  private final Path ready;
  private final Path log;
  private final Output output;

  private Part(String name, Process process, Path ready, Path log, Output output) {
    this.name = name;
    this.process = process;
    this.ready = ready;
    this.log = log;
    this.output = output;
  }

  /**
   * Starts a program within {@link Child}.
   *
   * @param folder takes its log and the file in which it says how far it has got
   * @throws LauncherException if it cannot be started
   */
  static Part start(Home home, String name, JavaProgram program, Output output, Path folder) {
    Path log = folder.resolve(name + ".log");
    Path ready = folder.resolve(name + ".ready");
    JavaProgram child =
        program
            .within(home.classpath("launcher"), Child.class.getName())
            .withJvm(List.of("-D" + Readiness.PROPERTY + "=" + ready));
    List<String> command = new ArrayList<>(IGNORING_CTRL_C);
    command.addAll(child.command());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(program.environment());
    try {
      Files.deleteIfExists(ready);
      if (output == Output.TERMINAL) {
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      } else if (output == Output.LOG) {
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
      }
      Process process = builder.start();
      if (output == Output.TERMINAL_AND_LOG) {
        OutputStream file =
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        copy(name, process.getInputStream(), System.out, file);
        copy(name, process.getErrorStream(), System.err, file);
      }
      return new Part(name, process, ready, log, output);
    } catch (IOException e) {
      throw new LauncherException("the " + name + " cannot be started: " + e.getMessage());
    }
  }

  /** Copies until the part has ended; where the log's disk is full, to the terminal alone. */
  private static void copy(String name, InputStream from, PrintStream terminal, OutputStream log) {
    Thread copy =
        new Thread(
            () -> {
              boolean logging = true;
              byte[] bytes = new byte[8_192];
              try (from) {
                for (int n = from.read(bytes); n >= 0; n = from.read(bytes)) {
                  terminal.write(bytes, 0, n);
                  terminal.flush();
                  logging = logging && isWritten(name, log, bytes, n);
                }
              } catch (IOException e) {
                System.err.println("driftwatch: output of the " + name + ": " + e.getMessage());
              }
            },
            name + "-output");
    copy.setDaemon(true);
    copy.start();
  }

  private static boolean isWritten(String name, OutputStream log, byte[] bytes, int length) {
    try {
      log.write(bytes, 0, length);
      return true;
    } catch (IOException e) {
      System.err.println(
          "driftwatch: the log of the " + name + " cannot be written: " + e.getMessage());
      return false;
    }
  }

  String name() {
    return name;
  }

  Output output() {
    return output;
  }

  Process process() {
    return process;
  }

  /** How far it says that it has got; empty if it has not said anything yet. */
  Optional<String> state() {
    try {
      return Files.exists(ready) ? Optional.of(Files.readString(ready)) : Optional.empty();
    } catch (IOException e) {
      throw new LauncherException(ready + " cannot be read: " + e.getMessage());
    }
  }

  /** The last lines of its log. */
  List<String> lastWords() {
    try (BufferedReader reader = Files.newBufferedReader(log)) {
      List<String> lines = reader.lines().toList();
      return lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
    } catch (IOException e) {
      return List.of(log + " cannot be read: " + e.getMessage());
    }
  }

  /**
   * Asks it to end and waits; kills it if it takes longer than this.
   *
   * @return whether it ended by itself
   */
  boolean stop(long seconds) throws InterruptedException {
    // Process.destroy would close its streams too, and cut off what it says at its end.
    process.toHandle().destroy();
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    return ended;
  }
}
