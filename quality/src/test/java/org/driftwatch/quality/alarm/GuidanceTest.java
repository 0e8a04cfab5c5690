package org.driftwatch.quality.alarm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuidanceTest {
  @TempDir private Path folder;

  @Test
  void everyCheckThatCanAlarmHasSomethingToDo() {
    Arrays.stream(Check.values())
        .filter(check -> check != Check.OVERALL)
        .forEach(
            check ->
                assertThat(
                    check.key(),
                    Guidance.standard().action(Subject.RUN, check),
                    is(not(emptyString()))));
  }

  @Test
  void aLaboratoryChangesWhatItNamesAndKeepsTheRest() throws Exception {
    Guidance guidance =
        Guidance.read(
            """
            contact = the shift leader, 4711
            rate = See the beam.
            chamber-2/rate = Chamber 2 is under repair.
            chamber-2/rate.contact =
            malformed.contact = the DAQ expert
            """);
    assertThat(
        guidance.action(Subject.RUN, Check.RATE), is("See the beam. Call the shift leader, 4711."));
    assertThat(guidance.action(new Subject(2), Check.RATE), is("Chamber 2 is under repair."));
    assertThat(
        guidance.action(Subject.RUN, Check.MALFORMED),
        is(Guidance.standard().action(Subject.RUN, Check.MALFORMED) + " Call the DAQ expert."));
  }

  @Test
  void aFileThatIsNoneIsRefusedInOneLineThatNamesIt() throws Exception {
    Path file = folder.resolve("guidance.properties");
    String[] wrong = {
      "rates = x",
      "chamber-99/rate = x",
      "run/contact = x",
      "rate = \\u00",
      "rate = " + "x".repeat(3000)
    };
    for (String text : wrong) {
      Files.writeString(file, text);
      assertRefused(file);
    }
    Files.write(file, new byte[] {'r', (byte) 0xff});
    assertRefused(file);
    assertRefused(folder.resolve("missing"));
    assertRefused(folder);
  }

  private static void assertRefused(Path file) {
    IOException e = assertThrows(IOException.class, () -> Guidance.load(file));
    assertThat(e.getMessage(), startsWith("guidance " + file));
    assertThat(e.getMessage(), not(containsString("\n")));
  }

  @Test
  void theStandardTextIsAFileThatCanBeNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("mine"), Guidance.standardText());
    assertThat(
        Guidance.load(file).action(Subject.RUN, Check.RATE),
        is(Guidance.standard().action(Subject.RUN, Check.RATE)));
  }
}
