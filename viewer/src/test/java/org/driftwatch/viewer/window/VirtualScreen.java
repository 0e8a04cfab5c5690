package org.driftwatch.viewer.window;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A screen for tests: an Xvfb of our own on a free display number, ended with the test; where there
 * is no Xvfb, the display that is there.
 */
final class VirtualScreen implements AutoCloseable {
  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

  private final Optional<Process> server;
  private final String display;

  private VirtualScreen(Optional<Process> server, String display) {
    this.server = server;
    this.display = display;
  }

  /** Opens a screen; empty where there is neither an Xvfb nor a display. */
  static Optional<VirtualScreen> open(int width, int height) throws IOException {
    if (xvfb().isPresent()) {
      return Optional.of(start(xvfb().get(), width, height));
    }
    String given = System.getenv("DISPLAY");
    return given == null || given.isEmpty()
        ? Optional.empty()
        : Optional.of(new VirtualScreen(Optional.empty(), given));
  }

  private static Optional<Path> xvfb() {
    String path = System.getenv("PATH");
    return path == null
        ? Optional.empty()
        : SEPARATOR
            .splitAsStream(path)
            .map(folder -> Path.of(folder, "Xvfb"))
            .filter(Files::isExecutable)
            .findFirst();
  }

  private static VirtualScreen start(Path xvfb, int width, int height) throws IOException {
    // Xvfb itself looks for a free number and tells it when it serves.
    Process process =
        new ProcessBuilder(
                xvfb.toString(),
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-screen",
                "0",
                width + "x" + height + "x24")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    String number = said.readLine();
    if (number == null) {
      throw new IOException("Xvfb ended with status " + process.onExit().join().exitValue());
    }
    return new VirtualScreen(Optional.of(process), ":" + number.strip());
  }

  /** Name for the environment variable DISPLAY. */
  String display() {
    return display;
  }

  @Override
  public void close() {
    if (server.isPresent()) {
      server.get().destroy();
      server.get().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }
}
