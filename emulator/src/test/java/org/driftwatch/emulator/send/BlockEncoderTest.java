package org.driftwatch.emulator.send;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.RowBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockEncoderTest {
  private static final long START = 1_800_000_000_000L;
  private static final int BLOCK = 128;

  private final Sent sent = new Sent();
  private final BlockEncoder encoder =
      new BlockEncoder(Course.DETECTOR, sent, RunNumbers.parse("1"), BLOCK);
  private final RowBatch batch = Course.batch(4096);

  /** Sends simulated rows at a rate as the emulator would; the rows by due time. */
  private List<DaqRecord> play(int rows, double perMilli) {
    Simulator simulator = new Simulator(Course.DETECTOR, 5);
    List<DaqRecord> all = new ArrayList<>();
    while (all.size() < rows) {
      batch.clear();
      simulator.read(batch);
      for (int i = 0; i < batch.size(); i++) {
        long due = START + (long) (all.size() / perMilli);
        encoder.release(due);
        encoder.row(batch, i, due);
        all.add(batch.row(i));
      }
    }
    encoder.flush();
    return all;
  }

  @ParameterizedTest
  @CsvSource({"1", "100", "5000"})
  void everyRowIsSentOnceAndHitsOfAnOrbitShareOneStamp(double perMilli) {
    List<DaqRecord> rows = play(100_000, perMilli);

    Map<Long, Integer> expected = new HashMap<>();
    rows.stream()
        .filter(Course::isHit)
        .forEach(row -> expected.merge(Course.word(row), 1, Integer::sum));
    Map<Long, Integer> found = new HashMap<>();
    Map<Long, Long> stamps = new HashMap<>();
    int sentRows = 0;
    for (Message message : sent.messages) {
      sentRows += message.rows();
      List<Long> hits = Sent.readHits(message.value(), message.words());
      assertThat(hits, hasSize(message.hits()));
      for (long hit : hits) {
        found.merge(hit, 1, Integer::sum);
        Long known = stamps.putIfAbsent(Course.orbit(hit), message.stamp());
        assertThat(known == null ? message.stamp() : known, is(message.stamp()));
      }
    }
    assertThat(found, equalTo(expected));
    assertThat(sentRows, is(rows.size()));
  }

  @ParameterizedTest
  @CsvSource({"1", "100"})
  void theStampOfAnOrbitPrecedesItsFirstDueTimeByAFewMillisecondsAtMost(double perMilli) {
    List<DaqRecord> rows = play(50_000, perMilli);
    Map<Long, Long> firstDue = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      if (Course.isHit(rows.get(i))) {
        firstDue.putIfAbsent(rows.get(i).orbit(), START + (long) (i / perMilli));
      }
    }
    for (Message message : sent.messages) {
      for (long hit : Sent.readHits(message.value(), message.words())) {
        long due = firstDue.get(Course.orbit(hit));
        assertThat(
            due - message.stamp(),
            allOf(greaterThanOrEqualTo(0L), lessThan((long) StampSlots.LONGEST_MS)));
      }
    }
  }

  @Test
  void blocksAreNearlyFullAtHighRates() {
    play(2_000_000, 5000);
    long words = 0;
    long blocks = 0;
    for (Message message : sent.messages) {
      if (message.words()) {
        blocks++;
        words += message.rows();
      }
    }
    assertThat((double) words / blocks, greaterThan(0.9 * BLOCK));
  }

  @Test
  void wordsAreLittleEndianAndMarkedAsWords() {
    batch.add(0x0102030405060708L, 0);
    encoder.row(batch, 0, START);
    encoder.flush();
    assertThat(sent.messages.get(0).words(), is(true));
    assertThat(sent.messages.get(0).value(), is(new byte[] {8, 7, 6, 5, 4, 3, 2, 1}));
  }

  @Test
  void rowsThatDoNotFitAWordGoBesideAsJson() {
    batch.add(new DaqRecord(4, 0, 0, 3387339394L, 0, -0.5625));
    batch.add(new DaqRecord(0, 1, 2, 3387315431L, 1119, 24));
    batch.add(new DaqRecord(3, 0, 0, 3387339394L, 34952, 0));
    for (int i = 0; i < 3; i++) {
      encoder.row(batch, i, START);
    }
    encoder.flush();
    assertThat(sent.messages, hasSize(2));
    assertThat(sent.messages.get(0).rows(), is(1));
    assertThat(
        new String(sent.messages.get(1).value(), StandardCharsets.UTF_8),
        is(
            """
            {"HEAD":4,"FPGA":0,"TDC_CHANNEL":0,"ORBIT_CNT":3387339394,"BX_COUNTER":0,"TDC_MEAS":-0.5625}
            {"HEAD":3,"FPGA":0,"TDC_CHANNEL":0,"ORBIT_CNT":3387339394,"BX_COUNTER":34952,"TDC_MEAS":0}"""));
  }

  @Test
  void whereValuesAreWordsABlockHasItsHeaderAndNeedsNoMark() throws IOException {
    DetectorDescription detector = DetectorDescription.load("daq-blocks");
    RowBatch rows = new RowBatch(new RecordPacking(detector), 1000);
    new Simulator(detector, 4).read(rows);
    RunNumbers runs = RunNumbers.parse("591,592@30s");
    BlockEncoder blocks = new BlockEncoder(detector, sent, runs, BLOCK);
    for (int i = 0; i < rows.size(); i++) {
      blocks.row(rows, i, START + (i < 500 ? 0 : 30_000));
    }
    blocks.flush();

    Set<Long> found = new TreeSet<>();
    int sentRows = 0;
    int hits = 0;
    for (Message message : sent.messages) {
      assertThat(message.words(), is(false));
      assertThat(message.value().length, is(8 + 8 * message.rows()));
      sentRows += message.rows();
      for (Sent.Hit hit : Sent.readHits(detector, message.value(), false)) {
        found.add(hit.run());
        hits++;
      }
    }
    assertThat(sentRows, is(1000));
    assertThat(hits, is(sent.messages.stream().mapToInt(Message::hits).sum()));
    assertThat(found, contains(591L, 592L));
    assertThat(sent.messages.get(0).value().length, is(8 + 8 * BLOCK));
    assertThat(
        Arrays.copyOf(sent.messages.get(0).value(), 8), is(new byte[] {79, 2, 0, 0, 0, 0, 0, 0}));
  }

  @Test
  void anUnfilledBlockLeavesByItsAge() {
    batch.add(Course.hit(0, 1, 11, 0, 1), 0);
    encoder.row(batch, 0, START);
    long deadline = encoder.deadline();
    assertThat(deadline, allOf(greaterThan(START), lessThanOrEqualTo(START + 200)));
    encoder.release(deadline - 1);
    assertThat(sent.messages, hasSize(0));
    encoder.release(deadline);
    assertThat(sent.messages, hasSize(1));
    assertThat(encoder.deadline(), is(RowEncoder.NO_DEADLINE));
  }
}
