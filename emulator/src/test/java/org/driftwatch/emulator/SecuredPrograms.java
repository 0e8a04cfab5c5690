package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The emulator's programs, started with files of client properties.
 *
 * @param folder for what they write
 */
record SecuredPrograms(Path folder) {

  /** The emulator: 50 records, unless it is told otherwise. */
  Program emulator(Path config, String... further) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--limit", "50", "--rate", "0"));
    arguments.addAll(List.of(further));
    return program(EmulatorMain.class, config, arguments);
  }

  /** Records the stream that is there to this file. */
  Program record(Path config, Path file) throws Exception {
    List<String> arguments = List.of("--from-beginning", "--to-end", file.toString());
    return program(RecordMain.class, config, arguments);
  }

  private Program program(Class<?> main, Path config, List<String> further) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--kafka-config", config.toString()));
    arguments.addAll(further);
    return Program.start(folder, main, arguments.toArray(String[]::new));
  }

  /** Status 1, and one line that has these words and no secret. */
  static void refused(Program program, String name, String... words) throws Exception {
    try (program) {
      assertThat(program.awaitStatus(), is(1));
      String said = program.err().strip();
      assertThat(said, startsWith(name + ": "));
      for (String word : words) {
        assertThat(said, containsString(word));
      }
      assertThat(said.lines().count(), is(1L));
      assertThat(said + program.out(), not(containsString(SecuredBroker.SECRET)));
    }
  }
}
