package org.driftwatch.pipelines.parse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.driftwatch.detector.RecordFault;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.observe.PipelineMetrics;

/**
 * Collects what is parsed of one window's records in a block, group by group. Its numbers are read
 * when the block is done. Not safe for use by several threads.
 */
final class WindowPart implements RecordSink {
  private static final int FIRST_WORDS = 64;

  final long start;
  private final RecordBlock block;
  private final OrbitPlaces places;
  private final DoFn.MultiOutputReceiver out;
  private final SortedMap<HitGroup, Words> groups = new TreeMap<>();
  private Words words;
  long records;
  long hits;
  long malformed;
  private final int[] heads;
  final Map<RecordFault, Long> rejected = new EnumMap<>(RecordFault.class);
  long earliest = Long.MAX_VALUE;
  private int record;

  WindowPart(long start, RecordBlock block, OrbitPlaces places, DoFn.MultiOutputReceiver out) {
    this.start = start;
    this.block = block;
    this.places = places;
    this.out = out;
    heads = new int[places.heads()];
    words = new Words(places.group(RecordSink.NO_RUN, 0));
    groups.put(words.group, words);
  }

  /** Words of one group. */
  private static final class Words {
    private final HitGroup group;
    private long[] words = {};
    private int size;

    Words(HitGroup group) {
      this.group = group;
    }

    void add(long word, int likely) {
      if (size == words.length) {
        words = Arrays.copyOf(words, Math.max(Math.min(FIRST_WORDS, likely), size * 2));
      }
      words[size++] = word;
    }
  }

  /** What follows is of record {@code i} of the block. */
  void at(int i, long timestamp) {
    record = i;
    earliest = Math.min(earliest, timestamp);
    places.at(timestamp - start);
  }

  @Override
  public void run(long run) {
    if (run != words.group.run()) {
      turnTo(places.group(run, words.group.above()));
    }
  }

  @Override
  public void hit(long word, long orbitAbove) {
    long placed = word;
    long above = orbitAbove;
    if (!places.areOrbits()) {
      long orbit = places.place(word, orbitAbove);
      placed = places.withOrbit(word, orbit);
      above = places.above(orbit);
    }
    if (above != words.group.above()) {
      turnTo(places.group(words.group.run(), above));
    }
    words.add(placed, block.size());
    records++;
    hits++;
  }

  @Override
  public void triggerWord(int head) {
    words.add(places.triggerWord(head), block.size());
    heads[head]++;
    records++;
  }

  /** Tells the metrics of records that are no hit. */
  void countHeads() {
    for (int head = 0; head < heads.length; head++) {
      if (heads[head] > 0) {
        PipelineMetrics.head(head).inc(heads[head]);
      }
    }
  }

  private void turnTo(HitGroup group) {
    words = groups.computeIfAbsent(group, Words::new);
  }

  /** The blocks of all groups; malformed records count with the first of them. */
  List<WordBlock> words() {
    List<WordBlock> blocks = new ArrayList<>();
    long uncounted = malformed;
    for (Words of : groups.values()) {
      if (of.size > 0) {
        blocks.add(new WordBlock(of.group, of.size, uncounted, Arrays.copyOf(of.words, of.size)));
        uncounted = 0;
      }
    }
    if (uncounted > 0) {
      blocks.add(new WordBlock(0, uncounted, new long[0]));
    }
    return blocks;
  }

  @Override
  public void malformed(RecordFault fault, int index, int from, int to, String reason) {
    malformed++;
    rejected.merge(fault, 1L, Long::sum);
    // Not a copy of the whole value for each: a piece of a file may hold thousands of them.
    int value = block.valueFrom(record);
    out.get(ParseRecords.REJECTED)
        .output(
            new RejectedRecord(
                block.topic(),
                block.partition(record),
                block.offset(record),
                index,
                block.timestamp(record),
                reason,
                block.key(record),
                Arrays.copyOfRange(block.data(), value + from, value + to)));
  }
}
