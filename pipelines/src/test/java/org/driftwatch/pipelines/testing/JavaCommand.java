package org.driftwatch.pipelines.testing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A program in a JVM of its own, small and quick to start: its command line. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * The command line of this test's own JDK.
   *
   * @param arguments what stands behind the heap and the collector: further JVM options, the class
   *     path, the class and its arguments
   */
  public static List<String> of(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /**
   * The command line of a program on this test's own class path.
   *
   * @param program name of its main class
   */
  public static List<String> here(String program, String... arguments) {
    List<String> command = of("-cp", System.getProperty("java.class.path"), program);
    command.addAll(Arrays.asList(arguments));
    return command;
  }
}
