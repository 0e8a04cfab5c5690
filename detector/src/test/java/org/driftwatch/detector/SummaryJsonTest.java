package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.driftwatch.detector.testing.Mutations;
import org.driftwatch.detector.testing.RandomSummaries;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(SummaryJson.schema());

  @Test
  void whatIsWrittenIsReadBackWhole() throws IOException {
    RandomSummaries summaries = new RandomSummaries(Seed.random("summaries"));
    for (int i = 0; i < 200; i++) {
      WindowSummary summary = i % 8 == 0 ? summaries.nextOfAnyShape() : summaries.next();
      byte[] message = SummaryJson.write(summary);
      WindowSummary read = SummaryJson.read(message);

      assertThat(read, is(summary));
      assertThat(SummaryJson.write(read), is(message));
      assertThat(SCHEMA.validate(MAPPER.readTree(message)), is(Set.of()));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nesting | 63 |",
        "nesting | 64 | nesting depth",
        "nesting | 100000 | nesting depth",
        "digits | 1000 |",
        "digits | 1001 | Number",
        "text | 4000000 |",
        "text | 4194304 | expected at most 4194304",
      })
  void whatOthersAddIsTakenToItsLimitAndRefusedBeyond(String kind, int size, String refusal)
      throws IOException {
    String added =
        switch (kind) {
          case "nesting" -> "[".repeat(size) + "]".repeat(size);
          case "digits" -> "9".repeat(size);
          default -> '"' + "x".repeat(size) + '"';
        };
    WindowSummary summary = new RandomSummaries(Seed.random("limits")).next();
    String ours = new String(SummaryJson.write(summary), UTF_8);
    byte[] message = ("{\"added\":" + added + "," + ours.substring(1)).getBytes(UTF_8);

    if (refusal == null) {
      assertThat(SummaryJson.read(message), is(summary));
    } else {
      SummaryJson.FormatException e =
          assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(message));
      assertThat(e.getMessage(), containsString(refusal));
    }
  }

  @RepeatedTest(10)
  void everyFieldStandsWhereTheContractPutsIt() throws IOException {
    RandomSummaries summaries = new RandomSummaries(Seed.random("fields"));
    WindowSummary s = summaries.next();
    JsonNode json = MAPPER.readTree(SummaryJson.write(s));

    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    List<String> expected =
        new ArrayList<>(
            List.of(
                "version",
                "window",
                "revision",
                "tot_import",
                "malformed",
                "hits",
                "hitsPerChamber",
                "scintillator_hits",
                "other_hits",
                "orbits",
                "scintillator_orbits"));
    for (int i = 0; i < 4; i++) {
      expected.addAll(
          List.of(
              "histo_ch" + i, "histo_orbit_ch" + i, "histo_scint_ch" + i, "histo_drift_ch" + i));
    }
    for (int i = 0; i < 4; i++) {
      if (s.chamber(i).tracks().isPresent()) {
        expected.add("tracks_ch" + i);
      }
    }
    if (!s.runs().isEmpty()) {
      expected.add(3, "run");
    }
    if (s.incomplete()) {
      expected.add(3, "incomplete");
    }
    assertThat(names, is(expected));
    assertThat(json.path("incomplete").asBoolean(), is(s.incomplete()));
    List<Long> runs = new ArrayList<>();
    json.path("run").forEach(run -> runs.add(run.asLong()));
    assertThat(runs, is(s.runs()));
    assertThat(json.get("version").asInt(), is(1));
    assertThat(json.get("revision").asInt(), is(s.revision()));
    assertThat(json.get("tot_import").asLong(), is(s.totImport()));
    assertThat(json.get("malformed").asLong(), is(s.malformed()));
    assertThat(json.get("hits").asLong(), is(s.hits()));
    assertThat(json.get("scintillator_hits").asLong(), is(s.scintillatorHits()));
    assertThat(json.get("other_hits").asLong(), is(s.otherHits()));
    assertThat(json.get("orbits").asLong(), is(s.orbits()));
    assertThat(json.get("scintillator_orbits").asLong(), is(s.scintillatorOrbits()));
    for (int i = 0; i < 4; i++) {
      ChamberSummary chamber = s.chamber(i);
      assertThat(json.get("hitsPerChamber").get(i).asLong(), is(chamber.hits()));
      assertHistogram(json.get("histo_ch" + i), chamber.occupancy(), false);
      assertHistogram(json.get("histo_orbit_ch" + i), chamber.activeChannels(), false);
      assertHistogram(json.get("histo_scint_ch" + i), chamber.scintillatorOccupancy(), false);
      assertHistogram(json.get("histo_drift_ch" + i), chamber.driftTime(), true);
      JsonNode tracks = json.path("tracks_ch" + i);
      chamber.tracks().ifPresent(t -> assertTracks(tracks, t));
    }
  }

  private static void assertTracks(JsonNode json, TrackSummary t) {
    assertThat(json.get("segments").asLong(), is(t.segments()));
    assertThat(json.get("segments4").asLong(), is(t.segments4()));
    assertThat(json.get("ambiguous").asLong(), is(t.ambiguous()));
    assertThat(json.get("busy").asLong(), is(t.busy()));
    for (int i = 0; i < t.tested().size(); i++) {
      assertThat(json.get("tested").get(i).asLong(), is(t.tested().get(i)));
      assertThat(json.get("found").get(i).asLong(), is(t.found().get(i)));
      assertThat(json.get("noise").get(i).asLong(), is(t.noise().get(i)));
    }
    assertHistogram(json.get("histo_x"), t.histogram(TrackHistogram.POSITION), true);
    assertHistogram(json.get("histo_angle"), t.histogram(TrackHistogram.ANGLE), true);
    assertHistogram(json.get("histo_residual"), t.histogram(TrackHistogram.RESIDUAL), true);
    assertHistogram(json.get("histo_t0"), t.histogram(TrackHistogram.PASSAGE), true);
    for (TrackSum sum : TrackSum.values()) {
      assertThat(json.get("sums").get(sum.field()).asLong(), is(t.sum(sum)));
    }
  }

  private static void assertHistogram(JsonNode json, Histogram histogram, boolean flows) {
    assertThat(json.size(), is(flows ? 4 : 2));
    assertThat(json.get("bin_edges"), equalTo(MAPPER.valueToTree(histogram.edges())));
    for (int i = 0; i < histogram.bins(); i++) {
      assertThat(json.get("bin_counts").get(i).asLong(), is(histogram.count(i)));
    }
    assertThat(json.get("bin_counts").size(), is(histogram.bins()));
    if (flows) {
      assertThat(json.get("underflow").asLong(), is(histogram.underflow()));
      assertThat(json.get("overflow").asLong(), is(histogram.overflow()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1795207006000, 2026-11-20T20:36:46.000Z",
    "1795207006001, 2026-11-20T20:36:46.001Z",
    "0, 1970-01-01T00:00:00.000Z",
    "253402214399999, 9999-12-30T23:59:59.999Z",
  })
  void aKeyIsTheWindowsStartWithMilliseconds(long millis, String key) {
    assertThat(SummaryJson.key(Instant.ofEpochMilli(millis)), is(key));
  }

  @Test
  void fieldsThatAreNotOfTheContractArePassedOver() throws IOException {
    ObjectNode json = message();
    WindowSummary summary = SummaryJson.read(bytes(json));
    json.put("histo_ch16", "x").put("", 1).put("histo_other_ch0", 2).putObject("new").putArray("a");
    json.withObject("/window").put("zone", "UTC");
    json.withObject("/histo_ch0").put("unit", "hits");

    assertThat(SummaryJson.read(bytes(json)), is(summary));
  }

  @Test
  void fieldsMayComeInAnyOrder() throws IOException {
    ObjectNode json = message();
    ObjectNode reversed = MAPPER.createObjectNode();
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::add);
    for (int i = names.size() - 1; i >= 0; i--) {
      reversed.set(names.get(i), json.get(names.get(i)));
    }

    assertThat(SummaryJson.read(bytes(reversed)), is(SummaryJson.read(bytes(json))));
  }

  /** Each line: a JSON pointer, what stands there instead, what the reader says of it. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "broken-summaries.txt",
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      maxCharsPerColumn = 10_000)
  void aBrokenMessageIsRefusedByReaderAndSchemaAlike(
      String pointer, String replacement, String reason) throws IOException {
    ObjectNode json = message();
    replace(json, pointer, replacement);

    SummaryJson.FormatException refused =
        assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(bytes(json)));
    Set<ValidationMessage> complaints = SCHEMA.validate(json);

    assertThat(refused.getMessage(), is(reason));
    assertThat("the schema refuses it too", complaints.isEmpty(), is(false));
  }

  /** Refused by the reader, but beyond what a schema can say. */
  @ParameterizedTest
  @CsvFileSource(resources = "contradicting-summaries.txt", delimiter = '|', quoteCharacter = '`')
  void aMessageThatContradictsItselfIsRefused(String pointer, String replacement, String reason)
      throws IOException {
    ObjectNode json = message();
    replace(json, pointer, replacement);

    SummaryJson.FormatException refused =
        assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(bytes(json)));

    assertThat(refused.getMessage(), is(reason));
  }

  @Test
  void occupancyEdgesThatDoNotAscendAreRefused() throws IOException {
    ObjectNode json = message();
    ((ArrayNode) json.at("/histo_ch1/bin_edges")).set(5, 68);

    SummaryJson.FormatException refused =
        assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(bytes(json)));

    assertThat(refused.getMessage(), is("histo_ch1 edges do not ascend at 68 after 68"));
  }

  @Test
  void everyFieldOfTheContractIsNeeded() throws IOException {
    List<String> names = new ArrayList<>();
    message().fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      ObjectNode json = message();
      json.remove(name);

      SummaryJson.FormatException refused =
          assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(bytes(json)));

      assertThat(refused.getMessage(), is("field " + name + " is missing"));
      assertThat(name, SCHEMA.validate(json).isEmpty(), is(false));
    }
  }

  @Test
  void anEmptyMessageIsRefused() {
    for (byte[] empty : new byte[][] {null, {}}) {
      SummaryJson.FormatException refused =
          assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(empty));
      assertThat(refused.getMessage(), is("empty message, expected a window summary in JSON"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "{", "{\"version\"", "{\"version\":1,}", "\u0000", "{\"a\":\"\n\"}"})
  void whatIsNoJsonIsRefusedWithThePlace(String text) {
    SummaryJson.FormatException refused =
        assertThrows(
            SummaryJson.FormatException.class, () -> SummaryJson.read(text.getBytes(UTF_8)));

    assertThat(refused.getMessage(), containsString("not a window summary: "));
    assertThat(refused.getMessage(), containsString(" at byte "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | expected a JSON object, found START_ARRAY",
        "7 | expected a JSON object, found VALUE_NUMBER_INT",
        "null | expected a JSON object, found VALUE_NULL",
        "{} | field version is missing",
        "{\"version\":2} | version 2, expected 1",
        "{\"version\":0,\"window\":7} | version 0, expected 1",
      })
  void otherJsonIsRefused(String text, String reason) {
    SummaryJson.FormatException refused =
        assertThrows(
            SummaryJson.FormatException.class, () -> SummaryJson.read(text.getBytes(UTF_8)));

    assertThat(refused.getMessage(), is(reason));
  }

  @Test
  void twoMessagesInOneAreRefused() throws IOException {
    String twice = new String(bytes(message()), UTF_8).repeat(2);

    SummaryJson.FormatException refused =
        assertThrows(
            SummaryJson.FormatException.class, () -> SummaryJson.read(twice.getBytes(UTF_8)));

    assertThat(refused.getMessage(), is("more than one JSON value in the message"));
  }

  @Test
  void aFieldThatComesTwiceIsRefused() throws IOException {
    String text =
        new String(bytes(message()), UTF_8).replaceFirst("\"hits\"", "\"hits\":1,\"hits\"");

    SummaryJson.FormatException refused =
        assertThrows(
            SummaryJson.FormatException.class, () -> SummaryJson.read(text.getBytes(UTF_8)));

    assertThat(refused.getMessage(), containsString("Duplicate field 'hits'"));
  }

  @Test
  void aNameWithALineBreakIsToldOnOneLine() {
    SummaryJson.FormatException refused =
        assertThrows(
            SummaryJson.FormatException.class,
            () -> SummaryJson.read("{\"a\\nb\":1,\"a\\nb\":2}".getBytes(UTF_8)));

    assertThat(refused.getMessage(), containsString("Duplicate field 'a?b'"));
  }

  @Test
  void aDamagedMessageIsReadOrRefusedButNothingElse() throws IOException {
    Random random = Seed.random("damaged messages");
    Mutations mutations = new Mutations(random);
    byte[] message = bytes(message());
    int refused = 0;
    for (int i = 0; i < 5000; i++) {
      byte[] damaged = mutations.damage(message);
      try {
        WindowSummary read = SummaryJson.read(damaged);
        assertThat(SummaryJson.read(SummaryJson.write(read)), is(read));
      } catch (SummaryJson.FormatException e) {
        refused++;
      }
    }
    assertThat("most damage is seen", refused > 1000);
  }

  @Test
  void ofAnyTruncationNothingIsRead() throws IOException {
    byte[] message = bytes(message());
    for (int length = 0; length < message.length; length++) {
      byte[] truncated = Arrays.copyOf(message, length);
      assertThrows(SummaryJson.FormatException.class, () -> SummaryJson.read(truncated));
    }
  }

  /** A message with small numbers and a window. */
  private static ObjectNode message() throws IOException {
    DetectorDescription course = DetectorDescription.course();
    SummaryLayout layout = SummaryLayout.of(course);
    long[] counts = new long[layout.size()];
    counts[SummaryLayout.RECORDS] = 2;
    counts[SummaryLayout.MALFORMED] = 3;
    counts[SummaryLayout.HITS] = 4;
    counts[SummaryLayout.SCINTILLATOR_HITS] = 5;
    counts[SummaryLayout.OTHER_HITS] = 6;
    counts[SummaryLayout.ORBITS] = 7;
    counts[SummaryLayout.SCINTILLATOR_ORBITS] = 8;
    for (int i = 0; i < layout.chambers(); i++) {
      int flows = layout.index(ChamberHistogram.DRIFT_TIME, i) + ChamberHistogram.DRIFT_BINS;
      counts[flows] = 3;
      counts[flows + 1] = 4;
    }
    Instant start = Instant.parse("2026-11-20T20:36:46.000Z");
    WindowSummary.Head head =
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(start, start.plusSeconds(2))), 1, false, List.of());
    byte[] written =
        SummaryJson.write(layout.summary(head, i -> course.chambers().get(i).firstBin(), counts));
    return (ObjectNode) MAPPER.readTree(written);
  }

  private static void replace(ObjectNode json, String pointer, String replacement)
      throws IOException {
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) json.at(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    if (replacement == null) {
      parent.remove(name);
    } else {
      parent.set(name, MAPPER.readTree(replacement));
    }
  }

  private static byte[] bytes(JsonNode json) throws IOException {
    return MAPPER.writeValueAsBytes(json);
  }
}
