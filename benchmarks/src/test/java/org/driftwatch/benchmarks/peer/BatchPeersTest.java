package org.driftwatch.benchmarks.peer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.benchmarks.process.BatchContestant;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.testing.Seed;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every peer of the static batch does the whole job, on rows that are no detector's. */
class BatchPeersTest {
  private static final int ROWS = 50_000;
  private static final long LAST_ORBIT = 0xFFFF_FFFFL;
  private static final int ORBITS = 3000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir static Path folder;

  private static JsonNode expected;

  @BeforeAll
  static void writeTheFiles() throws Exception {
    Random random = Seed.random("rows of the batch's peers");
    WindowHits hits = new WindowHits();
    StringBuilder text = new StringBuilder("HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n");
    for (int i = 0; i < ROWS; i++) {
      long orbit = LAST_ORBIT - random.nextInt(ORBITS);
      int board = random.nextInt(10) == 0 ? random.nextInt(8) : random.nextInt(2);
      if (random.nextInt(10) == 0) {
        hits.add(HitReader.NO_HIT);
        text.append(
            "%d,%d,0,%d,%d,%.6f\n"
                .formatted(4, board, orbit, random.nextInt(0x8889), 153 * random.nextGaussian()));
        continue;
      }
      int channel =
          random.nextInt(20) == 0 ? 128 : random.nextInt(random.nextInt(50) == 0 ? 512 : 128);
      // Near each other, or all drift times would lie in no bin.
      int bx = (int) (orbit % 4000) + random.nextInt(40);
      int tdc = random.nextInt(32);
      hits.add(WindowHits.pack(board, channel, orbit, bx, tdc));
      text.append("2,%d,%d,%d,%d,%d\n".formatted(board, channel, orbit, bx, tdc));
    }
    expected = new ObjectMapper().readTree(SummaryJson.write(hits.summary()));
    byte[] csv = text.toString().getBytes(StandardCharsets.US_ASCII);
    Files.write(folder.resolve("run.csv"), csv);
    try (GZIPOutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("run.csv.gz")))) {
      out.write(csv);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DUCKDB_CSV", "DUCKDB_GZIP", "SPARK_SQL"})
  void summarisesAsTheReferenceDoes(BatchContestant peer) throws Exception {
    Path output = folder.resolve(peer + ".json");
    try (Program program =
        peer.start(
            folder.resolve("run" + peer.ending()),
            output,
            Path.of("..").toAbsolutePath().normalize(),
            folder)) {
      Program.Cost cost = program.awaitEndWatching(PATIENCE);
      assertThat(cost.cpuSeconds(), greaterThan(0.1));
    }
    assertThat(new ObjectMapper().readTree(output.toFile()), is(expected));
  }

  @Test
  void theRowsReachEveryNumberOfASummary() {
    for (String count : new String[] {"scintillator_hits", "other_hits", "scintillator_orbits"}) {
      assertThat(count, expected.get(count).asLong(), greaterThan(100L));
    }
    for (int chamber = 0; chamber < 4; chamber++) {
      JsonNode drift = expected.get("histo_drift_ch" + chamber);
      assertThat(drift.get("underflow").asLong(), greaterThan(100L));
      assertThat(drift.get("overflow").asLong(), greaterThan(100L));
      assertThat(drift.get("bin_counts").get(40).asLong(), greaterThan(10L));
    }
  }
}
