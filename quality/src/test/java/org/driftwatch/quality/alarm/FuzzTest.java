package org.driftwatch.quality.alarm;

import java.io.IOException;
import java.util.List;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Subject;
import org.junit.jupiter.api.Test;

/** No message and no file makes a reader of this package fail or hang; see {@link Fuzzer}. */
class FuzzTest {
  private static final List<String> JSON =
      List.of(
          "{", "}", "[", "],", "null", "true", "-1", "1e999", "\"cells\":[1],", "\"until\":", "Z");

  @Test
  void verdictsAreReadOrRefused() {
    byte[] message = MessagesTest.DEAD_CELLS.write();
    Fuzzer.run("verdicts", random -> message, JSON, IOException.class, QualityMessage::read);
  }

  @Test
  void commandsAreReadOrRefused() {
    byte[] message = MessagesTest.SHELVE.write();
    Fuzzer.run("alarm commands", random -> message, JSON, IOException.class, AlarmCommand::read);
  }

  @Test
  void guidanceIsReadOrRefused() {
    Fuzzer.run(
        "guidance",
        Fuzzer.texts("rate = a \\\n b\nchamber-2/dead-cells=\u00e4\ncontact: x\n"),
        List.of("=", ":", "\\\n", "#", "\\u00", "\\", ".contact", "/", "chamber-15/", "\n"),
        IOException.class,
        input -> Guidance.read(Fuzzer.text(input)).action(new Subject(2), Check.RATE));
  }
}
