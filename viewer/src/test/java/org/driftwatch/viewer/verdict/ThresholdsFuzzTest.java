package org.driftwatch.viewer.verdict;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.driftwatch.detector.testing.Fuzzer;
import org.junit.jupiter.api.Test;

/** No file makes the reader of thresholds fail or hang; see {@link Fuzzer}. */
class ThresholdsFuzzTest {
  @Test
  void thresholdsAreReadOrRefused() {
    Path file = Path.of("limits.properties");
    Fuzzer.run(
        "thresholds",
        Fuzzer.texts(
            "# limits\nstretch.minutes=5\nrate.bad.factor = 3\nshare.lowest.percent: 2\n",
            "cells.dead.below=0.1\ndrift.left.from.ns=-20\ndrift.left.to.ns=40\n"),
        List.of("=", "\n", "\\u0031", "\\\n", "rate.windows=", "1e6", "false.alarm=1e-12", "#"),
        IOException.class,
        input -> {
          Thresholds read = Thresholds.read(file, Fuzzer.text(input));
          return Arrays.stream(Thresholds.Limit.values()).map(read::get).toList().toString()
              + read.stretch();
        });
  }
}
