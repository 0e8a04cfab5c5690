package org.driftwatch.emulator;

import java.util.Optional;
import java.util.function.Supplier;

/** Checks of single options: each returns one line that says what is wrong, empty for nothing. */
final class Checks {
  private Checks() {}

  /** A text that the reader refuses with an IllegalArgumentException is wrong. */
  static Optional<String> parses(String option, Supplier<Object> reader) {
    try {
      Object unused = reader.get();
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(option + " " + e.getMessage());
    }
  }

  /** A number below 1 is wrong; null is none. */
  static Optional<String> atLeastOne(String option, Number value) {
    return value != null && value.longValue() < 1
        ? Optional.of(option + " " + value + ": expected 1 or more")
        : Optional.empty();
  }

  /** What is no port is wrong, other than 0 for any free one; null is none. */
  static Optional<String> port(String option, Integer port) {
    return port != null && (port < 0 || port > 65535)
        ? Optional.of(option + " " + port + ": expected a port, 0 to 65535")
        : Optional.empty();
  }
}
