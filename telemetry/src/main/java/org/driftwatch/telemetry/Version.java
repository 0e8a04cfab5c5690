package org.driftwatch.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build, such as 0.3.0. */
public final class Version {
  private Version() {}

  /** Reads it from the class path. */
  public static String number() {
    try (InputStream text = Version.class.getResourceAsStream("version")) {
      byte[] bytes = Objects.requireNonNull(text, "no version on the class path").readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the version", e);
    }
  }
}
