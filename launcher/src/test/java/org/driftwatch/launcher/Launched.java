package org.driftwatch.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A launcher that has started a part and waits: {@code Launched HOME FOLDER WORDS...}, the words of
 * {@link org.driftwatch.launcher.testing.FakePart}.
 */
final class Launched {
  private Launched() {}

  public static void main(String[] arguments) throws InterruptedException {
    Parts parts = new Parts(new Home(Path.of(arguments[0])), Path.of(arguments[1]), 1);
    parts.start(
        "part",
        PartsTest.program(Arrays.copyOfRange(arguments, 2, arguments.length)),
        Part.Output.LOG);
    parts.next(Long.MAX_VALUE);
  }

  static List<String> command(Path home, Path folder, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launched.class.getName(),
                home.toString(),
                folder.toString()));
    command.addAll(List.of(words));
    return command;
  }
}
