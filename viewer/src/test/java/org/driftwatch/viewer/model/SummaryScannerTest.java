package org.driftwatch.viewer.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Summaries;
import org.junit.jupiter.api.Test;

class SummaryScannerTest {
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);
  private final SummaryScanner scanner = new SummaryScanner();

  private Optional<WindowSummary> scan(byte[] message) {
    return scanner.scan(message).map(PackedWindow::summary);
  }

  @Test
  void whatThePipelineWritesIsReadAsTheFullReaderReadsIt() throws Exception {
    for (int n = 0; n < 300; n++) {
      int first = 64 * random.nextInt(7);
      Summaries.ChamberChannels channels =
          new Summaries.ChamberChannels(List.of(first, 64, 0, random.nextInt(300)));
      WindowSummary window = Summaries.window(n * 9_999, random.nextInt(3), channels, random);
      byte[] message = SummaryJson.write(random.nextBoolean() ? window.markedIncomplete() : window);
      assertThat("seed " + seed, scan(message), is(Optional.of(SummaryJson.read(message))));
    }
  }

  @Test
  void aWindowThatLacksRecordsStaysMarked() {
    byte[] message = SummaryJson.write(Summaries.window(3, 0, random).markedIncomplete());
    assertThat(scan(message).orElseThrow().incomplete(), is(true));
  }

  @Test
  void aDamagedMessageIsReadAsTheFullReaderReadsItOrNotAtAll() {
    byte[] message = SummaryJson.write(Summaries.window(3, 0, random).markedIncomplete());
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
