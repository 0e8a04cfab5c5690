package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.DetectorDescription.Cell;
import org.driftwatch.detector.testing.CollectedRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The guide's laboratory of six chambers, as docs/detectors.md prints it. */
class DetectorGuideTest {
  private String guide = "";
  private String example = "";

  @BeforeEach
  void readTheGuide() throws IOException {
    guide = Files.readString(Path.of("../docs/detectors.md"), UTF_8);
    example = only("(?s)```json\n(.*?)\n```");
  }

  private String only(String pattern) {
    Matcher found = Pattern.compile(pattern).matcher(guide);
    assertThat(pattern, found.find(), is(true));
    return found.group(1);
  }

  private DetectorDescription laboratory() throws IOException {
    return DescriptionReader.read("lab.json", example.getBytes(UTF_8));
  }

  @Test
  void theExampleIsADescriptionOfSixChambersWithoutAScintillator() throws IOException {
    DetectorDescription laboratory = laboratory();

    assertThat(laboratory.cellsOfChambers(), is(new int[] {48, 48, 48, 48, 48, 48}));
    assertThat(laboratory.scintillators(), is(List.of()));
    assertThat(laboratory.format().hitHeads(), is(List.of()));
    assertThat(laboratory.chambers().get(5).cells().get(12), is(new Cell(2, 1)));
  }

  @Test
  void itsRecordIsAHitOfTheChamberThatTheGuideSays() throws IOException {
    DetectorDescription laboratory = laboratory();
    String record = only("(?s)```\n(\\{\"run\": 412.*?)\n```");

    CollectedRecords records =
        CollectedRecords.of(laboratory, record.getBytes(UTF_8), ValueFormat.UNMARKED);

    assertThat(records.malformed, is(List.of()));
    assertThat(records.found.size(), is(1));
    assertThat(records.found.get(0).run(), is(Optional.of(412L)));
    long hit = records.found.get(0).word();
    HitLayout layout = new HitLayout(laboratory);
    assertThat(new ChannelMap(laboratory).cell(hit), is(5 * 48 + 57 - 49));
    assertThat(layout.orbit(hit, records.found.get(0).orbitAbove()), is(9120331L));
    assertThat(layout.crossing(hit), is(1207));
    assertThat(layout.tick(hit), is(14));
  }

  @Test
  void itsMessagesAreThoseOfTheReader() {
    assertThat(
        List.of(
            messageWith("/chambers/1/firstChannel", "81"),
            messageWith("/chambers/1/firstChannel", "48"),
            messageWith("/chambers/1/zmm", "100")),
        contains(
            "detector description lab.json: chambers[1].firstChannel is 81,"
                + " expected a whole number 1 to 80",
            "detector description lab.json: chambers[1]: board 1 channel 48 is already taken by"
                + " chambers[0]",
            "detector description lab.json: chambers[1].zmm is unknown, did you mean zMm?"));
  }

  private String messageWith(String pointer, String value) {
    JsonNode json = Descriptions.parse(example);
    Descriptions.set(json, JsonPointer.compile(pointer), Descriptions.parse(value));
    String message =
        assertThrows(
                IOException.class,
                () -> DescriptionReader.read("lab.json", json.toString().getBytes(UTF_8)))
            .getMessage();
    assertThat(guide, containsString("\n" + message + "\n"));
    return message;
  }

  @Test
  void everyFieldOfTheSchemaIsInItsTables() {
    ObjectNode schema =
        (ObjectNode)
            Descriptions.parse(
                new String(Descriptions.bytes("detectors/detector.schema.json"), UTF_8));
    for (JsonNode properties : schema.findValues("properties")) {
      properties
          .fieldNames()
          .forEachRemaining(field -> assertThat(guide, containsString("`" + field + "`")));
    }
    for (String name : DescriptionReader.shippedNames()) {
      assertThat(guide, containsString("| `" + name + "` |"));
    }
  }
}
