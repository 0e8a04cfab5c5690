package org.driftwatch.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where windows are shown: the display of this program, else a virtual one. */
public final class Screen implements AutoCloseable {
  private static final String DISPLAY = "DISPLAY";

  private final String display;
  private final Optional<Process> server;

  private Screen(String display, Optional<Process> server) {
    this.display = display;
    this.server = server;
  }

  /**
   * The display that the environment names; without one, Xvfb is started.
   *
   * @return empty where there is neither
   */
  public static Optional<Screen> open() {
    String given = System.getenv(DISPLAY);
    if (given != null) {
      return Optional.of(new Screen(given, Optional.empty()));
    }
    try {
      Process server =
          new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1600x1000x24")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      // It says its number once it serves; the stream stays open for as long as it does.
      BufferedReader said = server.inputReader();
      String number = said.readLine();
      if (number == null) {
        server.destroy();
        return Optional.empty();
      }
      return Optional.of(new Screen(":" + number.strip(), Optional.of(server)));
    } catch (IOException e) {
      // It is not installed.
      return Optional.empty();
    }
  }

  /** What tells a program of it. */
  public Map<String, String> environment() {
    return Map.of(DISPLAY, display);
  }

  @Override
  public void close() {
    server.ifPresent(Process::destroy);
  }
}
