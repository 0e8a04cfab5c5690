package org.driftwatch.benchmarks.process;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectionLogTest {
  @TempDir Path folder;

  @Test
  void allocationIsWhatTheHeapGrewByBetweenCollections() throws IOException {
    Path log = folder.resolve("log.gc");
    Files.write(
        log,
        List.of(
            "[1000ms] Using G1",
            "[2000ms] GC(0) Pause Young (Normal) (G1 Evacuation Pause) 100M->20M(528M) 7.977ms",
            "[3000ms] GC(1) Pause Young (Normal) (G1 Evacuation Pause) 120M->30M(528M) 7.977ms",
            "[3500ms] GC(2) Concurrent Mark Cycle",
            "[4000ms] GC(3) Pause Young (Normal) (G1 Evacuation Pause) 1G->30M(2G) 7.977ms",
            "[9000ms] GC(4) Pause Full (System.gc()) 500M->30M(528M) 7.977ms"));

    CollectionLog collections = CollectionLog.read(log);

    assertThat(
        collections.allocatedUntil(Instant.ofEpochMilli(4000)),
        is((100 + (120 - 20) + (1024 - 30)) * 1048576L));
  }

  @Test
  void withoutACollectionNothingIsKnownToBeAllocated() throws IOException {
    CollectionLog none = CollectionLog.read(folder.resolve("missing.gc"));

    assertThat(none.allocatedUntil(Instant.now()), is(0L));
  }
}
