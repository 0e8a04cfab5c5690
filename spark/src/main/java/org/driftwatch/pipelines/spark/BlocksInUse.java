package org.driftwatch.pipelines.spark;

import java.util.TreeMap;

/**
 * Which of Spark's data sets the batches still to be computed stand on: those of the batch that is
 * computed now and of the one before it, whose state it takes over. An older batch is behind them;
 * Spark may forget it. Batches are computed one after the other.
 *
 * <p>Not safe for use by several threads.
 */
final class BlocksInUse {
  /** Some hundreds of batches, far more than lie between two checkpoints. */
  private static final int REMEMBERED = 50_000;

  /** The batch that a data set first occurred in, by its number. */
  private final TreeMap<Integer, Long> batches = new TreeMap<>();

  private long current = Long.MIN_VALUE;
  private long previous = Long.MIN_VALUE;

  /**
   * A job begins.
   *
   * @param batch its batch's time, ms
   * @param dataSets numbers of the data sets it consists of, those of earlier batches among them
   */
  void jobBegins(long batch, Iterable<Integer> dataSets) {
    if (batch > current) {
      previous = current;
      current = batch;
    }
    for (Integer dataSet : dataSets) {
      batches.putIfAbsent(dataSet, batch);
    }
    while (batches.size() > REMEMBERED) {
      batches.pollFirstEntry();
    }
  }

  /** True where a batch that is still to be computed may need the data set. */
  boolean needs(int dataSet) {
    Long batch = batches.get(dataSet);
    return batch != null ? batch >= previous : batches.isEmpty() || dataSet > batches.firstKey();
  }
}
