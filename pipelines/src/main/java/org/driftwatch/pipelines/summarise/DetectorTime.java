package org.driftwatch.pipelines.summarise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryLayout;
import org.driftwatch.pipelines.block.HitGroup;
import org.driftwatch.pipelines.block.WordBlock;
import org.driftwatch.pipelines.orbits.CounterSpan;
import org.driftwatch.pipelines.orbits.CounterSpanCoder;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;
import org.driftwatch.pipelines.orbits.KeptHitsCoder;
import org.driftwatch.pipelines.orbits.OrbitMerge;
import org.driftwatch.pipelines.orbits.OrbitTurns;
import org.driftwatch.pipelines.orbits.PackedRun;
import org.driftwatch.pipelines.orbits.SpillFile;
import org.driftwatch.pipelines.orbits.TimeLine;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The windows of a batch: one for everything, or fixed ones of the detector's time as the orbit
 * counter shows it. Each block of a file is packed by itself; which of its hits are of one orbit
 * with those of other blocks, and when they were, is known once all blocks were read ({@link
 * TimeLine}).
 */
public final class DetectorTime implements Windowing {
  private static final long serialVersionUID = 1;

  /** Parts, by orbit, that a batch may be divided into. */
  public static final int MOST_SHARDS = 1 << 12;

  private static final int LEAST_STRETCH_BITS = 12;
  private static final int WINDOWS_OF_STRETCH = 8;
  private static final long LAST_ORBIT = 0xFFFF_FFFFL;
  private static final double NS_PER_MS = 1e6;

  private final DetectorDescription detector;
  private final OrbitTurns turns;
  private final long windowMillis;
  private final long startMillis;
  private final String spillFile;

  private DetectorTime(
      DetectorDescription detector,
      OrbitTurns turns,
      long windowMillis,
      long startMillis,
      String spillFile) {
    this.detector = detector;
    this.turns = turns;
    this.windowMillis = windowMillis;
    this.startMillis = startMillis;
    this.spillFile = spillFile;
  }

  /**
   * One window for everything.
   *
   * @param spillFile id of the file that keeps the hits; empty if they travel as they are
   */
  public static DetectorTime whole(
      DetectorDescription detector, OrbitTurns turns, String spillFile) {
    return new DetectorTime(detector, turns, 0, 0, spillFile);
  }

  /**
   * Windows of this length.
   *
   * @param start when the orbit counter was 0
   * @param spillFile id of the file that keeps the hits; empty if they travel as they are
   */
  public static DetectorTime windows(
      DetectorDescription detector,
      OrbitTurns turns,
      Duration length,
      Instant start,
      String spillFile) {
    return new DetectorTime(detector, turns, length.getMillis(), start.getMillis(), spillFile);
  }

  private boolean isWhole() {
    return windowMillis == 0;
  }

  @Override
  public PTransform<PCollection<WordBlock>, PCollection<KV<Integer, HitAccumulator>>> combine(
      HistogramCombiner combiner, int shards) {
    return PTransform.compose(
        blocks ->
            (isWhole() ? withEmptyBlock(blocks) : blocks)
                .apply("Pack", ParDo.of(new PackFn(combiner, shards, stretchBits(), spillFile)))
                .setCoder(KvCoder.of(VarIntCoder.of(), coder()))
                // What is counted of a group may lie earlier than the end of all time.
                .apply(
                    "Keep time",
                    Window.<KV<Integer, HitAccumulator>>configure()
                        .withTimestampCombiner(TimestampCombiner.EARLIEST)));
  }

  private Coder<HitAccumulator> coder() {
    return spillFile.isEmpty() ? HitAccumulatorCoder.of() : new KeptHitsCoder(spillFile);
  }

  /** A batch of no records has a result, too. */
  private static PCollection<WordBlock> withEmptyBlock(PCollection<WordBlock> blocks) {
    PCollection<WordBlock> empty =
        blocks
            .getPipeline()
            .apply(
                "Empty block",
                Create.of(new WordBlock(0, 0, new long[0])).withCoder(blocks.getCoder()));
    return PCollectionList.of(blocks)
        .and(empty)
        .apply("With an empty block", Flatten.pCollections());
  }

