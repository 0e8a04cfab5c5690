package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The parts of the measurements, each of which can be run alone. */
public enum Section {
  /** The inner parts. */
  MICRO("Inner parts", MicroSection::run),
  /** The peers and ours, JSON. */
  PEERS("Beside the peers: from a backlog, one JSON hit per record", PeersSection::run),
  /** Ours, words. */
  WORDS("From a backlog, blocks of 128 words", WordsSection::run),
  /** Rates that can be held, and latency. */
  LIVE("Live", LiveSection::run),
  /** How throughput grows. */
  GROWTH("Growth", GrowthSection::run),
  /** The emulator. */
  EMULATOR("Emulator", EmulatorSection::run);

  /** Measures. */
  interface Work {
    void run(Bench bench) throws IOException, InterruptedException;
  }

  private final String title;
  private final Work work;

  Section(String title, Work work) {
    this.title = title;
    this.work = work;
  }

  /** Its heading. */
  public String title() {
    return title;
  }

  /** Runs it. */
  public void run(Bench bench) throws IOException, InterruptedException {
    work.run(bench);
  }

  /** All names as the command line has them. */
  public static List<String> names() {
    return Arrays.stream(values())
        .map(s -> s.name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.toList());
  }
}
