package org.driftwatch.quality.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.driftwatch.quality.Check;
import org.driftwatch.quality.Judgement;
import org.driftwatch.quality.Level;
import org.driftwatch.quality.Subject;
import org.driftwatch.quality.Verdict;
import org.driftwatch.quality.alarm.AlarmMessage.Acknowledgement;
import org.driftwatch.quality.alarm.AlarmMessage.Shelving;
import org.driftwatch.quality.alarm.AlarmMessage.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages of the topics quality, alarms and alarm-commands. */
class MessagesTest {
  private static final Instant TIME = Instant.parse("2026-11-20T20:36:46.123Z");

  static final QualityMessage DEAD_CELLS =
      new QualityMessage(
          new Verdict(
              new Subject(2),
              Check.DEAD_CELLS,
              Level.BAD,
              600.5,
              5,
              4,
              123_456_789_012L,
              OptionalDouble.of(0.5),
              List.of(3, 7, 11, 12, 60),
              "5 dead cells: 3, 7, 11, 12, 60"),
          TIME,
          Optional.of(TIME.minusSeconds(2)),
          "Look at the cell map.");

  static final AlarmMessage ALARM =
      new AlarmMessage(
          new Subject(2),
          Check.DEAD_CELLS,
          State.CLEARED,
          Level.BAD,
          Level.GOOD,
          false,
          TIME,
          Optional.of(TIME.plusSeconds(60)),
          Optional.of(new Acknowledgement(TIME.plusSeconds(5), "Ada", "cable")),
          Optional.of(TIME.minusSeconds(2)),
          Optional.of(TIME.plusSeconds(1)),
          Optional.of(new Shelving(TIME.plusSeconds(7200), "Bob", "")),
          Optional.of(TIME.plusSeconds(60)),
          Optional.of(TIME.plusSeconds(58)),
          5,
          4,
          "5 dead cells",
          "Look at the cell map.");

  static final AlarmCommand SHELVE =
      AlarmCommand.shelve(ALARM.key(), "Ada", "until the access", TIME.plusSeconds(3600));

  private record Codec(String schema, Reader reader) {}

  private interface Reader {
    Object read(byte[] message) throws IOException;
  }

  private static final Codec QUALITY = new Codec(QualityMessage.schema(), QualityMessage::read);
  private static final Codec ALARMS = new Codec(AlarmMessage.schema(), AlarmMessage::read);
  private static final Codec COMMANDS = new Codec(AlarmCommand.schema(), AlarmCommand::read);

  static Stream<Arguments> messages() {
    Verdict nothing =
        new Verdict(
            Subject.RUN,
            Check.RATE,
            Level.UNDECIDED,
            0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            0,
            OptionalDouble.empty(),
            List.of(),
            "not enough yet");
    return Stream.of(
        Arguments.of(QUALITY, DEAD_CELLS, DEAD_CELLS.write()),
        Arguments.of(ALARMS, ALARM, ALARM.write()),
        Arguments.of(ALARMS, raised(), raised().write()),
        Arguments.of(COMMANDS, SHELVE, SHELVE.write()),
        Arguments.of(
            COMMANDS,
            AlarmCommand.acknowledge(ALARM.key(), "Ada", ""),
            AlarmCommand.acknowledge(ALARM.key(), "Ada", "").write()),
        Arguments.of(
            QUALITY,
            new QualityMessage(withLimit(nothing), TIME, Optional.empty(), ""),
            new QualityMessage(nothing, TIME, Optional.empty(), "").write()));
  }

  /** JSON has one word for what is no finite number. */
  private static Verdict withLimit(Verdict v) {
    return new Verdict(
        v.subject(),
        v.check(),
        v.level(),
        0,
        Double.NaN,
        Double.NaN,
        0,
        v.expected(),
        v.cells(),
        v.message());
  }

