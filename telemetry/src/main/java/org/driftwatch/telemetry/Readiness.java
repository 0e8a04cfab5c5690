package org.driftwatch.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Tells whoever started this program how far it has got, in a file that the starter names in the
 * system property {@value #PROPERTY}. The file holds one word, the latest state; it appears when
 * the first state is reached and is replaced as a whole. Without the property nothing is written.
 */
public final class Readiness {
  /** System property: path of the file. */
  public static final String PROPERTY = "driftwatch.readyFile";

  /** The program does what it is there for. */
  public static final String READY = "ready";

  /** It is also past the slow start of its runner. */
  public static final String WARM = "warm";

  private Readiness() {}

  /**
   * Writes the state that this program has reached. Safe for use by several threads.
   *
   * @throws UncheckedIOException if the file cannot be written: the starter would wait in vain
   */
  public static synchronized void reached(String state) {
    String name = System.getProperty(PROPERTY);
    if (name == null) {
      return;
    }
    Path file = Path.of(name);
    Path written = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(written, state);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
