package org.driftwatch.benchmarks.section;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.driftwatch.benchmarks.process.Program;
import org.driftwatch.benchmarks.stream.RecordedStream;

/** How fast the emulator is, with the simulated detector, as fast as it can. */
final class EmulatorSection {
  private EmulatorSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    Map<String, String> formats =
        Map.of("json", "a JSON hit per record", "words", "blocks of 128 words");
    for (int repeat = 0; repeat < bench.scale().repeats(); repeat++) {
      for (String format : new String[] {"json", "words"}) {
        Duration length = Duration.ofSeconds(bench.scale().seconds());
        String topic = bench.topic("emulated");
        RecordedStream.createTopic(bench.kafka(), topic, 1);
        try (Program emulator =
            EmulatorRun.start(
                bench,
                topic,
                format,
                "--rate",
                "0",
                "--duration",
                Long.toString(length.toSeconds()))) {
          EmulatorRun run = EmulatorRun.ended(emulator, length);
          String section = Section.EMULATOR.title();
          String subject = formats.get(format);
          bench.out().add(section, subject, "records/s", run.recordsPerSecond());
          bench.out().add(section, subject, "hits/s", run.hitsPerSecond());
          bench.say(subject + ": " + Math.round(run.recordsPerSecond()) + " records/s");
        }
        RecordedStream.deleteTopic(bench.kafka(), topic);
      }
    }
  }
}
