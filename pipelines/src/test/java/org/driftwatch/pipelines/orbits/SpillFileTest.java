package org.driftwatch.pipelines.orbits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.testing.Seed;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
  @TempDir Path folder;

  private static PackedRun run(Random random) {
    long[] hits = random.longs(1 + random.nextInt(500), 0, 1L << 40).sorted().toArray();
    return new PackedRun(OrbitRuns.pack(Course.PACKING, HitGroup.NONE, hits, hits.length));
  }

  @Test
  void hitsBeyondTheHeapsShareComeBackAsTheyWereAndLeaveNoFile() throws IOException {
    Random random = Seed.random("spill");
    List<PackedRun> runs = new ArrayList<>();
    List<PackedRun> kept = new ArrayList<>();
    try (SpillFile file = new SpillFile(folder, 10_000)) {
      for (int i = 0; i < 100; i++) {
        runs.add(run(random));
        kept.add(file.keep(runs.get(i)));
      }

      assertThat("its name is gone", folder.toFile().list(), is(emptyArray()));
      for (int i = 0; i < runs.size(); i++) {
        PackedRun found = file.get(kept.get(i).number());
        assertThat(found.bytes(), is(runs.get(i).bytes()));
        assertThat(found.size(), is(runs.get(i).size()));
        assertThat(found.mark(), is(runs.get(i).mark()));
        assertThat(found.firstOrbit(), is(runs.get(i).firstOrbit()));
      }
    }
  }

  @Test
  void stepsHandOnNumbersInPlaceOfHits() throws IOException {
    Random random = Seed.random("kept hits");
    try (SpillFile file = SpillFile.open()) {
      HitAccumulator hits =
          new HitAccumulator(7, 2, List.of(591L), 5, List.of(run(random), run(random)));
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      KeptHitsCoder coder = new KeptHitsCoder(file.id());

      coder.encode(hits.keptIn(file), bytes);

      assertThat(bytes.size() < 20, is(true));
      assertThat(coder.decode(new ByteArrayInputStream(bytes.toByteArray())), is(hits));
    }
  }

  @Test
  void aFolderThatTakesNoFileIsToldWithTheRemedy() throws IOException {
    try (SpillFile file = new SpillFile(folder.resolve("none"), 0)) {
      UncheckedIOException failure =
          assertThrows(UncheckedIOException.class, () -> file.keep(run(new Random(1))));

      assertThat(
          failure.getMessage(),
          allOf(
              containsString("cannot be written to " + folder.resolve("none")),
              containsString("java.io.tmpdir")));
    }
  }
}