  private static AlarmMessage raised() {
    return new Alarms(Guidance.standard())
        .judged(TIME, new Judgement(Optional.empty(), List.of(DEAD_CELLS.verdict())))
        .get(0);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void whatIsWrittenIsReadAndAsTheSchemaSays(Codec codec, Object message, byte[] bytes)
      throws Exception {
    assertThat(codec.reader.read(bytes), is(message));
    assertThat(
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(codec.schema)
            .validate(new String(bytes, UTF_8), InputFormat.JSON),
        is(empty()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void fieldsOfALaterVersionArePassedOver(Codec codec, Object message, byte[] bytes)
      throws Exception {
    String later = new String(bytes, UTF_8).replaceFirst("\\{", "{\"new\":{\"a\":[1]},");
    assertThat(codec.reader.read(later.getBytes(UTF_8)), is(message));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void rubbishIsRefusedInOneLine(Codec codec, Object message, byte[] bytes) {
    byte[][] rubbish = {
      {}, {0, 1, 2}, "null".getBytes(UTF_8), "[\n1".getBytes(UTF_8), new byte[1 << 20], half(bytes)
    };
    for (byte[] wrong : rubbish) {
      IOException e = assertThrows(IOException.class, () -> codec.reader.read(wrong));
      assertThat(e.getMessage(), not(containsString("\n")));
    }
  }

  private static byte[] half(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":1>\"version\":2",
        "chamber-2>chamber-99",
        "dead-cells>dead",
        "\"bad\">\"terrible\"",
        "2026-11-20T20:36:46>yesterday",
        "\"entries\":123456789012>\"entries\":-1",
        "\"stretch\":600.5>\"stretch\":-1",
        "\"value\":5.0>\"value\":\"5\"",
        "[3,7>[3.5,7",
      })
  void whatIsNoVerdictIsRefusedInOneLine(String change) {
    refused(QUALITY, DEAD_CELLS.write(), change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"cleared\",\"level\">\"gone\",\"level\"",
        "\"active\":false>\"active\":\"no\"",
        "\"now\":\"good\">\"now\":1",
        "\"time\":\"2026>\"time\":\"26",
      })
  void whatIsNoAlarmIsRefusedInOneLine(String change) {
    refused(ALARMS, ALARM.write(), change);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"shelve\">\"delete\"",
        "\"by\":\"Ada\">\"by\":\"  \"",
        "\"by\":\"Ada\">\"by\":7",
        "\"until\":>\"unti\":",
        "\"alarm\":>\"alarms\":",
      })
  void whatIsNoCommandIsRefusedInOneLine(String change) {
    refused(COMMANDS, SHELVE.write(), change);
  }

  private static void refused(Codec codec, byte[] message, String change) {
    String text = new String(message, UTF_8);
    String[] parts = change.split(">", 2);
    String changed = text.replace(parts[0], parts[1]);
    assertThat(changed, is(not(text)));
    IOException e =
        assertThrows(IOException.class, () -> codec.reader.read(changed.getBytes(UTF_8)));
    assertThat(e.getMessage(), not(containsString("\n")));
  }

  @Test
  void aNameOrCommentThatIsTooLongIsRefusedAndOneOfSeveralLinesBecomesOne() throws Exception {
    AlarmCommand longName = AlarmCommand.acknowledge(ALARM.key(), "A".repeat(101), "");
    AlarmCommand longComment = AlarmCommand.acknowledge(ALARM.key(), "A", "c".repeat(1001));
    assertThrows(IOException.class, () -> AlarmCommand.read(longName.write()));
    assertThrows(IOException.class, () -> AlarmCommand.read(longComment.write()));

    AlarmCommand lines = AlarmCommand.acknowledge(ALARM.key(), "Ada\nBob", "a\r\nb");
    assertThat(
        AlarmCommand.read(lines.write()),
        is(AlarmCommand.acknowledge(ALARM.key(), "Ada?Bob", "a??b")));
  }
}
