package org.driftwatch.quality.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.driftwatch.quality.SavedReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line: mistakes are one line and status 2, before anything is connected to. */
class QualityMainTest {
  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  private int execute(String... options) {
    CommandLine line = QualityMain.commandLine(options);
    line.setErr(new PrintWriter(err, true));
    return line.execute(options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --kafka nowhere           | Kafka server "nowhere", expected host:port
          --topic a/b               | topic 'a/b'
          --detector nix            | nix
          --thresholds /nix         | thresholds /nix do not exist
          --guidance /nix           | guidance /nix does not exist
          --reference /nix          | reference /nix does not exist
          --webhook ftp://x/y       | webhook 'ftp://x/y', expected a URL
          --hook-timeout 0          | --hook-timeout 0, expected seconds from 1 up
          --wait 0                  | --wait 0, expected seconds from 1 up
          --metrics-port 70000      | --metrics-port 70000, expected a port
          --on-alarms x             | Unknown options: '--on-alarms', 'x'
          """)
  void mistakesAreOneLineAndStatus2(String options, String expected) {
    assertThat(execute(options.split(" ")), is(2));
    assertThat(err.toString(), containsString("quality: "));
    assertThat(err.toString(), containsString(expected));
    assertThat(err.toString().strip(), not(containsString("\n")));
  }

  @Test
  void aReferenceOfAnotherDetectorIsRefused() throws Exception {
    Path file = folder.resolve("reference.json");
    Files.write(file, new SavedReference("course", 1, Windows.foreign(0)).write());
    assertThat(execute("--reference", file.toString()), is(2));
    assertThat(err.toString(), containsString("name the right description with --detector"));
  }

  @Test
  void itsHelpNamesEveryExitStatus() {
    CommandLine line = QualityMain.commandLine(new String[0]);
    StringWriter out = new StringWriter();
    line.setOut(new PrintWriter(out, true));
    assertThat(line.execute("--help"), is(0));
    Stream.of("0 ", "1 ", "2 ", "3 ", "76")
        .forEach(status -> assertThat(out.toString(), containsString("  " + status)));
  }
}
