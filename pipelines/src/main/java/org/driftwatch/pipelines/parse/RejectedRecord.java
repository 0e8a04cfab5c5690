package org.driftwatch.pipelines.parse;

import java.util.Arrays;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A malformed record: its original bytes and key, why it was rejected, and where it stood.
 *
 * @param topic topic it came from, or the file's name in a batch
 * @param partition partition of that topic
 * @param offset offset of the record it came in; in a batch, the byte of the file it begins at
 * @param index position within that record's value, in lines or words from 0; in a batch 0
 * @param timestamp timestamp of that record, ms since the epoch
 * @param reason what is wrong and what was expected
 * @param key key of that record
 * @param bytes the malformed record itself
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look into the arrays.
public record RejectedRecord(
    String topic,
    int partition,
    long offset,
    int index,
    long timestamp,
    String reason,
    byte @Nullable [] key,
    byte[] bytes) {

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RejectedRecord r
        && topic.equals(r.topic)
        && partition == r.partition
        && offset == r.offset
        && index == r.index
        && timestamp == r.timestamp
        && reason.equals(r.reason)
        && Arrays.equals(key, r.key)
        && Arrays.equals(bytes, r.bytes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, partition, offset, index);
  }

  /** One line: where and why. */
  @Override
  public String toString() {
    return topic + "-" + partition + " offset " + offset + " record " + index + ": " + reason;
  }
}
