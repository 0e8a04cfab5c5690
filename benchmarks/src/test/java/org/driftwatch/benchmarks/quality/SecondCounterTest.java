package org.driftwatch.benchmarks.quality;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.emulator.faults.DetectorFault;
import org.driftwatch.emulator.faults.FaultyDetector;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.send.KeyRule;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.send.TextEncoder;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.pipelines.reference.ReferenceMonitor;
import org.driftwatch.pipelines.reference.StreamRecord;
import org.driftwatch.pipelines.testing.Course;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecondCounterTest {
  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final String FAULT = "noisy:chamber2.cell7=x20";
  private static final String OTHER_FAULT = "dead:chamber0.layer3";
  private static final int ROWS = 12_000;
  private static final long SEED = 11;

  @ParameterizedTest
  @CsvSource({"1000, 1", "1000, 5", "4000, 2"})
  void windowsAreWhatAMonitorCountsOfTheRecordsThatTheEmulatorSends(int rate, int window)
      throws IOException {
    int seconds = ROWS / rate;
    SortedMap<String, byte[]> found = new TreeMap<>();
    WindowSums sums = new WindowSums(COURSE, window);
    Lane lane =
        Lane.faulty(
            COURSE,
            List.of(FAULT, OTHER_FAULT),
            1500,
            (seconds - 1) * 1000L,
            Transport.sound(),
            SEED,
            second ->
                sums.add(second)
                    .ifPresent(
                        w ->
                            found.put(
                                SummaryJson.key(w.first().window().orElseThrow().start()),
                                SummaryJson.write(w.first()))),
            second -> second >= seconds);
    Lane trunk = Lane.healthy(COURSE, second -> {}, second -> second >= 2);
    new VirtualRun(COURSE, new Simulator(COURSE, SEED), new SteadyPace(rate), trunk, List.of(lane))
        .play();

    SortedMap<String, JsonNode> expected =
        ReferenceMonitor.summaries(
            sent(rate, seconds + 3), Duration.ofSeconds(window), Course.JSON);
    // The checks whose detection is measured look at no segments, so none are counted.
    expected
        .values()
        .forEach(
            summary ->
                IntStream.range(0, COURSE.chambers().size())
                    .mapToObj(SummaryJson::tracksField)
                    .forEach(((ObjectNode) summary)::remove));

    assertThat(found.size(), is(seconds / window));
    found.forEach(
        (key, message) ->
            assertThat(key, ReferenceMonitor.differences(expected.get(key), message), is(empty())));
  }

  /** What the emulator sends as CSV in so many seconds, with the faults. */
  private static List<StreamRecord> sent(int rate, int seconds) {
    List<StreamRecord> records = new ArrayList<>();
    RowEncoder csv =
        TextEncoder.csv(
            COURSE,
            message -> records.add(new StreamRecord(message.value(), false, message.stamp())),
            KeyRule.none(),
            RunNumbers.parse("1"));
    long[] nanos = new long[1];
    long last = (long) ROWS / rate - 1;
    String times = "@1.5s-" + last + "s";
    FaultyDetector faulty =
        new FaultyDetector(
            COURSE,
            DetectorFault.parse(List.of(FAULT + times, OTHER_FAULT + times), COURSE),
            SEED,
            () -> nanos[0],
            csv);
    RowBatch batch = new RowBatch(new RecordPacking(COURSE), 1000);
    Simulator simulator = new Simulator(COURSE, SEED);
    long start = WindowSums.START.toEpochMilli();
    for (long row = 0; row < (long) rate * seconds; row++) {
      int i = (int) (row % 1000);
      if (i == 0) {
        batch.clear();
        simulator.read(batch);
      }
      nanos[0] = row * 1_000_000_000 / rate;
      faulty.row(batch, i, start + nanos[0] / 1_000_000);
    }
    return records;
  }
}
