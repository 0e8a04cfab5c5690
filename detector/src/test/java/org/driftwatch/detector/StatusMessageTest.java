package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.driftwatch.detector.StatusMessage.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMessageTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(StatusMessage.schema());
  private static final StatusMessage STATUS =
      new StatusMessage(
          Instant.parse("2026-11-20T20:36:46.123Z"),
          Instant.parse("2026-11-20T20:00:00Z"),
          new Counts(6_000_000_000L, 5, 4, 3, 2, 1),
          new Counts(120_000, 4, 3, 2, 1, 0),
          60.002,
          35.5,
          OptionalInt.of(2),
          0.25,
          Optional.of("None of 219 records can be read: choose another --detector"));

  @Test
  void whatIsWrittenIsReadAndAsTheSchemaSays() throws Exception {
    StatusMessage nothing =
        new StatusMessage(
            STATUS.time(),
            STATUS.time(),
            Counts.NONE,
            Counts.NONE,
            0,
            0,
            OptionalInt.empty(),
            0,
            Optional.empty());
    for (StatusMessage message : new StatusMessage[] {STATUS, nothing}) {
      assertThat(StatusMessage.read(message.write()), is(message));
      assertThat(
          SCHEMA.validate(new String(message.write(), UTF_8), InputFormat.JSON), is(empty()));
    }
  }

  @Test
  void fieldsOfALaterVersionArePassedOver() throws Exception {
    String later = text().replaceFirst("\\{", "{\"new\":{\"a\":[1]},");
    assertThat(StatusMessage.read(later.getBytes(UTF_8)), is(STATUS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":1>\"version\":2",
        "\"part\":\"monitor\">\"part\":\"quality\"",
        "\"late\":4>\"late\":-4",
        "\"late\":4>\"late\":\"4\"",
        "\"seconds\":60.002>\"seconds\":-1",
        "2026-11-20T20:36>yesterday",
        "\"last_minute\">\"minute\"",
        "{\"version\">[\"version\"",
      })
  void whatIsNoStatusIsRefusedInOneLine(String change) {
    String[] parts = change.split(">", 2);
    String changed = text().replace(parts[0], parts[1]);
    assertThat(changed, is(not(text())));
    IOException e =
        assertThrows(IOException.class, () -> StatusMessage.read(changed.getBytes(UTF_8)));
    assertThat(e.getMessage(), not(containsString("\n")));
  }

  @Test
  void rubbishIsRefused() {
    for (byte[] rubbish : new byte[][] {{}, {0, 1, 2}, "null".getBytes(UTF_8), new byte[1 << 20]}) {
      assertThrows(IOException.class, () -> StatusMessage.read(rubbish));
    }
  }

  private static String text() {
    return new String(STATUS.write(), UTF_8);
  }
}
