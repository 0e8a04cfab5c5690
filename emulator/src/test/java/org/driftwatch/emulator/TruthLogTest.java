package org.driftwatch.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * What the simulator says of its muons explains the rows that it sends. Read from the files alone,
 * with the course's geometry written out here.
 */
@Timeout(120)
@ExtendWith(SharedBroker.class)
class TruthLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double ORBIT_NS = 89_100;
  private static final double SCINTILLATOR_NS = 140;

  /** Of each chamber: board, first channel, place across the wires, height, drift offset. */
  private static final double[][] CHAMBERS = {
    {0, 0, 0, 219.8, 93.9},
    {0, 64, 0, 977.3, 101.4},
    {1, 0, 0, 1035.6, 95.5},
    {1, 64, 0, 1819.8, 92.4}
  };

  @TempDir Path folder;

  /** What the emulator has written: the rows of CSV and the lines of the log. */
  private record Run(List<String[]> rows, JsonNode settings, List<JsonNode> muons) {
    /** Gives each crossing of a chamber with its muon. */
    void crossings(BiConsumer<JsonNode, JsonNode> taker) {
      muons.forEach(muon -> muon.get("chambers").forEach(one -> taker.accept(muon, one)));
    }
  }

  private Run run(int rows, String... options) throws IOException {
    Path csv = folder.resolve("run.csv");
    Path log = folder.resolve("truth.jsonl");
    List<String> all = new ArrayList<>(List.of("--quiet", "--force", "--seed", "7"));
    all.addAll(List.of("--to", csv.toString(), "--limit", Integer.toString(rows)));
    all.addAll(List.of("--truth-log", log.toString()));
    all.addAll(List.of(options));
    emulate(all);
    List<JsonNode> lines = lines(log);
    List<String[]> read =
        Files.readAllLines(csv, US_ASCII).stream().skip(1).map(row -> row.split(",", -1)).toList();
    assertThat(read.size(), is(rows));
    return new Run(read, lines.get(0), lines.subList(1, lines.size()));
  }

  private static void emulate(List<String> options) {
    StringWriter err = new StringWriter();
    CommandLine emulator = Programs.commandLine(new EmulatorMain());
    emulator.setErr(new PrintWriter(err, true));
    assertThat(err.toString(), emulator.execute(options.toArray(String[]::new)), is(0));
  }

  private static List<JsonNode> lines(Path log) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static boolean isSent(JsonNode hit) {
    return !hit.get("row").isNull();
  }

  private static void requireSameHit(String[] row, JsonNode muon, int chamber, JsonNode hit) {
    assertThat(row[0], is("2"));
    assertThat(row[1], is(Integer.toString((int) CHAMBERS[chamber][0])));
    int channel = (int) CHAMBERS[chamber][1] + hit.get("cell").asInt();
    assertThat(row[2], is(Integer.toString(channel)));
    requireSameTime(row, muon, hit);
  }

  private static void requireSameTime(String[] row, JsonNode muon, JsonNode hit) {
    long later = Long.parseLong(row[3]) - muon.get("orbit").asLong();
    double ns = later * ORBIT_NS + (30 * Integer.parseInt(row[4]) + Integer.parseInt(row[5])) / 1.2;
    assertThat(hit.get("time_ns").asDouble(), closeTo(ns, 0.001));
  }

  @Test
  void eachHitOfAMuonIsTheRowThatTheLogSays() throws IOException {
    Run run = run(50_000);
    Set<Integer> rows = new HashSet<>();
    run.crossings(
        (muon, crossing) -> {
          for (String kind : List.of("cells", "delta_rays")) {
            for (JsonNode hit : crossing.get(kind)) {
              if (isSent(hit)) {
                int row = hit.get("row").asInt();
                requireSameHit(run.rows.get(row), muon, crossing.get("chamber").asInt(), hit);
                assertThat("once", rows.add(row), is(true));
              }
            }
          }
        });
    for (JsonNode muon : run.muons) {
      for (JsonNode hit : muon.get("triggers")) {
        if (isSent(hit)) {
          int row = hit.get("row").asInt();
          String channel = hit.get("kind").asText().equals("scintillator") ? "128" : "138";
          assertThat(run.rows.get(row)[2], is(channel));
          requireSameTime(run.rows.get(row), muon, hit);
          assertThat("once", rows.add(row), is(true));
        }
      }
    }
    assertThat(rows.size(), greaterThan(10_000));
  }

  @Test
  void everyHitOfAStreamWithoutNoiseIsInTheLogUpToWhereItWasCut() throws IOException {
    // Not a multiple of what the simulator makes at once; sparks stay.
    Run run = run(4097, "--truth", "noise=x0");
    Set<Integer> logged = new HashSet<>();
    for (JsonNode muon : run.muons) {
      for (JsonNode hit : muon.findParents("row")) {
        if (isSent(hit)) {
          logged.add(hit.get("row").asInt());
        }
      }
      assertThat("of each muon something was sent, or nothing answered", isInStream(muon));
    }
    int missing = 0;
    for (int i = 0; i < run.rows.size(); i++) {
      missing += run.rows.get(i)[0].equals("2") && !logged.contains(i) ? 1 : 0;
    }
    assertThat(missing, is(0));
    assertThat(logged.size(), greaterThan(3000));
    assertThat(logged.stream().mapToInt(row -> row).max().orElseThrow(), lessThan(4097));
  }

  private static boolean isInStream(JsonNode muon) {
    List<JsonNode> hits = muon.findParents("row");
    return hits.stream().anyMatch(TruthLogTest::isSent)
        || hits.stream().allMatch(hit -> hit.get("time_ns").isNull());
  }

  @Test
  void timesScatterAroundTheDriftByTheResolution() throws IOException {
    Run run = run(50_000, "--truth", "resolution=260um,resolution:chamber3=2ns");
    double[] squares = new double[4];
    double[] sums = new double[4];
    int[] hits = new int[4];
    run.crossings(
        (muon, crossing) -> {
          int chamber = crossing.get("chamber").asInt();
          for (JsonNode hit : crossing.get("cells")) {
            double drift = hit.get("drift_ns").asDouble();
            double velocity = crossing.get("drift_velocity_um_per_ns").asDouble();
            double place = Math.abs(hit.get("from_wire_mm").asDouble());
            assertThat(drift, closeTo(Math.min(1000 * place, 390 * 53.8) / velocity, 0.01));
            if (!hit.get("time_ns").isNull()) {
              double error =
                  hit.get("time_ns").asDouble() - crossing.get("t0_ns").asDouble() - drift;
              hits[chamber]++;
              sums[chamber] += error;
              squares[chamber] += error * error;
            }
          }
        });
    // The tick adds 0.24 ns in square.
    double[] expected = {4.84, 4.84, 4.84, 2.014};
    for (int i = 0; i < 4; i++) {
      assertThat(sums[i] / hits[i], closeTo(0, 0.25));
      assertThat("chamber " + i, Math.sqrt(squares[i] / hits[i]), closeTo(expected[i], 0.12));
    }
  }

  @Test
  void tracksAndPlacesAgreeWithTheGeometryAsItReallyIs() throws IOException {
    Run run = run(40_000, "--truth", "displacement:chamber3=1.5mm,tilt:chamber0=20mrad");
    double[] layerShift = {0.5, 0, 0.5, 0};
    run.crossings(
        (muon, crossing) -> {
          int chamber = crossing.get("chamber").asInt();
          String view = chamber == 1 ? "y" : "x";
          double slope = muon.get("slope_" + view).asDouble();
          double at = muon.get(view + "_mm").asDouble() + slope * CHAMBERS[chamber][3];
          double tilt = chamber == 0 ? 0.02 : 0;
          double own = crossing.get("slope").asDouble();
          assertThat(own, closeTo(Math.tan(Math.atan(slope) - tilt), 1e-5));
          double place = at - CHAMBERS[chamber][2] - (chamber == 3 ? 1.5 : 0);
          double position = crossing.get("position_mm").asDouble();
          assertThat(position, closeTo(place / (Math.cos(tilt) + slope * Math.sin(tilt)), 0.01));
          for (JsonNode cell : crossing.get("cells")) {
            int layer = cell.get("layer").asInt();
            double wire = (cell.get("wire").asInt() - 1 - 7.5 + layerShift[layer - 1]) * 42;
            double height = (layer - 2.5) * 13;
            assertThat(
                wire + cell.get("from_wire_mm").asDouble(), closeTo(position + own * height, 0.01));
          }
        });
  }

  @Test
  void aHalfEfficientCellHasHalfTheHitsAndTheLogSaysWhichAreMissing() throws IOException {
    String clean = "noise=x0,delta-rays=0,efficiency=1";
    Run whole = run(150_000, "--truth", clean);
    Run half = run(150_000, "--truth", clean, "--truth", "efficiency:chamber1.cell20=0.5");
    double ratio = hitsOf(half, "0", "84") / hitsOf(whole, "0", "84");
    assertThat(ratio, closeTo(0.5, 0.1));
    int[] crossed = new int[2];
    int[] answered = new int[2];
    half.crossings(
        (muon, crossing) -> {
          for (JsonNode cell : crossing.get("cells")) {
            boolean isIt = crossing.get("chamber").asInt() == 1 && cell.get("cell").asInt() == 20;
            crossed[isIt ? 1 : 0]++;
            answered[isIt ? 1 : 0] += cell.get("time_ns").isNull() ? 0 : 1;
          }
        });
    assertThat(crossed[1], greaterThan(500));
    assertThat(answered[1] / (double) crossed[1], closeTo(0.5, 0.07));
    assertThat((double) answered[1], is(hitsOf(half, "0", "84")));
    assertThat(half.settings.at("/chambers/1/efficiency/20").asDouble(), is(0.5));
    assertThat(half.settings.at("/chambers/1/efficiency/21").asDouble(), is(1.0));
  }

  private static double hitsOf(Run run, String board, String channel) {
    return run.rows.stream()
        .filter(row -> row[0].equals("2") && row[1].equals(board) && row[2].equals(channel))
        .count();
  }

  @Test
  void t0IsSeenAgainstTheScintillator() throws IOException {
    for (double t0 : new double[] {30, -200}) {
      Run run = run(20_000, "--truth", "t0:chamber2=" + t0 + "ns");
      run.crossings(
          (muon, crossing) -> {
            int chamber = crossing.get("chamber").asInt();
            double scintillator = muon.get("passage_ns").asDouble() + SCINTILLATOR_NS;
            double late = crossing.get("t0_ns").asDouble() + CHAMBERS[chamber][4] - scintillator;
            assertThat(late, closeTo(chamber == 2 ? t0 : 0, 0.001));
            for (JsonNode hit : crossing.get("cells")) {
              if (!hit.get("time_ns").isNull()) {
                double start = hit.get("time_ns").asDouble() - hit.get("drift_ns").asDouble();
                assertThat(start, closeTo(crossing.get("t0_ns").asDouble(), 12));
              }
            }
            for (JsonNode trigger : muon.get("triggers")) {
              if (trigger.get("kind").asText().equals("scintillator")) {
                assertThat(trigger.get("time_ns").asDouble(), closeTo(scintillator, 0.5));
              }
            }
          });
    }
  }

  @Test
  void aDriftVelocityThatIsSetStays() throws IOException {
    Run run = run(20_000, "--truth", "drift-velocity:chamber1=50um/ns");
    Set<Double> ofOne = new HashSet<>();
    Set<Double> ofOther = new HashSet<>();
    run.crossings(
        (muon, crossing) ->
            (crossing.get("chamber").asInt() == 1 ? ofOne : ofOther)
                .add(crossing.get("drift_velocity_um_per_ns").asDouble()));
    assertThat(ofOne, is(Set.of(50.0)));
    ofOther.forEach(velocity -> assertThat(velocity, closeTo(53.8, 0.55)));
    assertThat(run.settings.at("/chambers/1/drift_velocity_um_per_ns").asDouble(), is(50.0));
    assertThat(run.settings.at("/chambers/0/drift_velocity_um_per_ns").isNull(), is(true));
  }

  @Test
  void deltaRaysAndNoiseHaveTheirShares() throws IOException {
    Run run = run(60_000, "--truth", "delta-rays=0.2,noise:chamber0=x3");
    int[] counts = new int[2];
    run.crossings(
        (muon, crossing) -> {
          counts[0] += crossing.get("cells").size();
          counts[1] += crossing.get("delta_rays").size();
        });
    // Some neighbours are not there, or do not answer.
    assertThat(counts[1] / (double) counts[0], closeTo(0.185, 0.015));
    Run usual = run(1000);
    for (int chamber = 0; chamber < 2; chamber++) {
      double more = run.settings.at("/chambers/" + chamber + "/noise_hz/20").asDouble();
      double before = usual.settings.at("/chambers/" + chamber + "/noise_hz/20").asDouble();
      assertThat(more / before, closeTo(chamber == 0 ? 3 : 1, 0.001));
    }
    double noise = hitsOf(run, "0", "20") / hitsOf(run, "0", "84");
    Run same = run(60_000);
    assertThat(noise, greaterThan(1.5 * hitsOf(same, "0", "20") / hitsOf(same, "0", "84")));
  }

  @Test
  void theLogChangesNothingAndIsTheSameAgainAndCompressed() throws IOException {
    Path log = folder.resolve("truth.jsonl");
    run(30_000, "--truth", "tilt=1mrad");
    byte[] first = Files.readAllBytes(log);
    byte[] stream = Files.readAllBytes(folder.resolve("run.csv"));
    run(30_000, "--truth", "tilt=1mrad");
    assertThat(Files.readAllBytes(log), is(first));

    Path without = folder.resolve("without.csv");
    Path zipped = folder.resolve("truth.jsonl.gz");
    String[] usual = {"--quiet", "--seed", "7", "--limit", "30000", "--truth", "tilt=1mrad"};
    List<String> options = new ArrayList<>(List.of(usual));
    options.addAll(List.of("--to", without.toString()));
    emulate(options);
    assertThat(Files.readAllBytes(without), is(stream));
    options.addAll(List.of("--force", "--truth-log", zipped.toString()));
    emulate(options);
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
      assertThat(in.readAllBytes(), is(first));
    }
  }

  @Test
  void theRowsOfATopicAreThoseOfTheLog(EmbeddedBroker broker) throws Exception {
    Path log = folder.resolve("truth.jsonl");
    String[] options = {"--rate", "0", "--limit", "3001", "--truth-log", log.toString()};
    try (Program emulator = Program.emulator(folder, broker, "truth", options)) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    List<ConsumerRecord<byte[], byte[]>> records = Topic.read(broker, "truth");
    int rows = 0;
    List<JsonNode> lines = lines(log);
    for (JsonNode muon : lines.subList(1, lines.size())) {
      for (JsonNode crossing : muon.get("chambers")) {
        for (JsonNode hit : crossing.get("cells")) {
          if (isSent(hit)) {
            JsonNode row = JSON.readTree(records.get(hit.get("row").asInt()).value());
            double[] chamber = CHAMBERS[crossing.get("chamber").asInt()];
            assertThat(row.get("FPGA").asInt(), is((int) chamber[0]));
            assertThat(
                row.get("TDC_CHANNEL").asInt(), is((int) chamber[1] + hit.get("cell").asInt()));
            rows++;
          }
        }
      }
    }
    assertThat(rows, allOf(greaterThan(500), lessThan(3001)));
  }

  @Test
  void whatCannotBeIsOneLine() throws IOException {
    Path csv = Files.writeString(folder.resolve("in.csv"), "2,0,1,5,5,5\n");
    String to = "--quiet --limit 10 --to " + folder.resolve("out.csv") + " ";
    Refusal.require(2, to + "--truth noise=x0,t0=5", "--truth \"t0=5\": expected =3ns, or another");
    Refusal.require(
        2,
        to + "--truth noise=x0 --source " + csv,
        "--truth noise=x0 is of the simulator: nobody knows the truth of recorded hits");
    Refusal.require(
        2, to + "--truth-log x --source " + csv, "--truth-log x is of the simulator: nobody");
    Refusal.require(2, "--replay x.rec --truth-log x", "expected no --source or --replay");
    Refusal.require(
        1, to + "--truth-log " + folder.resolve("no/x"), "cannot be written: java.nio.file.NoSuch");
    assertThat(Files.exists(folder.resolve("out.csv")), is(false));
  }

  @Test
  void aFullDiskEndsTheFileToo() {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs a device that is full");
    Path csv = folder.resolve("out.csv");
    Refusal.require(
        1,
        "--quiet --limit 100000 --to " + csv + " --truth-log /dev/full",
        "--truth-log /dev/full cannot be written: java.io.IOException: No space left on device");
    assertThat(Files.exists(csv), is(false));
  }
}
