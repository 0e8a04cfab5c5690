package org.driftwatch.benchmarks.section;

import java.io.IOException;

/** The parts of the measurements, each of which can be run alone. */
public enum Section {
  /** The inner parts. */
  MICRO("Inner parts"),
  /** The peers and ours, JSON. */
  PEERS("Beside the peers: from a backlog, one JSON hit per record"),
  /** Ours, words. */
  WORDS("From a backlog, blocks of 128 words"),
  /** The static batch. */
  BATCH("Files in one static batch"),
  /** Rates that can be held, and latency. */
  LIVE("Live"),
  /** How throughput grows. */
  GROWTH("Growth"),
  /** The emulator. */
  EMULATOR("Emulator"),
  /** The viewer. */
  VIEWER("Viewer"),
  /** Verdicts. */
  QUALITY("Verdicts: detection of faults, false alarms");

  private final String title;

  Section(String title) {
    this.title = title;
  }

  /** Its heading. */
  public String title() {
    return title;
  }

  /** True where it needs a broker. */
  public boolean usesKafka() {
    return this != MICRO && this != BATCH && this != QUALITY;
  }

  /** Measures it. */
  public void run(Bench bench) throws IOException, InterruptedException {
    switch (this) {
      case MICRO -> MicroSection.run(bench);
      case PEERS -> PeersSection.run(bench);
      case WORDS -> WordsSection.run(bench);
      case BATCH -> BatchSection.run(bench);
      case LIVE -> LiveSection.run(bench);
      case GROWTH -> GrowthSection.run(bench);
      case EMULATOR -> EmulatorSection.run(bench);
      case VIEWER -> ViewerSection.run(bench);
      case QUALITY -> QualitySection.run(bench);
    }
  }
}
