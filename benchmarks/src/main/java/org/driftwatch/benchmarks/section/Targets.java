package org.driftwatch.benchmarks.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.benchmarks.process.BatchContestant;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.report.Measurements;
import org.driftwatch.benchmarks.report.Measurements.Measured;
import org.driftwatch.benchmarks.report.Target;

/** What is to be reached, beside what was. */
public final class Targets {
  private Targets() {}

  /** The targets whose quantities were measured. */
  public static List<Target> of(Measurements measured) {
    List<Target> targets = new ArrayList<>();
    ratio(targets, measured, Contestant.PLAIN_SPARK, 20);
    ratio(targets, measured, Contestant.ONE_PASS_SPARK, 3);
    ratio(targets, measured, Contestant.KAFKA_STREAMS, 1);
    ratio(targets, measured, Contestant.LOOP, 0.35);
    String words = Section.WORDS.title();
    String live = Section.LIVE.title();
    String micro = Section.MICRO.title();
    String spark = Contestant.SPARK.title();
    String directJson = LiveSection.subject(Contestant.DIRECT, false);
    String directWords = LiveSection.subject(Contestant.DIRECT, true);
    atLeast(
        targets,
        "Spark local[2], word blocks, sustained, hits/s",
        1_340_000,
        measured.find(words, spark, Sustained.RATE));
    atLeast(
        targets,
        "DirectRunner, JSON, live, records/s",
        10_000,
        measured.find(live, directJson, LiveSection.HELD));
    atMost(
        targets,
        "DirectRunner, JSON, live at 10,000 records/s, median latency, s",
        1,
        measured.find(live, directJson, LiveSection.latencyAt(LiveSection.JSON_RATE)));
    atLeast(
        targets,
        "DirectRunner, word blocks, live, records/s",
        300_000,
        measured.find(live, directWords, LiveSection.HELD));
    atMost(
        targets,
        "parsing one JSON hit, ns",
        150,
        measured.find(micro, MicroSection.JSON, MicroSection.TIME));
    atMost(
        targets,
        "parsing one JSON hit, bytes allocated beyond the result",
        0.5,
        measured.find(micro, MicroSection.JSON, MicroSection.ALLOCATED));
    atMost(
        targets,
        "parsing a word, ns",
        3,
        measured.find(micro, MicroSection.WORD, MicroSection.TIME));
    atMost(
        targets,
        "accumulating a hit, merge and counting included, ns",
        40,
        measured.find(micro, MicroSection.ACCUMULATE, MicroSection.TIME));
    atMost(
        targets,
        "Spark local[2], word blocks, core-seconds per million hits",
        1.5,
        measured.find(words, spark, Sustained.CPU));
    atMost(
        targets,
        "viewer, a picture of a day of windows, s",
        5,
        measured.find(Section.VIEWER.title(), ViewerSection.DAY, ViewerSection.TIME));
    ofBatch(targets, measured);
    ofThreePartitions(targets, measured);
    atMost(
        targets,
        "viewer, peak memory with thirty days of windows, MB",
        512,
        measured.find(Section.VIEWER.title(), ViewerSection.MONTH, ViewerSection.MEMORY));
    atLeast(
        targets,
        "viewer, pictures a second beside thirty days of windows",
        20,
        measured.find(Section.VIEWER.title(), ViewerSection.LIVE, ViewerSection.FRAMES));
    atMost(
        targets,
        "viewer, CPU for them, cores",
        0.5,
        measured.find(Section.VIEWER.title(), ViewerSection.LIVE, ViewerSection.CORES));
    atMost(
        targets,
        "viewer, newest of thirty days of windows drawn, s",
        5,
        measured.find(Section.VIEWER.title(), ViewerSection.NEWEST, ViewerSection.DRAWN));
    return targets;
  }

  private static void ofBatch(List<Target> targets, Measurements measured) {
    String section = Section.BATCH.title();
    String largest = BatchSection.LARGEST;
    atMost(
        targets,
        "batch, CSV, largest file, time to that of peer (e) DuckDB",
        0.7,
        measured.find(section, largest, BatchSection.TO_DUCKDB));
    atLeast(
        targets,
        "batch, words, largest file, speed to that of CSV",
        1.5,
        measured.find(section, largest, BatchSection.WORDS_TO_CSV));
    atMost(
        targets,
        "batch, largest file, peak memory, MB",
        1500,
        measured.find(section, largest, BatchSection.MEMORY));
    atMost(
        targets,
        "batch, CSV of 1 MB, start to end, s",
        2.5,
        measured.find(
            section,
            BatchSection.subject(BatchContestant.CSV, BatchSection.SMALL_ROWS),
            BatchSection.TIME));
  }

  private static void ofThreePartitions(List<Target> targets, Measurements measured) {
    String section = Section.VIEWER.title();
    Optional<Measured> one = measured.find(section, ViewerSection.DAY, ViewerSection.TIME);
    Optional<Measured> three =
        measured.find(section, ViewerSection.DAY_OF_THREE, ViewerSection.TIME);
    if (one.isPresent() && three.isPresent()) {
      targets.add(
          Target.atMost(
              "viewer, a picture of a day of windows, three partitions to one",
              1.1,
              three.get().median() / one.get().median()));
    }
  }

  private static void ratio(
      List<Target> targets, Measurements measured, Contestant peer, double wanted) {
    String section = Section.PEERS.title();
    Optional<Measured> ours = measured.find(section, Contestant.SPARK.title(), Sustained.RATE);
    Optional<Measured> theirs = measured.find(section, peer.title(), Sustained.RATE);
    if (ours.isPresent() && theirs.isPresent()) {
      targets.add(
          Target.atLeast(
              "Spark local[2], JSON, sustained, to peer " + peer.title(),
              wanted,
              ours.get().median() / theirs.get().median()));
    }
  }

  private static void atLeast(
      List<Target> targets, String what, double wanted, Optional<Measured> measured) {
    measured.ifPresent(m -> targets.add(Target.atLeast(what, wanted, m.median())));
  }

  private static void atMost(
      List<Target> targets, String what, double wanted, Optional<Measured> measured) {
    measured.ifPresent(m -> targets.add(Target.atMost(what, wanted, m.median())));
  }
}
