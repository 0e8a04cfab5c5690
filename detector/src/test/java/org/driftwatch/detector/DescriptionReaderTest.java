package org.driftwatch.detector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.driftwatch.detector.Descriptions.parse;
import static org.driftwatch.detector.Descriptions.shipped;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.DetectorDescription.Arrival;
import org.driftwatch.detector.DetectorDescription.Cell;
import org.driftwatch.detector.DetectorDescription.Chamber;
import org.driftwatch.detector.DetectorDescription.Channel;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.HeaderWord;
import org.driftwatch.detector.DetectorDescription.Role;
import org.driftwatch.detector.DetectorDescription.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionReaderTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();

  @TempDir Path folder;

  static List<String> shippedNames() {
    return DescriptionReader.shippedNames();
  }

  @Test
  void theCoursesDetectorIsTheDefault() {
    assertThat(COURSE.name(), is("course"));
    assertThat(COURSE.clock(), is(new Clock(new BigDecimal("25"), 3564, 30, 32)));
    assertThat(
        COURSE.format().fields(),
        contains(
            new Field(Role.HEAD, "HEAD", 3, 61, 0),
            new Field(Role.BOARD, "FPGA", 3, 58, 0),
            new Field(Role.CHANNEL, "TDC_CHANNEL", 9, 49, 0),
            new Field(Role.ORBIT, "ORBIT_CNT", 32, 17, 0),
            new Field(Role.CROSSING, "BX_COUNTER", 12, 5, 0),
            new Field(Role.TICK, "TDC_MEAS", 5, 0, 1)));
    assertThat(COURSE.format().hitHeads(), contains(2));
    assertThat(COURSE.format().valuesAreWords(), is(false));
    assertThat(COURSE.format().isBigEndian(), is(false));
    assertThat(COURSE.format().blockHeader(), is(List.of()));
    assertThat(COURSE.format().blockWords(), is(0));
    assertThat(COURSE.format().arrival(), is(List.of()));
    assertThat(COURSE.scintillators(), contains(new Channel(1, 128)));
    assertThat(
        of(COURSE, c -> c.channels().get(0)),
        contains(new Channel(0, 0), new Channel(0, 64), new Channel(1, 0), new Channel(1, 64)));
    assertThat(of(COURSE, Chamber::firstBin), contains(0, 64, 0, 64));
    assertThat(of(COURSE, Chamber::name), contains("0", "1", "2", "3"));
    assertThat(of(COURSE, Chamber::view), contains(View.X, View.Y, View.X, View.X));
    assertThat(of(COURSE, Chamber::zMm), contains(219.8, 977.3, 1035.6, 1819.8));
    assertThat(of(COURSE, Chamber::xMm), contains(0.0, 0.0, 0.0, 0.0));
    assertThat(of(COURSE, Chamber::driftOffsetPs), contains(93_900L, 101_400L, 95_500L, 92_400L));
    assertThat(
        of(COURSE, Chamber::deadCells),
        contains(List.of(11, 13, 29, 33, 38, 51, 54), List.of(23), List.of(15), List.of(59)));
    assertThat(
        of(COURSE, Chamber::weakCells),
        contains(List.of(), List.of(42), List.of(31, 34), List.of()));
    assertThat(
        of(COURSE, Chamber::hotCells),
        contains(List.of(), List.of(2, 6, 16, 22, 46, 50, 58), List.of(), List.of()));
    assertThat(COURSE.cellWidthMm(), is(42.0));
    assertThat(COURSE.cellHeightMm(), is(13.0));
    assertThat(COURSE.driftVelocityUmPerNs(), is(53.8));
    assertThat(COURSE.maxDriftNs(), is(390.0));
  }

  @Test
  void theCoursesCellsAreWhereItsDocumentPutsThem() {
    for (Chamber chamber : COURSE.chambers()) {
      for (int cell = 0; cell < 64; cell++) {
        assertThat(chamber.layer(cell), is(new int[] {4, 2, 3, 1}[cell % 4]));
        assertThat(chamber.wire(cell), is(cell / 4 + 1));
      }
    }
    assertThat(COURSE.wireX(0, 0), is(-7.5 * 42));
    assertThat(COURSE.wireX(0, 1), is(-7.5 * 42));
    assertThat(COURSE.wireX(0, 2), is(-7.0 * 42));
    assertThat(COURSE.wireX(0, 3), is(-7.0 * 42));
    assertThat(COURSE.wireX(3, 63), is(8.0 * 42));
    assertThat(
        IntStream.range(0, 4).mapToObj(cell -> COURSE.wireZ(0, cell)).toList(),
        contains(19.5, -6.5, 6.5, -19.5));
  }

  @Test
  void blocksOfTheDaqHaveARunNumberInFrontAndBoardsOfFourBits() {
    DetectorDescription blocks = DescriptionReader.shipped("daq-blocks");

    assertThat(blocks.clock(), is(COURSE.clock()));
    assertThat(blocks.chambers(), is(COURSE.chambers()));
    assertThat(blocks.scintillators(), is(COURSE.scintillators()));
    assertThat(
        blocks.format().fields().subList(0, 3),
        contains(
            new Field(Role.HEAD, "HEAD", 2, 62, 0),
            new Field(Role.BOARD, "FPGA", 4, 58, 0),
            new Field(Role.CHANNEL, "TDC_CHANNEL", 9, 49, 0)));
    assertThat(blocks.format().fields().subList(3, 6), is(COURSE.format().fields().subList(3, 6)));
    assertThat(blocks.format().hitHeads(), contains(1));
    assertThat(blocks.format().valuesAreWords(), is(true));
    assertThat(blocks.format().isBigEndian(), is(false));
    assertThat(blocks.format().blockHeader(), contains(new HeaderWord(true, 0, 63)));
    assertThat(blocks.format().blockWords(), is(128));
  }

  @Test
  void textOfTheDaqCountsChannelsFromOneAndTicksFromZeroButMeansTheSame() {
    DetectorDescription text = DescriptionReader.shipped("daq-text");

    assertThat(text.clock(), is(COURSE.clock()));
    assertThat(text.chambers(), is(COURSE.chambers()));
    assertThat(text.scintillators(), is(COURSE.scintillators()));
    assertThat(text.format().hitHeads(), contains(1));
    assertThat(text.format().hasWords(), is(false));
    assertThat(
        text.format().fields().stream().map(Field::first).toList(), contains(0, 0, 1, 0, 0, 0));
    assertThat(
        text.format().fields().stream().map(Field::name).toList(),
        is(COURSE.format().fields().stream().map(Field::name).toList()));
  }

  @Test
  void twoStationsAreReadByLayerAndWireWithoutAScintillator() {
    DetectorDescription stations = DescriptionReader.shipped("two-stations");

    assertThat(stations.clock(), is(new Clock(new BigDecimal("24.95"), 3564, 32, 19)));
    assertThat(stations.format().isByLayerAndWire(), is(true));
    assertThat(stations.format().hitHeads(), is(List.of()));
    assertThat(stations.format().arrival(), contains(new Arrival(100, 3464)));
    assertThat(stations.format().field(Role.ORBIT).orElseThrow().name(), is("/arrival/OC"));
    assertThat(stations.format().field(Role.ARRIVAL).orElseThrow().name(), is("/arrival/BX"));
    assertThat(stations.scintillators(), is(List.of()));
    assertThat(of(stations, Chamber::view), contains(View.X, View.Y));
    assertThat(of(stations, Chamber::driftOffsetNs), everyItem(is(BigDecimal.ZERO)));
    assertThat(of(stations, Chamber::layerShifts), everyItem(is(List.of(0.5, 0.0, 0.5, 0.0))));
    Chamber second = stations.chambers().get(1);
    for (int cell = 0; cell < 64; cell++) {
      int layer = cell / 16;
      int wire = cell % 16;
      assertThat(second.cells().get(cell), is(new Cell(layer + 1, wire + 1)));
      assertThat(second.channels().get(cell), is(new Channel(1, layer << 4 | wire)));
    }
  }

  private static <T> List<T> of(DetectorDescription detector, Function<Chamber, T> what) {
    return detector.chambers().stream().map(what).toList();
  }

  @Test
  void whatIsInTheFolderIsShippedByName() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../detectors"))) {
      assertThat(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals("detector.schema.json"))
              .toList(),
          containsInAnyOrder(shippedNames().stream().map(name -> name + ".json").toArray()));
    }
  }

  @ParameterizedTest
  @MethodSource("shippedNames")
  void aShippedDescriptionIsLoadedByItsNameOrItsFile(String name) throws IOException {
    DetectorDescription byName = DetectorDescription.load(name);

    assertThat(byName.name(), is(name));
    assertThat(DetectorDescription.load("../detectors/" + name + ".json"), is(byName));
  }

  @Test
  void aDescriptionTravelsToExecutors() throws Exception {
    for (String name : shippedNames()) {
      DetectorDescription detector = DescriptionReader.shipped(name);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(detector);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject(), is(detector));
      }
    }
  }

  /** Each line: the shipped description, a JSON pointer, what stands there instead, the message. */
  @ParameterizedTest
  @CsvFileSource(
      resources = "broken-descriptions.txt",
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-")
  void aMistakeIsToldWithItsPlaceTheValueAndWhatWasExpected(
      String name, String pointer, String replacement, String message) {
    assertThat(refusal(name, pointer, replacement), is("detector description my.json: " + message));
  }

  private static String refusal(String name, String... changes) {
    ObjectNode json = changed(name, changes);
    return assertThrows(IOException.class, () -> Descriptions.read(json)).getMessage();
  }

  /** A shipped description with changes: pairs of a JSON pointer and what stands there instead. */
  private static ObjectNode changed(String name, String... changes) {
    ObjectNode json = shipped(name);
    for (int i = 0; i < changes.length; i += 2) {
      JsonPointer place = JsonPointer.compile(changes[i]);
      if (changes[i + 1] == null) {
        Descriptions.remove(json, place);
      } else {
        Descriptions.set(json, place, parse(changes[i + 1]));
      }
    }
    return json;
  }

  private static DetectorDescription read(String name, String... changes) throws IOException {
    return Descriptions.read(changed(name, changes));
  }

  @Test
  void boardAndChannelHaveTwentyBitsTogether() throws IOException {
    String[] bits = {"/record/fields/1/bits", "4", "/record/fields/2/bits", "16"};
    assertThat(read("daq-text", bits).chambers(), is(COURSE.chambers()));

    bits[1] = "5";

    assertThat(
        refusal("daq-text", bits),
        is(
            "detector description my.json: record.fields: FPGA and TDC_CHANNEL have 21 bits,"
                + " expected at most 20 together"));
  }

  @Test
  void aRunNumberIsInTheRecordsOrInFrontOfThem() {
    assertThat(
        refusal(
            "daq-blocks",
            "/record/fields/6",
            "{\"is\": \"run\", \"name\": \"RUN\", \"bits\": 1, \"lowestBit\": 63}",
            "/record/fields/0/bits",
            "1"),
        is(
            "detector description my.json: record.blockHeader[0].is is \"run\","
                + " expected the run number in one place only"));
  }

  @Test
  void aHeaderWordHoldsTheRunNumberAnywhere() throws IOException {
    DetectorDescription detector =
        read(
            "daq-blocks",
            "/record/blockHeader",
            "[{\"is\": \"other\"}, {\"is\": \"run\", \"lowestBit\": 32}]");

    assertThat(
        detector.format().blockHeader(),
        contains(new HeaderWord(false, 0, 0), new HeaderWord(true, 32, 32)));
  }

  @Test
  void wordsMayBeBigEndianAndCarryFieldsThatAreNotRead() throws IOException {
    DetectorDescription detector =
        read(
            "two-stations",
            "/record/fields",
            "[{\"is\": \"layer\", \"name\": \"l\", \"bits\": 3, \"first\": 1, \"lowestBit\": 0},"
                + " {\"is\": \"wire\", \"name\": \"w\", \"bits\": 5, \"first\": 1, \"lowestBit\": 3},"
                + " {\"is\": \"orbit\", \"name\": \"o\", \"lowestBit\": 8},"
                + " {\"is\": \"crossing\", \"name\": \"c\", \"bits\": 12, \"lowestBit\": 27},"
                + " {\"is\": \"tick\", \"name\": \"t\", \"bits\": 5, \"lowestBit\": 39},"
                + " {\"is\": \"other\", \"name\": \"p\", \"bits\": 1, \"lowestBit\": 63},"
                + " {\"is\": \"other\", \"name\": \"q\"}]",
            "/record/arrival",
            null,
            "/record/byteOrder",
            "\"big\"",
            "/chambers/1",
            null,
            "/chambers/0/station",
            null,
            "/scintillators/0",
            "{\"layer\": 5, \"wire\": 1}",
            "/chambers/0/driftOffsetNs",
            "0");

    assertThat(detector.format().isBigEndian(), is(true));
    assertThat(detector.format().hasWords(), is(true));
    assertThat(detector.format().field(Role.ORBIT).orElseThrow().bits(), is(19));
    assertThat(detector.format().fields().get(6), is(new Field(Role.OTHER, "q", 0, -1, 0)));
    assertThat(detector.chambers().get(0).channels().get(17), is(new Channel(0, 1 << 5 | 1)));
    assertThat(detector.scintillators(), contains(new Channel(0, 4 << 5)));
  }

  @Test
  void aFieldMayUseAllBitsOfAWordTogetherWithOthers() throws IOException {
    DetectorDescription detector =
        read(
            "daq-text",
            "/clock/orbitBits",
            "64",
            "/record/fields/3/bits",
            null,
            "/record/fields/6",
            "{\"is\": \"other\", \"name\": \"all\", \"bits\": 64, \"lowestBit\": 0}");

    assertThat(detector.format().field(Role.ORBIT).orElseThrow().bits(), is(64));
    assertThat(detector.format().hasWords(), is(false));
  }

  @Test
  void aPointerMayLeadThroughNamesWithSlashAndTilde() throws IOException {
    DetectorDescription detector =
        read(
            "course",
            "/record/fields/0/name",
            "\"/a~1b~0/HEAD\"",
            "/record/fields/1/name",
            "\"a\"");

    assertThat(detector.format().fields().get(0).name(), is("/a~1b~0/HEAD"));
  }

  @Test
  void channelsNeedNotBeInARow() throws IOException {
    DetectorDescription detector =
        read(
            "daq-text",
            "/chambers/0/firstChannel",
            null,
            "/chambers/0/channels",
            "[200, [1, 201], 202, 203, 204]",
            "/chambers/0/deadCells",
            null);

    Chamber chamber = detector.chambers().get(0);
    assertThat(
        chamber.channels(),
        contains(
            new Channel(0, 199),
            new Channel(1, 200),
            new Channel(0, 201),
            new Channel(0, 202),
            new Channel(0, 203)));
    assertThat(chamber.size(), is(5));
    assertThat(chamber.firstBin(), is(0));
    assertThat(chamber.cells().get(4), is(new Cell(4, 2)));
  }

  @Test
  void aChamberOfPairsNeedsNoBoard() throws IOException {
    String[] changes = {
      "/chambers/0/firstChannel",
      null,
      "/chambers/0/board",
      null,
      "/chambers/0/channels",
      "[[0, 200], [1, 200]]",
      "/chambers/0/deadCells",
      "[1]"
    };
    assertThat(
        read("course", changes).chambers().get(0).channels(),
        contains(new Channel(0, 200), new Channel(1, 200)));

    changes[5] = "[[0, 200], 201]";
    assertThat(
        refusal("course", changes),
        is(
            "detector description my.json: chambers[0].board is missing,"
                + " expected a whole number 0 to 7"));
    changes[5] = "[[0, 200], [1, 200, 3]]";
    assertThat(
        refusal("course", changes),
        is(
            "detector description my.json: chambers[0].channels[1] is a list of 3,"
                + " expected a list of 2 numbers, board and channel"));
  }

  @Test
  void channelsMayCountThroughTheWiresFirst() throws IOException {
    Chamber chamber = read("course", "/chambers/0/wiresFirst", "true").chambers().get(0);

    assertThat(chamber.cells().get(0), is(new Cell(4, 1)));
    assertThat(chamber.cells().get(15), is(new Cell(4, 16)));
    assertThat(chamber.cells().get(16), is(new Cell(2, 1)));
    assertThat(chamber.cells().get(63), is(new Cell(1, 16)));
  }

  @Test
  void cellsMayBeGivenOneByOne() throws IOException {
    String[] changes = {
      "/chambers/0/layerOrder", null,
      "/chambers/0/cells", "[[4, 16], [1, 1], [2, 3]]",
      "/chambers/0/deadCells", "[2]"
    };
    Chamber chamber = read("course", changes).chambers().get(0);
    assertThat(chamber.cells(), contains(new Cell(4, 16), new Cell(1, 1), new Cell(2, 3)));
    assertThat(
        chamber.channels(), contains(new Channel(0, 0), new Channel(0, 1), new Channel(0, 2)));

    changes[3] = "[[4, 16], [4, 17]]";
    assertThat(
        refusal("course", changes),
        is(
            "detector description my.json: chambers[0].cells[1][1] is 17,"
                + " expected a whole number 1 to 16"));
    changes[3] = "[[4, 16], [5, 16]]";
    assertThat(
        refusal("course", changes),
        is(
            "detector description my.json: chambers[0].cells[1][0] is 5,"
                + " expected a whole number 1 to 4"));
    changes[3] = "[[4, 16], [4, 16]]";
    assertThat(
        refusal("course", changes),
        is(
            "detector description my.json: chambers[0].cells[1]: layer 4 wire 16 is taken by a"
                + " channel before it; expected each cell once"));
    changes[3] = "[[4, 16], [1, 1], [2, 3]]";
    changes[5] = "[3]";
    assertThat(
        refusal("course", changes),
        is(
            "detector description my.json: chambers[0].deadCells[0] is 3,"
                + " expected a whole number 0 to 2"));
  }

  @Test
  void recordsWithoutABoardAreOfOneBoard() throws IOException {
    String[] changes = {
      "/record/fields/1", null,
      "/chambers/0/station", null,
      "/chambers/1", null
    };

    assertThat(
        refusal("two-stations", "/record/fields/0", null),
        is(
            "detector description my.json: chambers[0].station: the records say no board;"
                + " expected none"));
    changes[0] = "/record/fields/0";
    assertThat(
        read("two-stations", changes).chambers().get(0).channels().get(16), is(new Channel(0, 16)));
  }

  @Test
  void numbersMeanTheSameHoweverTheyAreWritten() throws IOException {
    assertThat(
        read("course", "/clock/crossingNs", "25.000", "/chambers/0/driftOffsetNs", "9.39e1"),
        is(COURSE));
    assertThat(
        read("course", "/clock/crossingNs", "2.5e2").clock().crossingNs().toString(), is("250"));
  }

  @Test
  void aFileMayNameItsSchemaAndHoldComments() throws IOException {
    String json = changed("course", "/$schema", "\"detector.schema.json\"").toPrettyString();
    Path file = write("// Ours.\n" + json + "\n/* end */\n");

    assertThat(DetectorDescription.load(file.toString()), is(COURSE));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("my.json"), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // the file | what the message says behind its name
        "'' | ' is empty, expected an object'",
        "' ' | ' is empty, expected an object'",
        "null | ' is null, expected an object'",
        "7 | ' is 7, expected an object'",
        "[] | ' is a list of 0, expected an object'",
        "{} | ': clock is missing, expected an object'",
        "{ | ' line 1 column 2: Unexpected end-of-input: expected close marker for Object'",
        "{\"name\": 1, \"name\": 2} | ' line 1 column 19: Duplicate field ''name'''",
        "{} {} | ' line 1 column 4: Trailing token'",
        "{\"zmm\": 1} | ': zmm is unknown, expected $schema, name, clock, '",
        "{\"a\\nb\": 1} | ': a?b is unknown, expected '",
      })
  void aFileThatIsNoDescriptionIsToldInOneLine(String text, String message) throws IOException {
    Path file = write(text);

    assertThat(loadingFails(file.toString()), startsWith("detector description " + file + message));
  }

  private static String loadingFails(String file) {
    String message =
        assertThrows(IOException.class, () -> DetectorDescription.load(file)).getMessage();
    assertThat(message.lines().count(), is(1L));
    return message;
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e400", "1e-400", "1e999999999", "1e-999999999"})
  void numbersBeyondAllBoundsAreRefused(String number) throws IOException {
    String text =
        shipped("course").toString().replace("\"cellWidthMm\":42.0", "\"cellWidthMm\":" + number);
    Path file = write(text);

    assertThat(
        loadingFails(file.toString()),
        startsWith("detector description " + file + ": cellWidthMm is "));
  }

  @Test
  void aLongValueIsShortened() {
    assertThat(
        refusal("course", "/chambers/0/view", "\"" + "x\\n".repeat(500) + "\""),
        is(
            "detector description my.json: chambers[0].view is \""
                + "x?".repeat(20)
                + "...\", expected one of x, y"));
  }

  @Test
  void aMissingFileIsToldWithTheNamesOfThoseThatAreShipped() {
    assertThat(
        loadingFails("daq-blcks"),
        is(
            "detector description daq-blcks does not exist; expected a file, or one of course,"
                + " daq-blocks, daq-text, two-stations"));
  }

  @Test
  void aFolderAndAnImpossibleNameAreTold() {
    assertThat(
        loadingFails(folder.toString()), is("detector description " + folder + ": Is a directory"));
    assertThat(
        loadingFails("a\u0000b\nc"), is("detector description a?b?c: Nul character not allowed"));
  }

  @Test
  void aFileOfSomebodyElseIsTold() throws IOException {
    Path file = write("{}");
    assumeTrue(
        file.toFile().setReadable(false) && !Files.isReadable(file), "this user reads every file");

    assertThat(
        loadingFails(file.toString()),
        is("detector description " + file + ": this user may not read it"));
  }

  @Test
  void aFileWithoutEndIsNotReadToItsEnd() throws IOException {
    Path file = write(" ".repeat(5 << 20));

    assertThat(
        loadingFails(file.toString()),
        is("detector description " + file + " is longer than 4194304 bytes"));
  }

  @Test
  void aRunConfigurationOfAnEarlierVersionIsTheCoursesDetectorWithItsChambers() throws IOException {
    byte[] old = Descriptions.bytes("run-configuration.json");
    assertThat(DescriptionReader.read("run.json", old), is(COURSE));

    JsonNode run = parse(new String(old, UTF_8));
    Descriptions.set(run, JsonPointer.compile("/name"), parse("\"night\""));
    Descriptions.set(run, JsonPointer.compile("/chambers/0/fpga"), parse("3"));
    Descriptions.set(run, JsonPointer.compile("/chambers/3/turned"), parse("true"));
    Descriptions.set(run, JsonPointer.compile("/chambers/3/driftOffsetNs"), parse("112.5"));
    Descriptions.set(run, JsonPointer.compile("/scintillator/channel"), parse("200"));
    DetectorDescription night = Descriptions.read(run);

    assertThat(night.name(), is("night"));
    assertThat(night.format(), is(COURSE.format()));
    assertThat(night.chambers().get(0).channels().get(7), is(new Channel(3, 7)));
    assertThat(night.chambers().get(3).view(), is(View.Y));
    assertThat(night.chambers().get(3).driftOffsetPs(), is(112_500L));
    assertThat(night.scintillators(), contains(new Channel(1, 200)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "/chambers/0/fpga | 8 | chambers[0].fpga is 8, expected a whole number 0 to 7",
        "/chambers/0/fpga | - | chambers[0].fpga is missing, expected a whole number 0 to 7",
        "/chambers/0/board | 0 | chambers[0].board is unknown, expected fpga, firstChannel,"
            + " driftOffsetNs, zMm, turned, deadCells, weakCells, hotCells",
        "/chambers/0/turned | 1 | chambers[0].turned is 1, expected true or false",
        "/chambers/0/firstChannel | 449 | chambers[0].firstChannel is 449,"
            + " expected a whole number 0 to 448",
        "/chambers/0/firstChannel | 1 | chambers[1]: fpga 0 channel 64 is already taken by"
            + " chambers[0]",
        "/scintillator/channel | 64 | chambers[3]: fpga 1 channel 64 is already taken by"
            + " scintillator",
        "/scintillator/fpga | -1 | scintillator.fpga is -1, expected a whole number 0 to 7",
        "/chambers/3 | - | chambers is a list of 3, expected a list of 4 chambers",
        "/chambers/0/deadCells | - | chambers[0].deadCells is missing,"
            + " expected a list of 0 to 64 cells",
        "/maxDriftNs | - | maxDriftNs is missing, expected a number of ns, 0.000001 to 1000000",
      })
  void aMistakeInARunConfigurationIsToldByItsOwnFields(
      String pointer, String replacement, String message) {
    JsonNode run = parse(new String(Descriptions.bytes("run-configuration.json"), UTF_8));
    JsonPointer place = JsonPointer.compile(pointer);
    if (replacement == null) {
      Descriptions.remove(run, place);
    } else {
      Descriptions.set(run, place, parse(replacement));
    }

    assertThat(
        assertThrows(IOException.class, () -> Descriptions.read(run)).getMessage(),
        is("detector description my.json: " + message));
  }
}
