package org.driftwatch.benchmarks.section;

import static org.driftwatch.benchmarks.stream.StreamShape.USUAL_ORBIT;

import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.driftwatch.benchmarks.process.Contestant;
import org.driftwatch.benchmarks.stream.RecordedStream;
import org.driftwatch.benchmarks.stream.StreamShape;

/**
 * How throughput changes with the shape of the stream: word blocks, as many in each shape, one
 * property changed at a time. Half as much and half as often as elsewhere, since there are many.
 */
final class GrowthSection {
  private static final int WINDOWS = 16;
  private static final int WINDOW_MILLIS = 5000;

  private GrowthSection() {}

  static void run(Bench bench) throws IOException, InterruptedException {
    Map<String, StreamShape> shapes = shapes(bench);
    int repeats = Math.max(1, bench.scale().repeats() / 2);
    RecordedStream small = Sustained.small(bench, shapes.values().iterator().next());
    Map<Contestant, BacklogRun> startUps = new EnumMap<>(Contestant.class);
    for (Contestant contestant : bench.wanted(WordsSection.OURS)) {
      startUps.put(contestant, Sustained.run(bench, contestant, small));
    }
    small.delete(bench.kafka());
    for (Map.Entry<String, StreamShape> shape : shapes.entrySet()) {
      RecordedStream stream =
          RecordedStream.write(bench.kafka(), bench.topic("stream"), shape.getValue());
      for (int repeat = 0; repeat < repeats; repeat++) {
        for (Map.Entry<Contestant, BacklogRun> startUp : startUps.entrySet()) {
          Contestant contestant = startUp.getKey();
          BacklogRun run = Sustained.run(bench, contestant, stream);
          add(bench, contestant, shape, startUp.getValue(), run);
        }
      }
      stream.delete(bench.kafka());
    }
  }

  private static Map<String, StreamShape> shapes(Bench bench) {
    int rows = bench.scale().seconds() * WordsSection.ROWS_PER_SECOND / 2;
    int perWindow = StreamShape.even(rows / WINDOWS, 8);
    Map<String, StreamShape> shapes = new LinkedHashMap<>();
    shapes.put("usual", shape(WINDOWS, perWindow, USUAL_ORBIT, 1));
    shapes.put("hits per window x 1/8", shape(WINDOWS * 8, perWindow / 8, USUAL_ORBIT, 1));
    shapes.put("hits per window x 4", shape(WINDOWS / 4, perWindow * 4, USUAL_ORBIT, 1));
    shapes.put("windows x 3", shape(WINDOWS * 3, perWindow, USUAL_ORBIT, 1));
    shapes.put("orbits x 8, a hit each", shape(WINDOWS, perWindow, 1, 1));
    shapes.put("orbits x 1/16, 128 hits each", shape(WINDOWS, perWindow, 128, 1));
    shapes.put("4 partitions", shape(WINDOWS, perWindow, USUAL_ORBIT, 4));
    shapes.put("8 partitions", shape(WINDOWS, perWindow, USUAL_ORBIT, 8));
    return shapes;
  }

  private static StreamShape shape(int windows, int perWindow, int perOrbit, int partitions) {
    return new StreamShape(
        true,
        windows + StreamShape.TAIL,
        StreamShape.even(perWindow, partitions),
        perOrbit,
        partitions,
        WINDOW_MILLIS);
  }

  private static void add(
      Bench bench,
      Contestant contestant,
      Map.Entry<String, StreamShape> named,
      BacklogRun startUp,
      BacklogRun run) {
    StreamShape shape = named.getValue();
    String subject =
        String.format(
            Locale.ROOT,
            "%s: %s (%,d records and %,d orbits per window, %d windows)",
            contestant.title(),
            named.getKey(),
            shape.rowsPerWindow(),
            shape.rowsPerWindow() / shape.rowsPerOrbit(),
            shape.measuredWindows());
    String section = Section.GROWTH.title();
    bench.out().add(section, subject, Sustained.RATE, run.hitsPerSecondBeyond(startUp));
    bench.out().add(section, subject, Sustained.CPU, run.cpuSecondsPerMillionBeyond(startUp));
    bench.out().add(section, subject, Sustained.MEMORY, run.peakMegabytes());
    bench.say(
        String.format(Locale.ROOT, "%s %,.0f hits/s", subject, run.hitsPerSecondBeyond(startUp)));
  }
}