  @Override
  public PTransform<
          PCollection<KV<Integer, Iterable<HitAccumulator>>>, PCollection<KV<Integer, ShardCounts>>>
      count(HistogramCombiner combiner, PCollection<CounterSpan> counter) {
    return PTransform.compose(
        shards -> {
          PCollectionView<TimeLine> line = counter.apply("Time line", timeLine());
          PCollection<KV<Integer, ShardCounts>> counts =
              shards
                  .apply(
                      "Merge and count",
                      ParDo.of(new CountFn(combiner, line, windowMillis, startMillis))
                          .withSideInputs(line))
                  .setCoder(KvCoder.of(VarIntCoder.of(), ShardCountsCoder.of()));
          return isWhole() ? counts : counts.apply("Assign windows", Window.into(windows()));
        });
  }

  /** A stretch has some windows, so that few of these are counted in parts by several shards. */
  private int stretchBits() {
    double orbits = WINDOWS_OF_STRETCH * windowMillis * NS_PER_MS / detector.clock().orbitNs();
    int bits = Long.SIZE - Long.numberOfLeadingZeros((long) orbits);
    return Math.max(LEAST_STRETCH_BITS, Math.min(bits, Integer.SIZE));
  }

  private FixedWindows windows() {
    return FixedWindows.of(Duration.millis(windowMillis))
        .withOffset(Duration.millis(startMillis % windowMillis));
  }

  private PTransform<PCollection<CounterSpan>, PCollectionView<TimeLine>> timeLine() {
    return PTransform.compose(
        spans ->
            spans
                .apply("Together", WithKeys.<Integer, CounterSpan>of(0))
                .setCoder(KvCoder.of(VarIntCoder.of(), CounterSpanCoder.of()))
                .apply("Gather", GroupByKey.create())
                .apply("Lay out", ParDo.of(new LineFn(detector, turns, windowMillis)))
                .setCoder(SerializableCoder.of(TimeLine.class))
                .apply(
                    "Hand on",
                    View.<TimeLine>asSingleton()
                        .withDefaultValue(new TimeLine(detector, turns, List.of(), windowMillis))));
  }

  /** Packs each block by itself, and hands on what a bundle has of a shard together. */
  private static final class PackFn extends DoFn<WordBlock, KV<Integer, HitAccumulator>> {
    private static final long serialVersionUID = 1;

    /** Hits of a bundle that are handed on before its end. */
    private static final long MOST_HELD = 1 << 21;

    private final HistogramCombiner combiner;
    private final int shards;
    private final int stretchBits;
    private final String spillFile;

    private transient HitAccumulator @Nullable [] held;
    private transient long hits;

    PackFn(HistogramCombiner combiner, int shards, int stretchBits, String spillFile) {
      this.combiner = combiner;
      this.shards = shards;
      this.stretchBits = stretchBits;
      this.spillFile = spillFile;
    }

    @StartBundle
    public void start() {
      held = null;
      hits = 0;
    }

    @ProcessElement
    public void pack(@Element WordBlock block, OutputReceiver<KV<Integer, HitAccumulator>> out) {
      HitAccumulator[] parts =
          combiner.addInput(combiner.createAccumulator(), block).split(shards, stretchBits);
      if (held == null) {
        held = new HitAccumulator[shards];
        Arrays.setAll(held, shard -> combiner.createAccumulator());
      }
      for (int shard = 0; shard < shards; shard++) {
        HitAccumulator part = parts[shard];
        hits += part.size();
        held[shard].add(spillFile.isEmpty() ? part : part.keptIn(SpillFile.of(spillFile)));
      }
      if (hits >= MOST_HELD) {
        give(out::output);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      // The time of all blocks of files: an earlier one would be late.
      give(part -> context.output(part, Instant.EPOCH, GlobalWindow.INSTANCE));
    }

    private void give(Consumer<KV<Integer, HitAccumulator>> out) {
      for (int shard = 0; held != null && shard < shards; shard++) {
        if (shard == HitAccumulator.FIRST_SHARD || held[shard].size() > 0) {
          out.accept(KV.of(shard, held[shard]));
        }
      }
      held = null;
      hits = 0;
    }
  }

  private static final class LineFn extends DoFn<KV<Integer, Iterable<CounterSpan>>, TimeLine> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(DetectorTime.class);
    private static final int MOST_REMARKS = 20;

    private final DetectorDescription detector;
    private final OrbitTurns turns;
    private final long windowMillis;

