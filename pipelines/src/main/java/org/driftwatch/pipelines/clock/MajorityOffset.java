package org.driftwatch.pipelines.clock;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * How far the clocks of most producers are from this machine's monotonic clock: the median of
 * (timestamp - time of arrival) over the records of the last three seconds, or the last 32 samples
 * where these are fewer. It tells what time it is by the stream itself, for a stream of today and
 * for an old recording that is played at its own pace; a minority cannot move it, and it follows
 * within two seconds when most clocks are set anew.
 *
 * <p>It is given samples, each of which stands for some records. Not safe for use by several
 * threads.
 */
final class MajorityOffset {
  /** Records of this long ago at most count, if there are others. */
  static final long SPAN_MILLIS = 3_000;

  /** Fewest samples that are kept, however old they are. */
  static final int FEWEST_SAMPLES = 32;

  /** Fewest samples that tell anything. */
  private static final int FIRST_SAMPLES = 16;

  /** Time that so few must have come in: a slow stream's first windows wait for it, ms. */
  private static final long FIRST_MILLIS = 2_500;

  /**
   * Samples that are enough to tell at once: that most of so many are of a third of all records
   * happens to one in a million.
   */
  private static final int ENOUGH_SAMPLES = 128;

  private static final double MEDIAN = 0.5;

  /** Share of the records of which all are of the majority, whatever a third is stamped with. */
  private static final double STILL_MAJORITY = 0.65;

  private static final long SLICE_MILLIS = 250;
  private static final int SLICE_SAMPLES = 128;

  /** The median is taken anew after this long at the earliest: it costs a sort. */
  private static final long REFRESH_MILLIS = 50;

  /** A longer time without samples counts as this one: the first few after it tell little. */
  private static final long PAUSE_MILLIS = 1_000;

  private static final int MOST_SLICES = (int) (SPAN_MILLIS / SLICE_MILLIS) + 2;

  private final ArrayDeque<Slice> slices = new ArrayDeque<>();
  private final Dice dice = new Dice();
  private long lastAt = Long.MIN_VALUE;
  private long elapsed;
  private boolean changed;
  private long refreshedAt;
  private long median;
  private long spread;

  /** Samples of a quarter of a second. Where they become too many, every second one is kept. */
  private static final class Slice {
    private final long begin;
    private final long[] offsets = new long[SLICE_SAMPLES];
    private final double[] weights = new double[SLICE_SAMPLES];
    private int size;
    private int thinned;

    Slice(long begin) {
      this.begin = begin;
    }

    void add(long offset, double weight, Dice dice) {
      if (thinned > 0 && dice.below(1 << thinned) != 0) {
        return;
      }
      if (size == SLICE_SAMPLES) {
        thin(dice);
      }
      offsets[size] = offset;
      weights[size++] = weight * (1 << thinned);
    }

    private void thin(Dice dice) {
      int kept = 0;
      for (int i = 0; i < size; i += 2) {
        int one = i + dice.below(2);
        offsets[kept] = offsets[one];
        weights[kept++] = 2 * weights[one];
      }
      size = kept;
      thinned = Math.min(thinned + 1, 30);
    }
  }

  /**
   * Takes a sample.
   *
   * @param offset timestamp less time of arrival, ms
   * @param weight how many records it stands for
   * @param now time of arrival by the monotonic clock, ms
   */
  void add(long offset, double weight, long now) {
    long sinceLast = lastAt == Long.MIN_VALUE ? 0 : now - lastAt;
    elapsed += Math.min(sinceLast, PAUSE_MILLIS);
    lastAt = now;
    if (slices.isEmpty() || elapsed - slices.peekLast().begin >= SLICE_MILLIS) {
      slices.addLast(new Slice(elapsed));
      forget();
    }
    slices.peekLast().add(offset, weight, dice);
    changed = true;
  }

  private void forget() {
    while (elapsed - slices.peekFirst().begin > SPAN_MILLIS + SLICE_MILLIS
        || slices.size() > MOST_SLICES) {
      if (samples() - slices.peekFirst().size < FEWEST_SAMPLES) {
        return;
      }
      slices.pollFirst();
    }
  }

  /** True when enough is known: 128 samples, or what came in 2.5 s, 16 at least. */
  boolean isKnown() {
    int samples = samples();
    return samples >= ENOUGH_SAMPLES || (samples >= FIRST_SAMPLES && elapsed >= FIRST_MILLIS);
  }

  private int samples() {
    int sum = 0;
    for (Slice slice : slices) {
      sum += slice.size;
    }
    return sum;
  }

  /** The offset, ms; only where it {@link #isKnown}. */
  long millis(long now) {
    if (changed && (now - refreshedAt >= REFRESH_MILLIS || refreshedAt == 0)) {
      refreshedAt = now;
      changed = false;
      refresh();
    }
    return median;
  }

  /**
   * How far the latest of the majority are above the offset, ms: records arrive in batches, and
   * those that waited longest have the smallest offset. It is extrapolated from the middle of the
   * distribution, as of one that is uniform: at its upper end a minority may be.
   */
  long spreadMillis(long now) {
    millis(now);
    return (long) (spread * (1 - MEDIAN) / (STILL_MAJORITY - MEDIAN));
  }

  private void refresh() {
    Sample[] all = new Sample[samples()];
    int n = 0;
    double sum = 0;
    for (Slice slice : slices) {
      for (int i = 0; i < slice.size; i++) {
        all[n++] = new Sample(slice.offsets[i], slice.weights[i]);
        sum += slice.weights[i];
      }
    }
    Arrays.sort(all, (a, b) -> Long.compare(a.offset, b.offset));
    median = quantile(all, sum * MEDIAN);
    spread = quantile(all, sum * STILL_MAJORITY) - median;
  }

  private static long quantile(Sample[] sorted, double records) {
    double below = 0;
    for (Sample sample : sorted) {
      below += sample.weight;
      if (below >= records) {
        return sample.offset;
      }
    }
    return sorted[sorted.length - 1].offset;
  }

  private record Sample(long offset, double weight) {}
}
