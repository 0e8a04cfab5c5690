package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A wall clock of one process that can be set while it runs, by libfaketime. The clock that
 * durations are measured with goes on as it is, as when an administrator sets a machine's time.
 */
final class FakeClock {
  /** How long a process may go on with the time it had. */
  static final Duration NOTICED = Duration.ofSeconds(1);

  private static final Path LIBRARIES = Path.of("/usr/lib");

  private final Path library;
  private final Path file;

  private FakeClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /** True where the library is installed. */
  static boolean isPossible() throws IOException {
    return library().isPresent();
  }

  /** One that is right. */
  static FakeClock in(Path folder) throws IOException {
    Path library = library().orElseThrow(() -> new IOException("libfaketime is not installed"));
    FakeClock clock = new FakeClock(library, folder.resolve("clock"));
    clock.set(Duration.ZERO);
    return clock;
  }

  private static Optional<Path> library() throws IOException {
    if (!Files.isDirectory(LIBRARIES)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> machines = Files.newDirectoryStream(LIBRARIES)) {
      for (Path machine : machines) {
        Path library = machine.resolve("faketime/libfaketimeMT.so.1");
        if (Files.exists(library)) {
          return Optional.of(library);
        }
      }
    }
    return Optional.empty();
  }

  /** What a process needs in its environment to go by it. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", Long.toString(NOTICED.toSeconds()),
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // With that fix, which is for other programs, a JVM's timed waits return at once.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** Sets it ahead of the right time by this, or behind. */
  void set(Duration ahead) throws IOException {
    Files.writeString(file, String.format("%+d", ahead.toSeconds()));
  }
}
