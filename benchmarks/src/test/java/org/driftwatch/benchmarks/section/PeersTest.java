package org.driftwatch.benchmarks.section;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.report.Measurements;
import org.driftwatch.benchmarks.stream.RecordedStream;
import org.driftwatch.benchmarks.stream.StreamShape;
import org.driftwatch.emulator.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A comparison is worth something between equals only: every peer does the whole job. */
class PeersTest {
  private static final StreamShape SHAPE = StreamShape.json(3, 1024, 2);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static EmbeddedBroker broker;
  private static Bench bench;
  private static RecordedStream stream;

  @BeforeAll
  static void writeTheStream() throws Exception {
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    bench =
        new Bench(
            broker.bootstrapServers(),
            Path.of("..").toAbsolutePath().normalize(),
            folder,
            new Bench.Scale(1, 1, 3, 0, 0, List.of(), folder, List.of()),
            EnumSet.allOf(Contestant.class),
            new Measurements(),
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
            new AtomicInteger());
    stream = RecordedStream.write(broker.bootstrapServers(), "stream", SHAPE);
  }

  @AfterAll
  static void stopTheBroker() {
    broker.close();
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SPARK", "DIRECT", "FLINK"},
      mode = EnumSource.Mode.EXCLUDE)
  void publishesEveryWindowAsTheReferenceHasIt(Contestant peer) throws Exception {
    BacklogRun run = BacklogRun.of(bench, peer, stream, LIMIT);

    assertThat(run.difference(broker.bootstrapServers()), is(Optional.empty()));
  }
}
