package org.driftwatch.pipelines.read;

import java.util.Arrays;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Raw records read in one go from one topic, in the order they were read: what travels from the
 * reader to the parser as one element, so that nothing is paid per record on the way. Immutable by
 * convention: nobody writes into the arrays.
 */
public final class RecordBlock {
  private final String topic;
  private final int size;
  private final int[] partitions;
  private final long[] offsets;
  private final long[] timestamps;
  private final byte[] @Nullable [] keys;
  private final byte[] @Nullable [] values;
  private final boolean[] words;
  private final long watermark;

  RecordBlock(
      String topic,
      int size,
      int[] partitions,
      long[] offsets,
      long[] timestamps,
      byte[] @Nullable [] keys,
      byte[] @Nullable [] values,
      boolean[] words,
      long watermark) {
    this.topic = topic;
    this.size = size;
    this.partitions = partitions;
    this.offsets = offsets;
    this.timestamps = timestamps;
    this.keys = keys;
    this.values = values;
    this.words = words;
    this.watermark = watermark;
  }

  /** Number of records. */
  public int size() {
    return size;
  }

  /** Bytes of all keys and values. */
  public long bytes() {
    long bytes = 0;
    for (int i = 0; i < size; i++) {
      bytes += (keys[i] == null ? 0 : keys[i].length) + (values[i] == null ? 0 : values[i].length);
    }
    return bytes;
  }

  /** Topic of the records, or the file's name in a batch. */
  public String topic() {
    return topic;
  }

  /** Partition of record {@code i}. */
  public int partition(int i) {
    return partitions[i];
  }

  /** Offset of record {@code i} in its partition; in a batch, lines or words before it. */
  public long offset(int i) {
    return offsets[i];
  }

  /** Timestamp of record {@code i}, ms since the epoch. */
  public long timestamp(int i) {
    return timestamps[i];
  }

  /** Key of record {@code i}; null where it has none. */
  public byte @Nullable [] key(int i) {
    return keys[i];
  }

  /** Value of record {@code i}; null for a tombstone. */
  public byte @Nullable [] value(int i) {
    return values[i];
  }

  /** True where the value of record {@code i} is a block of 64-bit words. */
  public boolean isWords(int i) {
    return words[i];
  }

  /**
   * The reader's watermark when it began to read this block, ms since the epoch: what is late by it
   * was late on arrival. {@code Long.MIN_VALUE} where nothing is ever late.
   */
  public long watermark() {
    return watermark;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof RecordBlock b
        && size == b.size
        && watermark == b.watermark
        && topic.equals(b.topic)
        && Arrays.equals(partitions, 0, size, b.partitions, 0, size)
        && Arrays.equals(offsets, 0, size, b.offsets, 0, size)
        && Arrays.equals(timestamps, 0, size, b.timestamps, 0, size)
        && Arrays.equals(words, 0, size, b.words, 0, size)
        && Arrays.deepEquals(Arrays.copyOf(keys, size), Arrays.copyOf(b.keys, size))
        && Arrays.deepEquals(Arrays.copyOf(values, size), Arrays.copyOf(b.values, size));
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, size, size == 0 ? 0 : offsets[0], watermark);
  }

  @Override
  public String toString() {
    return "RecordBlock{"
        + topic
        + ", "
        + size
        + " records"
        + (size == 0 ? "" : ", first " + partitions[0] + "@" + offsets[0])
        + "}";
  }

  /** Collects records into a block. Not safe for use by several threads. */
  public static final class Builder {
    private final String topic;
    private int size;
    private long bytes;
    private int[] partitions;
    private long[] offsets;
    private long[] timestamps;
    private byte[] @Nullable [] keys;
    private byte[] @Nullable [] values;
    private boolean[] words;

    /** A builder with room for {@code capacity} records; it grows where that is not enough. */
    public Builder(String topic, int capacity) {
      this.topic = topic;
      partitions = new int[capacity];
      offsets = new long[capacity];
      timestamps = new long[capacity];
      keys = new byte[capacity][];
      values = new byte[capacity][];
      words = new boolean[capacity];
    }

    /** Adds a record. */
    public Builder add(
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        boolean isWords) {
      if (size == partitions.length) {
        grow(Math.max(16, size * 2));
      }
      partitions[size] = partition;
      offsets[size] = offset;
      timestamps[size] = timestamp;
      keys[size] = key;
      values[size] = value;
      words[size] = isWords;
      bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
      size++;
      return this;
    }

    private void grow(int capacity) {
      partitions = Arrays.copyOf(partitions, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      timestamps = Arrays.copyOf(timestamps, capacity);
      keys = Arrays.copyOf(keys, capacity);
      values = Arrays.copyOf(values, capacity);
      words = Arrays.copyOf(words, capacity);
    }

    /** Records added so far. */
    public int size() {
      return size;
    }

    /** Bytes of keys and values added so far. */
    public long bytes() {
      return bytes;
    }

    /** The block; the builder must not be used again. */
    public RecordBlock build(long watermark) {
      return new RecordBlock(
          topic, size, partitions, offsets, timestamps, keys, values, words, watermark);
    }
  }
}
