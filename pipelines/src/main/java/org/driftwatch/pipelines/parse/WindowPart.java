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
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.WordFormat;
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

  /** Of a short line of a file. */
  private static final int BYTES_OF_LINE = 20;

  final long start;
  private final RecordBlock block;
  private final OrbitPlaces places;
  private final DoFn.MultiOutputReceiver out;
  private final SortedMap<HitGroup, Words> groups = new TreeMap<>();
  private Words words;

  /** Where all records have a place, the last hit, and what came before the first. */
  private long lastWord;

  private boolean anyHit;
  private long earlyRecords;
  private long earlyMalformed;
  long records;
  long hits;
  long malformed;
  private final int[] heads;
  final Map<RecordFault, Long> rejected = new EnumMap<>(RecordFault.class);
  long earliest = Long.MAX_VALUE;
  private int record;

  /** Room for words, when the first of a group comes. */
  private final int likely;

  WindowPart(long start, RecordBlock block, OrbitPlaces places, DoFn.MultiOutputReceiver out) {
    this.start = start;
    this.block = block;
    this.places = places;
    this.out = out;
    heads = new int[places.heads()];
    likely = places.isFiles() ? likelyOfFile(block) : Math.min(FIRST_WORDS, block.size());
    words = new Words(places.group(RecordSink.NO_RUN, 0));
    groups.put(words.group, words);
  }

  private static int likelyOfFile(RecordBlock block) {
    boolean isText = block.size() == 1 && block.format(0) == ValueFormat.TEXT;
    return 1 + block.bytes() / (isText ? BYTES_OF_LINE : WordFormat.BYTES);
  }

  /** Words of one group. */
  private static final class Words {
    private final HitGroup group;
    private long[] words = {};
    private int size;
    private long[] others = {};
    private int othersSize;

    Words(HitGroup group) {
      this.group = group;
    }

    void add(long word, int likely) {
      if (size == words.length) {
        words = Arrays.copyOf(words, Math.max(likely, size * 2));
      }
      words[size++] = word;
    }

    void addOther(long hit) {
      if (othersSize == others.length) {
        others = Arrays.copyOf(others, Math.max(FIRST_WORDS, 2 * othersSize));
      }
      others[othersSize++] = hit;
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
    if (above != words.group.above() || !places.isOf(words.group)) {
      turnTo(places.group(words.group.run(), above));
    }
    words.add(placed, likely);
    records++;
    hits++;
    if (places.placesAll()) {
      lastWord = placed;
      anyHit = true;
    }
  }

  /** True if records stand in front of the first hit that have their place from elsewhere. */
  boolean hasEarly() {
    return earlyRecords + earlyMalformed > 0;
  }

  private WordBlock early() {
    long[] others = new long[Math.toIntExact(earlyRecords + earlyMalformed)];
    for (int i = 0; i < others.length; i++) {
      others[i] = places.other(0, i >= earlyRecords);
    }
    return new WordBlock(places.earlyGroup(RecordSink.NO_RUN), 0, 0, new long[0], others);
  }

  @Override
  public void triggerWord(int head) {
    heads[head]++;
    records++;
    if (!places.placesAll()) {
      words.add(places.triggerWord(head), likely);
    } else if (anyHit) {
      words.addOther(places.other(lastWord, false));
    } else {
      earlyRecords++;
    }
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
    boolean placesAll = places.placesAll();
    long uncounted = placesAll ? 0 : malformed;
    for (Words of : groups.values()) {
      if (of.size > 0) {
        blocks.add(
            new WordBlock(
                of.group,
                placesAll ? 0 : of.size,
                uncounted,
                of.size == of.words.length ? of.words : Arrays.copyOf(of.words, of.size),
                Arrays.copyOf(of.others, of.othersSize)));
        uncounted = 0;
      }
    }
    if (uncounted > 0) {
      blocks.add(new WordBlock(0, uncounted, new long[0]));
    }
    if (hasEarly()) {
      blocks.add(early());
    }
    return blocks;
  }

  @Override
  public void malformed(RecordFault fault, int index, int from, int to, String reason) {
    malformed++;
    if (places.placesAll()) {
      if (anyHit) {
        words.addOther(places.other(lastWord, true));
      } else {
        earlyMalformed++;
      }
    }
    rejected.merge(fault, 1L, Long::sum);
    // Not a copy of the whole value for each: a piece of a file may hold thousands of them.
    int value = block.valueFrom(record);
    out.get(ParseRecords.REJECTED)
        .output(
            new RejectedRecord(
                block.topic(),
                block.partition(record),
                places.isFiles() ? block.offset(record) + from : block.offset(record),
                places.isFiles() ? 0 : index,
                block.timestamp(record),
                reason,
                block.key(record),
                Arrays.copyOfRange(block.data(), value + from, value + to)));
  }
}
