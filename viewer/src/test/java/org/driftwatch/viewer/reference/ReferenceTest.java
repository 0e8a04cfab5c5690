package org.driftwatch.viewer.reference;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.viewer.Detectors;
import org.driftwatch.viewer.Summaries;
import org.driftwatch.viewer.model.ChannelLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceTest {
  private static final int[] EDGES = Histogram.regularEdges(0, 1, 40);

  @TempDir private Path folder;

  private final WindowSummary sum = Summaries.window(0, 0, new Random(1));
  private final long seed = Long.getLong("driftwatch.seed", 20);
  private final Random random = new Random(seed);

  @Test
  void whatIsSavedIsLoadedAgain() throws IOException {
    Path file = folder.resolve("a.json");
    new Reference("a.json", "course", 7, sum).save(file);
    assertThat(Reference.load(file), is(new Reference("a.json", "course", 7, sum)));
  }

  private String saved() throws IOException {
    Path file = folder.resolve("sound.json");
    new Reference("sound.json", "course", 7, sum).save(file);
    return Files.readString(file);
  }

  private void refused(String text, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("b.json"), text);
    IOException refused = assertThrows(IOException.class, () -> Reference.load(file));
    assertThat(refused.getMessage(), containsString("reference " + file));
    assertThat(refused.getMessage(), containsString(reason));
  }

  @Test
  void whatIsNoReferenceIsRefusedWithTheReason() throws IOException {
    refused("{", "line 1 is no JSON");
    refused("[]", "not a reference: \"format\" is not");
    refused("{\"format\":\"driftwatch-reference\",\"version\":9}", "version 9, expected 1");
    refused("{\"format\":\"driftwatch-reference\",\"version\":1}", "sum");
    for (String windows : List.of("", "\"windows\":-1,", "\"windows\":\"7\",")) {
      refused(saved().replace("\"windows\":7,", windows), "\"windows\" is missing or no count");
    }
    Path missing = folder.resolve("none.json");
    IOException refused = assertThrows(IOException.class, () -> Reference.load(missing));
    assertThat(refused.getMessage(), is("reference " + missing + " does not exist"));
  }

  @Test
  void otherBinsAreRefusedPlainly() {
    Reference reference = new Reference("a.json", "course", 7, sum);
    ChannelLayout swapped =
        new ChannelLayout(SummaryLayout.of(Summaries.COURSE), List.of(64, 0, 0, 64));
    assertThat(
        reference.objection(swapped).orElseThrow(),
        is(
            "reference a.json has other bins: chamber 0 begins at TDC channel 0, the data at 64;"
                + " only the same bins are compared"));
    assertThat(
        reference.objection(ChannelLayout.of(Detectors.of("two", 2, 4, 16))).orElseThrow(),
        is(
            "reference a.json is of another detector: it has 4 chambers of 64 cells, the data 2"
                + " chambers of 64 cells"));
    assertThat(reference.objection(ChannelLayout.of(Summaries.COURSE)), is(Optional.empty()));
    IllegalArgumentException bins =
        assertThrows(
            IllegalArgumentException.class,
            () -> Comparison.of(sum.chamber(0).occupancy(), sum.chamber(0).driftTime()));
    assertThat(bins.getMessage(), containsString("80 bins from -150 to 650"));
  }

  private Histogram counts(double perBin, double slope) {
    long[] counts = new long[40];
    for (int i = 0; i < counts.length; i++) {
      double mean = perBin * (1 + slope * (i - 19.5) / 20);
      counts[i] = Math.round(mean + Math.sqrt(mean) * random.nextGaussian());
    }
    return Histogram.of(EDGES, counts, 0, 0);
  }

  @Test
  void countsOfOneSourceAgreeAsOftenAsChanceSays() {
    int below = 0;
    int trials = 2_000;
    for (int i = 0; i < trials; i++) {
      Comparison comparison = Comparison.of(counts(900, 0.3), counts(300, 0.3));
      below += comparison.probability() < 0.1 ? 1 : 0;
    }
    assertThat("seed " + seed, below / (double) trials, closeTo(0.1, 0.03));
  }

  @Test
  void countsOfAnotherShapeDisagreeAndTheDistanceSaysByHowMuch() {
    Comparison comparison = Comparison.of(counts(900, 0.3), counts(300, -0.3));
    assertThat(comparison.probability(), lessThan(1e-6));
    assertThat(comparison.kolmogorov(), greaterThan(0.1));
    assertThat(comparison.scale(), closeTo(3, 0.2));
    assertThat(comparison.degreesOfFreedom(), is(39));
    assertThat(comparison.words(false).get(0), containsString("/39, p < 0.001, K 0.1"));
  }

  @Test
  void theSameCountsAgreeWhollyAndNothingComparesWithNothing() {
    Histogram counts = counts(100, 0);
    Comparison same = Comparison.of(counts, counts);
    assertThat(same.chi2(), is(0.0));
    assertThat(same.probability(), is(1.0));
    assertThat(same.kolmogorov(), is(0.0));
    Histogram none = Histogram.of(EDGES, new long[40], 3, 4);
    assertThat(Comparison.of(none, counts).words(false), is(List.of("no entries to compare")));
  }
}
