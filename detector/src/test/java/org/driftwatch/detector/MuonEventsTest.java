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
import java.util.List;
import java.util.OptionalDouble;
import org.driftwatch.detector.MuonEvents.Event;
import org.driftwatch.detector.MuonEvents.Hit;
import org.driftwatch.detector.MuonEvents.Segment;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MuonEventsTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(MuonEvents.schema());
  private static final WindowSummary.Span WINDOW =
      new WindowSummary.Span(
          Instant.parse("2026-11-20T20:36:46Z"), Instant.parse("2026-11-20T20:36:48Z"));
  private static final MuonEvents EVENTS =
      new MuonEvents(
          WINDOW,
          3,
          List.of(
              new Event(
                  -1,
                  OptionalDouble.of(51200.833),
                  List.of(
                      new Hit(0, 1, 7, 51312.5),
                      new Hit(0, 2, 7, 51400),
                      new Hit(0, 4, 8, 51390.833)),
                  List.of(
                      new Segment(
                          0,
                          -12.345,
                          0.125,
                          51106.9,
                          true,
                          false,
                          List.of(0, 1, 2),
                          List.of(1, -1, 1)))),
              new Event(0, OptionalDouble.empty(), List.of(), List.of())));

  @Test
  void whatIsWrittenIsReadAndAsTheSchemaSays() throws Exception {
    for (MuonEvents message : List.of(EVENTS, new MuonEvents(WINDOW, 0, List.of()))) {
      assertThat(MuonEvents.read(message.write()), is(message));
      assertThat(
          SCHEMA.validate(new String(message.write(), UTF_8), InputFormat.JSON), is(empty()));
    }
  }

  @Test
  void fieldsOfALaterVersionArePassedOver() throws Exception {
    String later = text().replace("\"orbit\"", "\"new\":{\"a\":[1]},\"orbit\"");
    assertThat(MuonEvents.read(later.getBytes(UTF_8)), is(EVENTS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"version\":1>\"version\":2",
        "\"events\">\"event\"",
        "\"orbit\":-1>\"orbit\":1.5",
        "\"chamber\":0>\"chamber\":-1",
        "\"chamber\":0>\"chamber\":16",
        "\"layer\":1>\"layer\":0",
        "\"time_ns\":51312.5>\"time_ns\":\"soon\"",
        "\"tangent\":0.125>\"tangent\":1e999",
        "\"hits\":[0,1,2]>\"hits\":[0,1,3]",
        "\"hits\":[0,1,2]>\"hits\":[0,1]",
        "\"sides\":[1,-1,1]>\"sides\":[1,-1,0]",
        "20:36:48>20:36:44",
        "2026-11-20T20:36:46>yesterday",
        "{\"version\">[\"version\"",
      })
  void whatAreNoEventsIsRefusedInOneLine(String change) {
    String[] parts = change.split(">", 2);
    String changed = text().replace(parts[0], parts[1]);
    assertThat(changed, is(not(text())));
    IOException e = assertThrows(IOException.class, () -> MuonEvents.read(changed.getBytes(UTF_8)));
    assertThat(e.getMessage(), not(containsString("\n")));
  }

  @Test
  void damagedMessagesAreReadOrRefused() {
    Fuzzer.run(
        "MuonEvents",
        Fuzzer.texts(text()),
        List.of("null", "-", "e99", "[", "{", "\"hits\":", "\"sides\":[", "99999999999999999999"),
        IOException.class,
        MuonEvents::read);
  }

  private static String text() {
    return new String(EVENTS.write(), UTF_8);
  }
}
