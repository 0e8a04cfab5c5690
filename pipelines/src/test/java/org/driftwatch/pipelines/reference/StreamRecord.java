package org.driftwatch.pipelines.reference;

import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ValueFormat;

/**
 * One record of the topic {@code stream}, as far as results depend on it; or a file of a batch.
 *
 * @param value its value; null for a tombstone
 * @param format what is known of its format
 * @param timestamp its timestamp, ms since the epoch; 0 of a file
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record StreamRecord(byte @Nullable [] value, ValueFormat format, long timestamp) {
  /**
   * A record of the topic.
   *
   * @param words true where its header says {@code format: words}
   */
  public StreamRecord(byte @Nullable [] value, boolean words, long timestamp) {
    this(value, words ? ValueFormat.BLOCK : ValueFormat.UNMARKED, timestamp);
  }

  /** True where its header says {@code format: words}. */
  public boolean words() {
    return format == ValueFormat.BLOCK;
  }
}
