package org.driftwatch.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogTest {
  /** A program that logs. */
  static final class Noisy {
    private Noisy() {}

    public static void main(String[] arguments) {
      Logger own = LoggerFactory.getLogger("org.driftwatch.pipelines.Own");
      own.debug("not shown");
      own.info("plain");
      own.warn("two\nlines", new IOException("with a\n  cause"));
      Logger library = LoggerFactory.getLogger("com.example.Library");
      library.warn("not shown");
      library.error("went wrong");
      for (int i = 0; i < 5; i++) {
        LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient").warn("no broker");
      }
    }
  }

  @Test
  void everyEventIsOneLineAndLibrariesTellOnlyWhatWentWrong() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Noisy.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8)
            .lines()
            .map(line -> line.replaceFirst("^\\d\\d:\\d\\d:\\d\\d ", ""))
            .toList();
    assertThat(
        lines,
        is(
            List.of(
                "INFO  Own: plain",
                "WARN  Own: two | lines: with a | cause",
                "ERROR Library: went wrong",
                "WARN  NetworkClient: no broker")));
  }
}
