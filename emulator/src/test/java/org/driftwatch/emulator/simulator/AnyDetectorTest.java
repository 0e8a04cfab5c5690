package org.driftwatch.emulator.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.DetectorDescription.Clock;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.testing.RandomDescriptions;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.emulator.Descriptions;
import org.driftwatch.emulator.send.BlockEncoder;
import org.driftwatch.emulator.send.KeyRule;
import org.driftwatch.emulator.send.Message;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.Sent;
import org.driftwatch.emulator.send.TextEncoder;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator follows the description, whatever the detector is. */
class AnyDetectorTest {
  private static final int ROWS = 60_000;
  private static final int DETECTORS = 60;
  private static final long RUN = 591;

  /** Six chambers of 4 x 12 without a scintillator, three a view, each with a board. */
  private static DetectorDescription laboratory;

  /** Sixteen chambers of 1,024 cells, no two alike in width, and two scintillators. */
  private static DetectorDescription large;

  /** A chamber with a single cell, an orbit shorter than a drift, a counter of 8 bits. */
  private static DetectorDescription tiny;

  @BeforeAll
  static void describe(@TempDir Path folder) throws IOException {
    laboratory =
        Descriptions.of(
            folder,
            "laboratory",
            clock(25, 3564, 30, 40),
            """
            {"is": "head", "name": "kind", "bits": 1},
            {"is": "board", "name": "/at/board", "bits": 3, "first": 1},
            {"is": "crossing", "name": "/time/bx", "bits": 12},
            {"is": "channel", "name": "/at/channel", "bits": 6},
            {"is": "tick", "name": "/time/fine", "bits": 6, "first": 2},
            {"is": "orbit", "name": "/time/orbit", "bits": 40},
            {"is": "run", "name": "run", "bits": 20},
            {"is": "other", "name": "spare"}
            """,
            "\"hitHeads\": [0]",
            chambers(6, 4, 12, i -> "\"board\": " + (i + 1) + ", \"firstChannel\": 10,"),
            "");
    large =
        Descriptions.of(
            folder,
            "large",
            clock(10, 1000, 100, 64),
            """
            {"is": "board", "name": "b", "bits": 6}, {"is": "channel", "name": "c", "bits": 10},
            {"is": "orbit", "name": "o", "bits": 64}, {"is": "crossing", "name": "x", "bits": 10},
            {"is": "tick", "name": "t", "bits": 7, "first": 1}
            """,
            "",
            chambers(
                16,
                8,
                128,
                i -> "\"board\": " + i + ", \"firstChannel\": 0, \"driftOffsetNs\": 100,"),
            "{\"board\": 20, \"channel\": 0}, {\"board\": 21, \"channel\": 7}");
    tiny =
        Descriptions.of(
            folder,
            "tiny",
            clock(25, 3, 4, 8),
            """
            {"is": "head", "name": "h", "bits": 2, "lowestBit": 40},
            {"is": "layer", "name": "l", "bits": 1, "lowestBit": 9, "first": 1},
            {"is": "wire", "name": "w", "bits": 1, "lowestBit": 10},
            {"is": "orbit", "name": "o", "bits": 8, "lowestBit": 1},
            {"is": "crossing", "name": "c", "bits": 2, "lowestBit": 12},
            {"is": "tick", "name": "t", "bits": 3, "lowestBit": 16},
            {"is": "arrival", "name": "a", "bits": 3, "lowestBit": 60},
            {"is": "run", "name": "r", "bits": 12, "lowestBit": 20}
            """,
            "\"hitHeads\": [3, 2], \"valuesWithoutFormat\": \"words\", \"byteOrder\": \"big\","
                + " \"blockHeader\": [{\"is\": \"other\"}],"
                + " \"arrival\": {\"arrivalBelow\": 2, \"crossingAbove\": 1}",
            chambers(1, 1, 1, i -> ""),
            "");
  }

  private static String clock(double ns, int crossings, int ticks, int bits) {
    return String.format(
        Locale.ROOT,
        "{\"crossingNs\": %s, \"crossingsPerOrbit\": %d, \"ticksPerCrossing\": %d,"
            + " \"orbitBits\": %d}",
        ns,
        crossings,
        ticks,
        bits);
  }

