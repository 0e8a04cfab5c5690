package org.driftwatch.pipelines.parse;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.driftwatch.detector.ChannelMap;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordParser;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.observe.LogThrottle;
import org.driftwatch.pipelines.observe.PipelineMetrics;

/**
 * Tries records without a single hit on the descriptions that come with Driftwatch, so that whoever
 * has given the wrong one is told the right one. Only now and then: a wrong description is wrong
 * for long. Not safe for use by several threads.
 */
final class FitProbe {
  private static final int EVERY_SECONDS = 10;
  private static final int MOST_RECORDS = 64;
  private static final int MOST_BYTES = 1 << 14;

  /** Fewer hits may be some by chance. */
  private static final int LEAST_HITS = 3;

  /** One in so many may be of no chamber. */
  private static final int OTHERS = 10;

  private final String detector;
  private final LogThrottle throttle = new LogThrottle(EVERY_SECONDS);
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();

  /** A probe beside this description. */
  FitProbe(DetectorDescription detector) {
    this.detector = detector.name();
  }

  /** Tries records of a block that has no hit, and counts which description fits. */
  void tryOthers(RecordBlock block) {
    if (!throttle.isDue()) {
      return;
    }
    for (String name : DetectorDescription.shippedNames()) {
      if (!name.equals(detector) && candidates.computeIfAbsent(name, Candidate::new).fits(block)) {
        PipelineMetrics.fits(name).inc();
      }
    }
  }

  /** A description, and what its parser finds. */
  private static final class Candidate implements RecordSink {
    private final HitLayout layout;
    private final ChannelMap map;
    private final RecordParser parser;
    private final boolean readsText;
    private final int lastTick;
    private long hits;
    private long good;
    private long malformed;

    Candidate(String name) {
      DetectorDescription description;
      try {
        description = DetectorDescription.load(name);
      } catch (IOException e) {
        throw new IllegalStateException("a description that comes with Driftwatch is damaged", e);
      }
      layout = new HitLayout(description);
      map = new ChannelMap(description);
      parser = new RecordParser(description);
      readsText = !description.format().valuesAreWords();
      lastTick = description.clock().crossingsPerOrbit() * description.clock().ticksPerCrossing();
    }

    boolean fits(RecordBlock block) {
      hits = 0;
      good = 0;
      malformed = 0;
      for (int i = 0; i < Math.min(block.size(), MOST_RECORDS); i++) {
        if (block.format(i) == ValueFormat.TEXT && !readsText) {
          // A detector whose values are words may have text files that number things otherwise.
          return false;
        }
        int from = block.valueFrom(i);
        parser.parse(block.data(), from, end(block, i), block.format(i), this);
      }
      return malformed == 0 && hits >= LEAST_HITS && good >= hits - hits / OTHERS;
    }

    /** A piece of a file is a value of a megabyte: its first lines or words will do. */
    private static int end(RecordBlock block, int i) {
      int from = block.valueFrom(i);
      int to = block.valueTo(i);
      if (to - from <= MOST_BYTES || block.format(i) == ValueFormat.BLOCK) {
        return to;
      }
      for (int end = from + MOST_BYTES; end > from; end--) {
        if (block.data()[end - 1] == '\n') {
          return end;
        }
      }
      return from + MOST_BYTES;
    }

    @Override
    public void hit(long word, long orbitAbove) {
      hits++;
      boolean isInOrbit = layout.ticks(layout.time(word)) <= lastTick;
      good += isInOrbit && map.cell(word) != map.other() ? 1 : 0;
    }

    @Override
    public void triggerWord(int head) {}

    @Override
    public void malformed(RecordFault fault, int index, int from, int to, String reason) {
      malformed++;
    }
  }
}
