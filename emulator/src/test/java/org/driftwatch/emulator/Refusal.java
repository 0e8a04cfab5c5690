package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** How the emulator ends where it cannot even begin; asked in this JVM, for many cases. */
final class Refusal {
  private Refusal() {}

  /**
   * It must end with this status and one line on stderr.
   *
   * @param options options between blanks
   * @param line what must stand in the line
   */
  static void require(int status, String options, String line) {
    StringWriter err = new StringWriter();
    CommandLine emulator = Programs.commandLine(new EmulatorMain());
    emulator.setErr(new PrintWriter(err, true));
    assertThat(options + " " + err, emulator.execute(options.split(" ", -1)), is(status));
    assertThat(err.toString(), containsString(line));
    assertThat(err.toString(), err.toString().strip().lines().count(), is(1L));
  }
}