  private static String chambers(int count, int layers, int wires, IntFunction<String> channels) {
    String order =
        channels.apply(0).contains("firstChannel")
            ? "\"layerOrder\": "
                + IntStream.rangeClosed(1, layers).boxed().toList()
                + ", \"wiresFirst\": true, "
            : "";
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                """
                {"name": "c%d", %s %s "layers": %d, "wires": %d, "view": "%s", "zMm": %d}
                """
                    .formatted(
                        i, channels.apply(i), order, layers, wires, i % 2 == 0 ? "x" : "y", 90 * i))
        .collect(Collectors.joining(","));
  }

  static Stream<DetectorDescription> detectors() throws IOException {
    return Stream.concat(Descriptions.shipped().stream(), Stream.of(laboratory, large, tiny));
  }

  private static RowBatch rows(DetectorDescription detector, int count) {
    RowBatch batch = new RowBatch(new RecordPacking(detector), count);
    new Simulator(detector, 3).read(batch);
    return batch;
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void everyFormatHoldsTheSameHits(DetectorDescription detector) {
    RowBatch rows = rows(detector, ROWS);
    RecordWriter json = new RecordWriter(detector).run(RUN);
    RecordWriter csv = new RecordWriter(detector).run(RUN);
    RecordWriter words = new RecordWriter(detector).run(RUN).blockHeader();
    List<Sent.Hit> expected = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.isHit(i)) {
        boolean hasRuns = detector.format().hasRuns() && !isRunInFront(detector);
        expected.add(new Sent.Hit(rows.word(i), rows.orbitAbove(i), hasRuns ? RUN : -1));
      }
      if (i % 2 == 0 || rows.isWide(i)) {
        json.json(rows.row(i)).newLine();
        csv.csv(rows.row(i)).newLine();
      } else {
        json.json(rows.word(i), rows.orbitAbove(i)).newLine();
        csv.csv(rows.word(i), rows.orbitAbove(i)).newLine();
      }
      if (!rows.isWide(i)) {
        words.word(rows.word(i), rows.orbitAbove(i));
      }
    }
    assertThat(expected, hasSize(greaterThan(ROWS / 3)));
    assertThat(Sent.readText(detector, json.take()), equalTo(expected));
    assertThat(Sent.readText(detector, csv.take()), equalTo(expected));
    if (detector.format().hasWords()) {
      long run = detector.format().hasRuns() ? RUN : -1;
      assertThat(
          Sent.readHits(detector, words.take(), true),
          equalTo(
              expected.stream().map(h -> new Sent.Hit(h.word(), h.orbitAbove(), run)).toList()));
    }
  }

  /** Descriptions that nobody has thought of: what is sent of them is what was simulated. */
  @Test
  void theRecordsOfRandomDetectorsHoldTheSimulatedHits() {
    Random random = Seed.random("simulated random detectors");
    RandomDescriptions descriptions = new RandomDescriptions(random);
    for (int i = 0; i < DETECTORS; i++) {
      String description = descriptions.next();
      DetectorDescription detector = RandomDescriptions.read(description);
      if (!Simulator.hasHits(detector)) {
        continue;
      }
      boolean onlyWords = detector.format().valuesAreWords();
      RunNumbers runs = RunNumbers.parse("1");
      Sent text = new Sent();
      Sent blocks = new Sent();
      RowEncoder json = TextEncoder.json(detector, text, KeyRule.chamber(detector), runs);
      RowEncoder words = new BlockEncoder(detector, blocks, runs, 128);
      RowBatch rows = rows(detector, 400);
      List<Long> expected = new ArrayList<>();
      for (int k = 0; k < rows.size(); k++) {
        if (rows.isHit(k)) {
          assertThat(description, rows.isWide(k), is(false));
          expected.add(rows.word(k));
        }
        json.row(rows, k, 5);
        words.row(rows, k, 5);
      }
      words.flush();
      assertThat(description, expected.isEmpty(), is(false));
      List<Long> ofText = new ArrayList<>();
      for (Message message : text.messages) {
        Sent.readText(detector, message.value()).forEach(hit -> ofText.add(hit.word()));
      }
      assertThat(description, ofText, equalTo(expected));
      if (!detector.format().hasWords()) {
        continue;
      }
      List<Long> ofWords = new ArrayList<>();
      for (Message message : blocks.messages) {
        if (message.words() || onlyWords) {
          Sent.readHits(detector, message.value(), true).forEach(hit -> ofWords.add(hit.word()));
        }
      }
      assertThat(description, ofWords, equalTo(expected));
    }
  }

  private static boolean isRunInFront(DetectorDescription detector) {
    return detector.format().blockHeader().stream().anyMatch(DetectorDescription.HeaderWord::isRun);
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void hitsAreOfItsChannelsAndWithinItsClock(DetectorDescription detector) {
    RowBatch rows = rows(detector, ROWS);
    HitLayout layout = new HitLayout(detector);
    ChannelMap map = new ChannelMap(detector);
    Clock clock = detector.clock();
    int firstTick = detector.format().field(DetectorDescription.Role.TICK).orElseThrow().first();
    Set<Integer> cells = new HashSet<>();
    long others = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.isHit(i)) {
        continue;
      }
      long hit = rows.word(i);
      assertThat(layout.crossing(hit), lessThan(clock.crossingsPerOrbit()));
      assertThat(
          layout.tick(hit),
          allOf(greaterThanOrEqualTo(firstTick), lessThan(firstTick + clock.ticksPerCrossing())));
      assertThat(rows.orbit(i) & ~clock.lastOrbit(), is(0L));
      cells.add(map.cell(hit));
      others += map.cell(hit) == map.other() ? 1 : 0;
    }
    long dead = detector.chambers().stream().mapToLong(c -> c.deadCells().size()).sum();
    assertThat(
        (double) cells.stream().filter(cell -> cell < map.scintillator()).count(),
        greaterThan(0.9 * (map.scintillator() - dead)));
    assertThat(others, lessThan(ROWS / 50L));
    assertThat(cells.contains(map.scintillator()), is(!detector.scintillators().isEmpty()));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void theTruthOfEachMuonNamesTheRowsOfItsHits(DetectorDescription detector) {
    MuonTruth truths = new MuonTruth(detector);
    RowBatch rows = new RowBatch(new RecordPacking(detector), ROWS);
    new Simulator(detector, 3, Truth.usual(detector), truths).read(rows);
    HitLayout layout = new HitLayout(detector);
    Clock clock = detector.clock();
    Set<Long> named = new HashSet<>();
    for (JsonNode muon : truths.takeUpTo(rows.size())) {
      for (JsonNode crossing : muon.get("chambers")) {
        List<JsonNode> hits = new ArrayList<>();
        crossing.get("cells").forEach(hits::add);
        crossing.get("delta_rays").forEach(hits::add);
        hits.removeIf(hit -> hit.get("row").isNull());
        for (JsonNode hit : hits) {
          long row = hit.get("row").asLong();
          assertThat("once", named.add(row), is(true));
          long word = rows.word((int) row);
          int cell = hit.get("cell").asInt();
          assertThat(
              layout.address(word),
              is(
                  layout.address(
                      detector
                          .chambers()
                          .get(crossing.get("chamber").asInt())
                          .channels()
                          .get(cell))));
          long later =
              rows.orbit((int) row) - muon.get("orbit").bigIntegerValue().longValue()
                  & clock.lastOrbit();
          double ticks =
              layout.crossing(word) * (double) clock.ticksPerCrossing() + layout.tick(word);
          assertThat(
              hit.get("time_ns").asDouble(),
              closeTo(later * clock.orbitNs() + ticks * clock.tickNs(), 0.001));
        }
      }
    }
    assertThat(named, hasSize(greaterThan(ROWS / 100)));
  }

  @ParameterizedTest
  @MethodSource("detectors")
  void thereAreTriggerWordsWhereRecordsHaveKindsThatAreNoHits(DetectorDescription detector) {
    RowBatch rows = rows(detector, 4000);
    Set<Integer> heads = new TreeSet<>();
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.isHit(i)) {
        heads.add(rows.row(i).head());
        assertThat(
            "all records are words",
            rows.isWide(i) && detector.format().valuesAreWords(),
            is(false));
      }
    }
    boolean hasHead = detector.format().field(DetectorDescription.Role.HEAD).isPresent();
    assertThat(heads, hasHead ? not(empty()) : empty());
    assertThat(heads.stream().anyMatch(detector.format().hitHeads()::contains), is(false));
  }

  @Test
  void muonsCrossTheLayersOfAChamberWithoutAScintillator() {
    RowBatch rows = rows(laboratory, ROWS);
    ChannelMap map = new ChannelMap(laboratory);
    Map<Long, Set<Integer>> layers = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      int cell = rows.isHit(i) ? map.cell(rows.word(i)) : map.other();
      if (cell < 48) {
        layers
            .computeIfAbsent(rows.orbit(i), orbit -> new HashSet<>())
            .add(laboratory.chambers().get(0).layer(cell));
      }
    }
    Map<Integer, Long> counts =
        layers.values().stream().collect(Collectors.groupingBy(Set::size, Collectors.counting()));
    assertThat(counts.get(4), greaterThan(2 * counts.get(3)));
    assertThat(counts.get(4), greaterThan(100L));
  }

  @Test
  void chambersOfOneSizeHaveAboutTheSameHits() {
    RowBatch rows = rows(large, ROWS);
    ChannelMap map = new ChannelMap(large);
    long[] hits = new long[16];
    for (int i = 0; i < rows.size(); i++) {
      int cell = map.cell(rows.word(i));
      if (cell < map.scintillator()) {
        hits[cell / 1024]++;
      }
    }
    for (int chamber = 0; chamber < 16; chamber++) {
      assertThat("chamber " + chamber, hits[chamber] * 16.0 / ROWS, closeTo(1, 0.35));
    }
  }

  @Test
  void aShortCounterWrapsAndIsNotSetBack() throws IOException {
    DetectorDescription stations = DetectorDescription.load("two-stations");
    RowBatch rows = rows(stations, 400_000);
    long turns = 0;
    long last = rows.orbit(0);
    for (int i = 1; i < rows.size(); i++) {
      long ahead = (rows.orbit(i) - last) << 45 >> 45;
      // Boards are some hundred orbits apart.
      assertThat(Math.abs(ahead), lessThan(5000L));
      turns += rows.orbit(i) < last && ahead > 0 ? 1 : 0;
      last = rows.orbit(i);
    }
    assertThat(turns, greaterThan(2L));
  }

  @Test
  void nestedFieldsAreWrittenAsOneObjectInOrder() {
    DaqRecord hit = new DaqRecord(0, 3, 57, 1_099_511_627_775L, 3563, 31);
    String json = new String(new RecordWriter(laboratory).run(7).json(hit).take(), UTF_8);
    assertThat(
        json,
        is(
            "{\"kind\":0,\"at\":{\"board\":3,\"channel\":57},"
                + "\"time\":{\"bx\":3563,\"fine\":31,\"orbit\":1099511627775},"
                + "\"run\":7,\"spare\":0}"));
    assertThat(
        new String(new RecordWriter(laboratory).run(7).csv(hit).take(), UTF_8),
        is("0,3,3563,57,31,1099511627775,7,0"));
  }

  @Test
  void theArrivalIsSixtyCrossingsLaterAndInTheNextOrbitAtTheEnd() throws IOException {
    DetectorDescription stations = DetectorDescription.load("two-stations");
    RecordWriter writer = new RecordWriter(stations);
    assertThat(
        new String(writer.csv(new DaqRecord(0, 1, 0x36, 524_287, 3500, 31)).take(), UTF_8),
        is("1,3,6,3500,31,524287,3560"));
    assertThat(
        new String(writer.csv(new DaqRecord(0, 1, 0x36, 524_287, 3504, 31)).take(), UTF_8),
        is("1,3,6,3504,31,0,0"));
    assertThat(
        Sent.readHits(stations, "1,3,6,3504,31,0,0".getBytes(UTF_8), false).stream()
            .map(hit -> new HitLayout(stations).orbit(hit.word(), hit.orbitAbove()))
            .toList(),
        is(List.of(524_287L)));
  }

  @Test
  void counterValuesBeyondTheSignAreWrittenAsTheyAre() {
    DaqRecord hit = new DaqRecord(0, 3, 57, -1, 3, 31);
    assertThat(
        new String(new RecordWriter(large).csv(hit).take(), UTF_8),
        is("3,57,18446744073709551615,3,31"));
    assertThat(new RecordPacking(large).word(hit) >>> 63, lessThanOrEqualTo(1L));
  }
}
