package org.driftwatch.viewer.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummaryScannerTest {
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);
  private final SummaryScanner scanner = new SummaryScanner();

  @BeforeEach
  void expectTheCourse() {
    scanner.expect(ChannelLayout.of(Summaries.COURSE));
  }

  private Optional<WindowSummary> scan(byte[] message) {
    return scanner.scan(ByteBuffer.wrap(message)).map(PackedWindow::summary);
  }

  @Test
  void whatThePipelineWritesIsReadAsTheFullReaderReadsIt() throws Exception {
    for (int detector = 0; detector < 30; detector++) {
      DetectorDescription any = detector == 0 ? Summaries.COURSE : Detectors.random(random);
      scanner.expect(ChannelLayout.of(any));
      for (int n = 0; n < 10; n++) {
        WindowSummary window = Summaries.window(any, n * 9_999, random.nextInt(3), random);
        byte[] message =
            SummaryJson.write(random.nextBoolean() ? window.markedIncomplete() : window);
        assertThat("seed " + seed, scan(message), is(Optional.of(SummaryJson.read(message))));
      }
    }
  }

  @Test
  void runNumbersAreReadAsTheFullReaderReadsThem() throws Exception {
    for (List<Long> runs : List.of(List.of(591L), List.of(0L, 591L, Long.MAX_VALUE / 100))) {
      byte[] message = SummaryJson.write(Summaries.ofRuns(0, runs, random));
      assertThat(scan(message), is(Optional.of(SummaryJson.read(message))));
      assertThat(scan(message).orElseThrow().runs(), is(runs));
    }
  }

  @Test
  void aMessageOfOtherChambersOrChannelsIsLeftToTheFullReaderOnce() throws Exception {
    byte[] course = SummaryJson.write(Summaries.window(0, 0, random));
    for (WindowSummary other :
        List.of(
            Summaries.window(Detectors.of("one", 1, 4, 16), 0, 0, random),
            Summaries.window(0, 0, List.of(64, 0, 0, 64), random))) {
      scanner.expect(ChannelLayout.of(SummaryJson.read(course)));
      byte[] message = SummaryJson.write(other);
      assertThat(scan(message), is(Optional.empty()));
      scanner.expect(ChannelLayout.of(other));
      assertThat(scan(message), is(Optional.of(other)));
      assertThat(scan(course), is(Optional.empty()));
    }
  }

  @Test
  void beforeTheFirstMessageNothingIsKnown() {
    byte[] message = SummaryJson.write(Summaries.window(0, 0, random));
    assertThat(new SummaryScanner().scan(ByteBuffer.wrap(message)), is(Optional.empty()));
  }

  @Test
  void aWindowThatLacksRecordsStaysMarked() {
    byte[] message = SummaryJson.write(Summaries.window(3, 0, random).markedIncomplete());
    assertThat(scan(message).orElseThrow().incomplete(), is(true));
  }

  @Test
  void aDamagedMessageIsReadAsTheFullReaderReadsItOrNotAtAll() {
    byte[] message =
        SummaryJson.write(Summaries.ofRuns(3, List.of(591L, 592L), random).markedIncomplete());
    int left = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = damage(message);
      Optional<WindowSummary> scanned = scan(damaged);
      if (scanned.isEmpty()) {
        left++;
        continue;
      }
      try {
        assertThat("seed " + seed, scanned.get(), is(SummaryJson.read(damaged)));
      } catch (SummaryJson.FormatException e) {
        throw new AssertionError("seed " + seed + ": " + new String(damaged, UTF_8), e);
      }
    }
    assertThat("left to the full reader", left, greaterThan(5_000));
  }

  private byte[] damage(byte[] message) {
    byte[] damaged = message.clone();
    int at = random.nextInt(4) == 0 ? random.nextInt(300) : random.nextInt(message.length);
    switch (random.nextInt(4)) {
      case 0 -> damaged[at] = (byte) random.nextInt(128);
      case 1 -> damaged[at] = (byte) ('0' + random.nextInt(10));
      case 2 -> damaged = Arrays.copyOf(damaged, at);
      default -> {
        damaged = Arrays.copyOf(damaged, damaged.length + 1);
        System.arraycopy(message, at, damaged, at + 1, message.length - at);
        damaged[at] = (byte) "0123456789,]} ".charAt(random.nextInt(14));
      }
    }
    return damaged;
  }

  @Test
  void daysThatNoCalendarHasAreLeftToTheFullReader() {
    String message = new String(SummaryJson.write(Summaries.window(0, 0, random)), UTF_8);
    for (String start : List.of("2026-02-30", "2026-13-01", "2026-00-01")) {
      assertThat(
          scan(message.replaceFirst("2026-11-20", start).getBytes(UTF_8)).isEmpty(), is(true));
    }
  }
}
