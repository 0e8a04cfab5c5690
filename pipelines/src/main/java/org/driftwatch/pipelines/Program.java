package org.driftwatch.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.TrackGeometry;

/** What the programs of this module share: options from arguments and files, exit codes. */
final class Program {
  static final int FAILURE = 1;
  static final int USAGE = 2;

  private Program() {}

  /** A program's work; what it returns is the exit code. */
  interface Work {
    int run() throws Exception;
  }

  /**
   * Runs the work and ends the process: 0 done, 1 failure, 2 usage, with one line that says why.
   */
  static void exitWith(String name, Work work) {
    int status;
    try {
      status = work.run();
    } catch (UsageException e) {
      System.err.println(name + ": " + e.getMessage());
      status = USAGE;
    } catch (FailureException e) {
      System.err.println(name + ": " + e.getMessage());
      status = FAILURE;
    } catch (Exception e) {
      System.err.println(name + ": " + cause(e));
      e.printStackTrace();
      status = FAILURE;
    }
    System.exit(status);
  }

  /** The innermost message of an exception, for one line; with its kind where it is a mere name. */
  static String cause(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() != null && innermost.getCause() != innermost) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    boolean sentence = message != null && message.contains(" ");
    return sentence ? message : innermost.toString();
  }

  /**
   * Options from the command line; an argument {@code @FILE} stands for the arguments in that file,
   * one a line, {@code #} begins a comment. What is given on the command line itself holds over the
   * file's.
   *
   * @throws UsageException for options that do not exist or cannot be read
   */
  static <T extends PipelineOptions> T options(String[] args, Class<T> type) {
    PipelineOptionsFactory.register(type);
    try {
      return PipelineOptionsFactory.fromArgs(expand(args)).withValidation().as(type);
    } catch (IllegalArgumentException e) {
      // Behind the first line stands where in Beam's own JSON the value was, which tells nobody.
      String reason = e.getMessage().lines().findFirst().orElse("options that cannot be read");
      throw new UsageException(reason + "; --help=" + type.getSimpleName() + " lists them");
    }
  }

  private static String[] expand(String[] args) {
    Set<String> given = Arrays.stream(args).map(Program::name).collect(Collectors.toSet());
    List<String> expanded = new ArrayList<>();
    for (String arg : args) {
      if (!arg.startsWith("@")) {
        expanded.add(arg);
        continue;
      }
      Path file = Path.of(arg.substring(1));
      try {
        Files.readAllLines(file).stream()
            .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip())
            .filter(line -> !line.isEmpty() && !given.contains(name(line)))
            .forEach(expanded::add);
      } catch (IOException e) {
        throw new UsageException("options file " + file + " cannot be read: " + e);
      }
    }
    return expanded.toArray(String[]::new);
  }

  /** The option's name with its dashes. */
  private static String name(String arg) {
    int end = arg.indexOf('=');
    return end < 0 ? arg : arg.substring(0, end);
  }

  /** The description of the detector that the options name. */
  static DetectorDescription detector(SummariseOptions options) {
    String file = options.getDetector().isEmpty() ? options.getRunConfig() : options.getDetector();
    if (file.isEmpty()) {
      return DetectorDescription.course();
    }
    if (!options.getDetector().isEmpty() && !options.getRunConfig().isEmpty()) {
      throw new UsageException(
          "--detector="
              + options.getDetector()
              + " and --runConfig="
              + options.getRunConfig()
              + " both describe the detector, expected one of them");
    }
    try {
      return DetectorDescription.load(file);
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /** A line for each chamber in which no muon segments are looked for though they are wanted. */
  static List<String> withoutSegments(SummariseOptions options, DetectorDescription detector) {
    return IntStream.range(0, options.getTracks() ? detector.chambers().size() : 0)
        .mapToObj(chamber -> TrackGeometry.hindrance(detector, chamber))
        .flatMap(Optional::stream)
        .map(why -> "No muon segments: " + why)
        .toList();
  }
}