    LineFn(DetectorDescription detector, OrbitTurns turns, long windowMillis) {
      this.detector = detector;
      this.turns = turns;
      this.windowMillis = windowMillis;
    }

    @ProcessElement
    public void make(
        @Element KV<Integer, Iterable<CounterSpan>> counter, OutputReceiver<TimeLine> out) {
      List<CounterSpan> spans = new ArrayList<>();
      counter.getValue().forEach(spans::add);
      TimeLine line = new TimeLine(detector, turns, spans, windowMillis);
      List<String> remarks = line.remarks();
      remarks.stream().limit(MOST_REMARKS).forEach(LOG::warn);
      if (remarks.size() > MOST_REMARKS) {
        LOG.warn("The same {} times more", remarks.size() - MOST_REMARKS);
      }
      out.output(line);
    }
  }

  /** Counts a shard in one go through its orbits, in the order of time. */
  private static final class CountFn
      extends DoFn<KV<Integer, Iterable<HitAccumulator>>, KV<Integer, ShardCounts>> {
    private static final long serialVersionUID = 1;

    private final HistogramCombiner combiner;
    private final PCollectionView<TimeLine> line;
    private final long windowMillis;
    private final long startMillis;

    CountFn(
        HistogramCombiner combiner,
        PCollectionView<TimeLine> line,
        long windowMillis,
        long startMillis) {
      this.combiner = combiner;
      this.line = line;
      this.windowMillis = windowMillis;
      this.startMillis = startMillis;
    }

    @ProcessElement
    public void count(ProcessContext context) {
      new Counting(context.element().getKey(), context.sideInput(line), context)
          .of(context.element().getValue());
    }

    /** The counting of one shard. */
    private final class Counting {
      private final int shard;
      private final TimeLine time;
      private final ProcessContext out;
      private final SortedSet<Long> runs = new TreeSet<>();
      private long records;
      private long malformed;
      private long marks;
      private long announced;
      private long window;
      private @Nullable OrbitCounter counter;
      private int counted;

      Counting(int shard, TimeLine time, ProcessContext out) {
        this.shard = shard;
        this.time = time;
        this.out = out;
      }

      void of(Iterable<HitAccumulator> parts) {
        List<PackedRun> packed = new ArrayList<>();
        for (HitAccumulator part : parts) {
          packed.addAll(part.packed());
          records += part.records();
          malformed += part.malformed();
          if (isWhole()) {
            runs.addAll(part.runs());
            marks += part.marks();
            announced += part.announced();
          }
        }
        OrbitMerge orbits = new OrbitMerge(packed, combiner.packing().stepBits(), time::group);
        // Of the present window, with the rank of the group above as orbits have it.
        long end = 0;
        while (orbits.next()) {
          long orbit = orbits.orbit();
          if (orbit >= end) {
            HitGroup group = orbits.group();
            TimeLine.Window next = time.window(group, orbit & LAST_ORBIT);
            end = (orbit & ~LAST_ORBIT) + Math.min(next.end(), LAST_ORBIT + 1);
            if (counter != null && next.number() != window) {
              output();
            }
            window = next.number();
            if (group.hasRun()) {
              runs.add(group.run());
            }
          }
          if (counter == null) {
            counter = combiner.counter();
          }
          counter.add(combiner.number(orbits), orbits.hits(), orbits.size());
        }
        boolean isLeft = counter != null || records > 0 || malformed > 0;
        if (isLeft || (isWhole() && shard == HitAccumulator.FIRST_SHARD)) {
          output();
        }
      }

      private void output() {
        OrbitCounter last = counter == null ? combiner.counter() : counter;
        long[] counts = last.counts();
        counts[SummaryLayout.MALFORMED] += malformed;
        counts[SummaryLayout.RECORDS] += records + (isWhole() ? 0 : counts[SummaryLayout.HITS]);
        // Several parts of a window may come of one shard: each has a number of its own.
        int part = isWhole() ? shard : shard + counted * MOST_SHARDS;
        out.outputWithTimestamp(
            KV.of(
                ShardCounts.ONE_KEY,
                new ShardCounts(
                    part, 1, new WindowCounts(counts, runs, marks, announced, last.events()))),
            Instant.ofEpochMilli(startMillis + window * windowMillis));
        counter = null;
        counted++;
        runs.clear();
        records = 0;
        malformed = 0;
      }
    }

    private boolean isWhole() {
      return windowMillis == 0;
    }
  }
}
