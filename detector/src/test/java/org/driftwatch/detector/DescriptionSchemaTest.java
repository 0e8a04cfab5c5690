package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.driftwatch.detector.Descriptions.path;
import static org.driftwatch.detector.Descriptions.places;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reader and schema against each other, on changes of the shipped descriptions: what the schema
 * refuses, the reader refuses in one line that names the place.
 */
class DescriptionSchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(new String(Descriptions.bytes("detectors/detector.schema.json"), UTF_8));

  /** None of them is right anywhere in a description. */
  private static final List<JsonNode> NEVER_RIGHT =
      List.of(
          Descriptions.parse("null"),
          Descriptions.parse("-1e7"),
          Descriptions.parse("10000000"),
          Descriptions.parse("[[]]"),
          Descriptions.parse("{\"x\": 1}"),
          Descriptions.parse("\"two\\nlines\""),
          Descriptions.parse("\"" + "x".repeat(1000) + "\""));

  static List<String> shippedNames() {
    return DescriptionReader.shippedNames();
  }

  private static boolean fitsSchema(JsonNode json) {
    return SCHEMA.validate(json).isEmpty();
  }

  /** Why the reader refuses it; empty where it does not. */
  private static Optional<String> refusal(JsonNode json) {
    try {
      checkSound(Descriptions.read(json));
      return Optional.empty();
    } catch (IOException e) {
      assertThat(e.getMessage(), startsWith("detector description my.json"));
      assertThat(e.getMessage(), not(containsString("\n")));
      assertThat("length of " + e.getMessage(), e.getMessage().length() < 500, is(true));
      return Optional.of(e.getMessage());
    }
  }

  /** What the rest of the program relies on. */
  private static void checkSound(DetectorDescription detector) {
    Set<DetectorDescription.Channel> channels = new HashSet<>();
    for (DetectorDescription.Chamber chamber : detector.chambers()) {
      assertThat(chamber.channels().size(), is(chamber.size()));
      assertThat(chamber.layerShifts().size(), is(chamber.layers()));
      assertThat(new HashSet<>(chamber.cells()).size(), is(chamber.size()));
      assertThat(chamber.size() <= chamber.layers() * chamber.wires(), is(true));
      for (int cell = 0; cell < chamber.size(); cell++) {
        assertThat(chamber.layer(cell) >= 1 && chamber.layer(cell) <= chamber.layers(), is(true));
        assertThat(chamber.wire(cell) >= 1 && chamber.wire(cell) <= chamber.wires(), is(true));
        assertThat("taken once", channels.add(chamber.channels().get(cell)), is(true));
      }
      chamber.driftOffsetPs();
    }
    for (DetectorDescription.Channel scintillator : detector.scintillators()) {
      assertThat("taken once", channels.add(scintillator), is(true));
    }
    detector.clock().crossingFs();
    for (int i = 0; i < detector.chambers().size(); i++) {
      assertThat(Double.isFinite(detector.wireX(i, 0)), is(true));
      assertThat(Double.isFinite(detector.wireZ(i, 0)), is(true));
    }
  }

  @ParameterizedTest
  @MethodSource("shippedNames")
  void everyShippedDescriptionFitsTheSchema(String name) {
    assertThat(SCHEMA.validate(Descriptions.shipped(name)), is(Set.of()));
  }

  @ParameterizedTest
  @MethodSource("shippedNames")
  void aFieldIsOptionalForTheReaderWhereItIsForTheSchema(String name) {
    for (JsonPointer place : places(Descriptions.shipped(name))) {
      ObjectNode json = Descriptions.shipped(name);
      boolean inList = json.at(place.head()).isArray();
      Descriptions.remove(json, place);

      Optional<String> refusal = refusal(json);

      if (refusal.isPresent() && !inList) {
        assertThat(refusal.get(), containsString(": " + path(place) + " is missing, expected "));
      }
      if (refusal.isEmpty() || !inList) {
        assertThat("schema, without " + path(place), fitsSchema(json), is(refusal.isEmpty()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shippedNames")
  void aValueOfAnotherKindOrOutOfRangeIsToldByItsPlace(String name) {
    for (JsonPointer place : places(Descriptions.shipped(name))) {
      for (JsonNode wrong : NEVER_RIGHT) {
        ObjectNode json = Descriptions.shipped(name);
        Descriptions.set(json, place, wrong);
        String what = path(place) + " " + wrong.getNodeType();

        Optional<String> refusal = refusal(json);

        assertThat(what, refusal.isPresent(), is(true));
        assertThat(what, refusal.get(), containsString(": " + path(place)));
        assertThat(what, fitsSchema(json), is(false));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shippedNames")
  void anUnknownFieldIsToldWhereverItIs(String name) {
    List<JsonPointer> objects = new ArrayList<>(places(Descriptions.shipped(name)));
    objects.add(JsonPointer.empty());
    objects.removeIf(place -> !Descriptions.shipped(name).at(place).isObject());
    for (JsonPointer object : objects) {
      ObjectNode json = Descriptions.shipped(name);
      JsonPointer place = object.appendProperty("colour");
      Descriptions.set(json, place, Descriptions.parse("1"));

      assertThat(
          refusal(json).orElse("taken"),
          startsWith("detector description my.json: " + path(place) + " is unknown, expected "));
      assertThat(path(place), fitsSchema(json), is(false));
    }
  }

  @Test
  void whatTheSchemaRefusesTheReaderRefuses() {
    Random random = Seed.random("descriptions and their schema");
    List<JsonNode> pieces = pieces();
    int[] found = new int[3];
    for (int i = 0; i < 2_000; i++) {
      String name = oneOf(random, shippedNames());
      ObjectNode json = Descriptions.shipped(name);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        change(random, json, pieces);
      }

      boolean fits = fitsSchema(json);
      Optional<String> refusal = refusal(json);

      assertThat(
          "refused by the schema, so by the reader: " + json,
          refusal.isPresent() || fits,
          is(true));
      found[fits ? refusal.isPresent() ? 1 : 0 : 2]++;
    }
    assertThat("taken by both", found[0], is(greaterThan(20)));
    assertThat("refused by the reader only", found[1], is(greaterThan(20)));
    assertThat("refused by both", found[2], is(greaterThan(20)));
  }

  /** Values that are right somewhere, or nearly so. */
  private static List<JsonNode> pieces() {
    List<JsonNode> pieces = new ArrayList<>(NEVER_RIGHT);
    for (String name : shippedNames()) {
      ObjectNode json = Descriptions.shipped(name);
      places(json).forEach(place -> pieces.add(json.at(place)));
    }
    for (String role :
        List.of("head", "board", "station", "channel", "layer", "wire", "run", "other")) {
      pieces.add(Descriptions.parse("\"" + role + "\""));
      pieces.add(Descriptions.parse("{\"is\": \"" + role + "\", \"name\": \"/a/b\", \"bits\": 1}"));
      pieces.add(Descriptions.parse("{\"is\": \"" + role + "\"}"));
    }
    for (int number : new int[] {-1, 0, 1, 2, 5, 7, 8, 9, 16, 23, 24, 63, 64, 65, 128, 511, 512}) {
      pieces.add(Descriptions.parse(String.valueOf(number)));
    }
    for (String value :
        List.of("true", "[]", "{}", "[1, 2]", "[[0, 1], [1, 1]]", "0.5", "\"/\"", "\"\"")) {
      pieces.add(Descriptions.parse(value));
    }
    return pieces;
  }

  private static void change(Random random, ObjectNode json, List<JsonNode> pieces) {
    JsonPointer place = oneOf(random, places(json));
    JsonNode parent = json.at(place.head());
    switch (random.nextInt(4)) {
      case 0 -> Descriptions.remove(json, place);
      case 1 -> {
        List<String> optional =
            List.of(
                "first",
                "lowestBit",
                "bits",
                "board",
                "station",
                "channels",
                "firstChannel",
                "cells",
                "wiresFirst",
                "layerShifts",
                "xMm",
                "blockHeader",
                "blockWords",
                "arrival",
                "hitHeads",
                "byteOrder",
                "driftOffsetNs");
        JsonPointer added =
            parent.isArray()
                ? place.head().appendIndex(parent.size())
                : place.head().appendProperty(oneOf(random, optional));
        Descriptions.set(json, added, oneOf(random, pieces).deepCopy());
      }
      default -> Descriptions.set(json, place, oneOf(random, pieces).deepCopy());
    }
  }

  private static <T> T oneOf(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
