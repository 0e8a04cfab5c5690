package org.driftwatch.quality.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/**
 * Windows of two seconds of the course's detector, as simple as they may be for all that is judged
 * to be well: the same number gives the same window.
 */
final class Windows {
  static final Instant START = Instant.parse("2026-11-20T20:00:00Z");
  static final int SECONDS = 2;

  private static final DetectorDescription COURSE = DetectorDescription.course();
  private static final double[] SHARES = {0.17, 0.37, 0.24, 0.22};
  private static final int HITS = 4_000;

  private Windows() {}

  static Instant start(int number) {
    return START.plusSeconds((long) SECONDS * number);
  }

  static Instant end(int number) {
    return start(number + 1);
  }

  /** A window of a detector that is well. */
  static WindowSummary healthy(int number) {
    return window(number, 0, OptionalInt.empty());
  }

  /** A window in which a chamber is silent. */
  static WindowSummary dead(int number, int chamber) {
    return window(number, 0, OptionalInt.of(chamber));
  }

  /** A window of other rates of hits. */
  static WindowSummary scaled(int number, double factor) {
    return window(number, 0, OptionalInt.empty(), factor);
  }

  /** A window of a detector with other chambers. */
  static WindowSummary foreign(int number) {
    WindowSummary ours = healthy(number);
    return new WindowSummary(
        ours.head(),
        ours.totImport(),
        0,
        ours.hits(),
        ours.scintillatorHits(),
        0,
        ours.orbits(),
        ours.scintillatorOrbits(),
        ours.chambers().subList(0, 3));
  }

  static WindowSummary window(int number, int revision, OptionalInt dead) {
    return window(number, revision, dead, 1);
  }

  private static WindowSummary window(int number, int revision, OptionalInt dead, double factor) {
    Random random = new Random(number);
    List<ChamberSummary> chambers = new ArrayList<>();
    long inChambers = 0;
    for (int i = 0; i < SHARES.length; i++) {
      ChamberSummary chamber =
          chamber(i, dead.equals(OptionalInt.of(i)) ? 0 : HITS * factor * SHARES[i], random);
      chambers.add(chamber);
      inChambers += chamber.hits();
    }
    long scintillator = Math.round(8 * factor);
    return new WindowSummary(
        new WindowSummary.Head(
            Optional.of(new WindowSummary.Span(start(number), end(number))),
            revision,
            false,
            List.of()),
        (inChambers + scintillator) * 10 / 9,
        0,
        inChambers + scintillator,
        scintillator,
        0,
        inChambers / 3,
        scintillator,
        chambers);
  }

  private static ChamberSummary chamber(int number, double hits, Random random) {
    DetectorDescription.Chamber chamber = COURSE.chambers().get(number);
    long[] cells = new long[chamber.size()];
    long sum = 0;
    for (int cell = 0; cell < cells.length; cell++) {
      double mean = hits / cells.length;
      cells[cell] = mean == 0 ? 0 : Math.round(mean + Math.sqrt(mean) * random.nextGaussian() / 2);
      sum += cells[cell];
    }
    long[] active = new long[cells.length];
    long muons = Math.round(hits / 30);
    active[0] = Math.round(hits / 5);
    active[2] = muons / 4;
    active[3] = muons;
    active[4] = muons / 4;
    List<Histogram> histograms = new ArrayList<>();
    for (ChamberHistogram which : ChamberHistogram.values()) {
      long[] counts =
          switch (which) {
            case OCCUPANCY -> cells;
            case ACTIVE_CHANNELS -> active;
            default -> new long[which.bins(cells.length)];
          };
      histograms.add(Histogram.of(which.edges(chamber.firstBin(), cells.length), counts, 0, 0));
    }
    return new ChamberSummary(sum, histograms);
  }

  static ProducerRecord<byte[], byte[]> message(String topic, WindowSummary window) {
    return new ProducerRecord<>(
        topic,
        SummaryJson.key(window.window().orElseThrow().start()).getBytes(UTF_8),
        SummaryJson.write(window));
  }

  /** A window under the key of another. */
  static ProducerRecord<byte[], byte[]> otherKey(String topic, WindowSummary window, String key) {
    return new ProducerRecord<>(topic, key.getBytes(UTF_8), SummaryJson.write(window));
  }
}
