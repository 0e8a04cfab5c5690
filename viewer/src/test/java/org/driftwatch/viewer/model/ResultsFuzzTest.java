package org.driftwatch.viewer.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.testing.Fuzzer;
import org.driftwatch.detector.testing.RandomSummaries;
import org.junit.jupiter.api.Test;

/** No message makes the readers of results fail, hang, or differ; see {@link Fuzzer}. */
class ResultsFuzzTest {
  @Test
  void theFastReaderReadsWhatTheFullOneReads() {
    Fuzzer.run(
        "SummaryScanner",
        Fuzzer.someOf(random -> SummaryJson.write(new RandomSummaries(random).next())),
        List.of(
            "{",
            "}",
            ",",
            "],",
            ",\"incomplete\":true",
            "\"incomplete\":[true],",
            "2026-02-30T24:60:60.000Z",
            "0000-01-01T00:00:00.000Z",
            "-1",
            "999999999999999999"),
        SummaryJson.FormatException.class,
        ResultsFuzzTest::read);
  }

  private static Object read(byte[] input) throws SummaryJson.FormatException {
    Optional<PackedWindow> scanned = SummaryScanner.ofThisThread().scan(ByteBuffer.wrap(input));
    if (scanned.isPresent()) {
      assertThat(scanned.get().summary(), is(SummaryJson.read(input)));
    }
    ResultMessage message = ResultMessage.read(null, ByteBuffer.wrap(input));
    return message instanceof ResultMessage.Window window
        ? window.window().summary()
        : new Fuzzer.Refused(message);
  }

  @Test
  void keysAreReadOrRefused() {
    byte[] value = SummaryJson.write(new RandomSummaries(new Random(1)).next());
    Fuzzer.run(
        "keys of results",
        Fuzzer.texts("2026-11-20T20:36:46.000Z", "2026-11-20T20:36:46Z"),
        List.of("Z", "T", ":", "-", "+1000000000-12-31T23:59:59.999999999Z", "+02:00"),
        SummaryJson.FormatException.class,
        input -> {
          assertThat(
              ResultMessage.read(input, ByteBuffer.wrap(value)) instanceof ResultMessage.Malformed,
              is(true));
          ResultMessage deleted = ResultMessage.read(input, null);
          return deleted instanceof ResultMessage.Deleted key
              ? key.windowStart().toEpochMilli()
              : new Fuzzer.Refused(deleted);
        });
  }
}
