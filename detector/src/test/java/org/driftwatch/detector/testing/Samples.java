package org.driftwatch.detector.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real detector data, which is not the project's: tests that use it skip where it is absent. */
public final class Samples {
  private Samples() {}

  /** The sample of this name; the test that asks is skipped where there is none. */
  public static Path file(String name) {
    Path file = Path.of(System.getProperty("driftwatch.samples", "none"), name);
    assumeTrue(
        Files.exists(file),
        () -> "skipped: no real sample at " + file + "; set -Ddriftwatch.samples to its folder");
    return file;
  }
}
