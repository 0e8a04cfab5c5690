package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.driftwatch.benchmarks.quality.QualityRuns;

/** How soon faults of the detector are said, and how often a healthy one is accused. */
final class QualitySection {
  private QualitySection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    QualityRuns runs = new QualityRuns(bench.scale().windows(), bench::say);
    if (bench.scale().seeds() > 0) {
      runs.detection(bench.scale().seeds());
    }
    if (bench.scale().hours() > 0) {
      runs.falseAlarms(bench.scale().hours());
    }
    if (Files.isDirectory(bench.scale().samples())) {
      runs.samples(bench.scale().samples());
    } else {
      bench.say("no recorded data in " + bench.scale().samples() + ": left out");
    }
    bench.out().text(Section.QUALITY.title(), List.copyOf(runs.lines()));
  }
}
