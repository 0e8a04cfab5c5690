package org.driftwatch.pipelines.block;

import java.util.Arrays;
import java.util.Objects;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.detector.ValueFormat;

/**
 * Raw records read in one go from one topic, in the order they were read: what travels from the
 * reader to the parser as one element, so that nothing is paid per record on the way. The bytes of
 * all records lie in one array, the key of a record before its value. Immutable by convention:
 * nobody writes into the arrays.
 */
public final class RecordBlock {
  /** The bits of {@link #flags} that say which of {@link ValueFormat} the value is of. */
  static final int FORMAT = 3;

  /** Of {@link #flags}: there is a key. */
  static final int KEY = 4;

  /** Of {@link #flags}: there is a value. */
  static final int VALUE = 8;

  /** Of {@link #flags}: the record's window is too far ahead to be opened. */
  static final int TOO_FAR_AHEAD = 16;

  /** Bits that flags take. */
  static final int FLAG_BITS = 5;

  private static final ValueFormat[] FORMATS = ValueFormat.values();

  /** Largest array that is made larger than it has to be. */
  private static final int MOST_ROOM = 1 << 30;

  private final String topic;
  private final long watermark;
  private final int size;
  private final int[] partitions;
  private final long[] offsets;
  private final long[] timestamps;
  private final byte[] flags;
  private final int[] keyEnds;
  private final int[] valueEnds;
  private final byte[] data;

  private RecordBlock(Builder from, long watermark) {
    topic = from.topic;
    this.watermark = watermark;
    size = from.size;
    partitions = from.partitions;
    offsets = from.offsets;
    timestamps = from.timestamps;
    flags = from.flags;
    keyEnds = from.keyEnds;
    valueEnds = from.valueEnds;
    data = from.data;
  }

  /** Number of records. */
  public int size() {
    return size;
  }

  /** Bytes of all keys and values. */
  public int bytes() {
    return size == 0 ? 0 : valueEnds[size - 1];
  }

  /** Topic of the records, or the file's name in a batch. */
  public String topic() {
    return topic;
  }

  /** Partition of record {@code i}; in a batch, the number of its file. */
  public int partition(int i) {
    return partitions[i];
  }

  /**
   * Offset of record {@code i} in its partition; in a batch, the byte of its file that it begins
   * at.
   */
  public long offset(int i) {
    return offsets[i];
  }

  /** Timestamp of record {@code i}, ms since the epoch. */
  public long timestamp(int i) {
    return timestamps[i];
  }

  /** The keys and values of all records, in the first {@link #bytes} bytes; not to be changed. */
  public byte[] data() {
    return data;
  }

  /** Where in {@link #data} the value of record {@code i} begins. */
  public int valueFrom(int i) {
    return keyEnds[i];
  }

  /** Where in {@link #data} the value of record {@code i} ends: where it begins, if it has none. */
  public int valueTo(int i) {
    return valueEnds[i];
  }

  /** A copy of the key of record {@code i}; null where it has none. */
  public byte @Nullable [] key(int i) {
    return (flags[i] & KEY) == 0 ? null : Arrays.copyOfRange(data, keyFrom(i), keyEnds[i]);
  }

  /** A copy of the value of record {@code i}; null for a tombstone. */
  public byte @Nullable [] value(int i) {
    return (flags[i] & VALUE) == 0 ? null : Arrays.copyOfRange(data, keyEnds[i], valueEnds[i]);
  }

  /** What is known of the format of record {@code i}'s value. */
  public ValueFormat format(int i) {
    return FORMATS[flags[i] & FORMAT];
  }

  @SuppressWarnings("EnumOrdinal") // Of a flag within one run, never stored.
  private static int flag(ValueFormat format) {
    return format.ordinal();
  }

  /** True where the window of record {@code i} is too far ahead of the stream to be opened. */
  public boolean isTooFarAhead(int i) {
    return (flags[i] & TOO_FAR_AHEAD) != 0;
  }

  /** The flags of record {@code i}. */
  int flags(int i) {
    return flags[i];
  }

  /** Where in {@link #data} the key of record {@code i} begins; it ends where the value begins. */
  int keyFrom(int i) {
    return i == 0 ? 0 : valueEnds[i - 1];
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
        && Arrays.equals(flags, 0, size, b.flags, 0, size)
        && Arrays.equals(keyEnds, 0, size, b.keyEnds, 0, size)
        && Arrays.equals(valueEnds, 0, size, b.valueEnds, 0, size)
        && Arrays.equals(data, 0, bytes(), b.data, 0, bytes());
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
    private int bytes;
    private int[] partitions;
    private long[] offsets;
    private long[] timestamps;
    private byte[] flags;
    private int[] keyEnds;
    private int[] valueEnds;
    private byte[] data;

    /** A builder with room for {@code capacity} records; it grows where that is not enough. */
    public Builder(String topic, int capacity) {
      this(topic, capacity, new byte[0]);
    }

    /** As {@link #Builder(String, int)}, with room for their bytes. */
    public Builder(String topic, int capacity, int bytes) {
      this(topic, capacity, new byte[bytes]);
    }

    /** A builder whose records' bytes are here already, to be told of by {@link #addOf}. */
    public Builder(String topic, int capacity, byte[] data) {
      this.topic = topic;
      this.data = data;
      partitions = new int[capacity];
      offsets = new long[capacity];
      timestamps = new long[capacity];
      flags = new byte[capacity];
      keyEnds = new int[capacity];
      valueEnds = new int[capacity];
    }

    /** Adds a record; its bytes are copied. */
    public Builder add(
        int partition,
        long offset,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        ValueFormat format) {
      int keyLength = key == null ? 0 : key.length;
      int valueLength = value == null ? 0 : value.length;
      int needed = Math.addExact(bytes, Math.addExact(keyLength, valueLength));
      if (needed > data.length) {
        data = Arrays.copyOf(data, (int) Math.max(needed, Math.min(2L * needed, MOST_ROOM)));
      }
      if (key != null) {
        System.arraycopy(key, 0, data, bytes, keyLength);
      }
      if (value != null) {
        System.arraycopy(value, 0, data, bytes + keyLength, valueLength);
      }
      int is = flag(format) | (key == null ? 0 : KEY) | (value == null ? 0 : VALUE);
      return addOf(partition, offset, timestamp, is, keyLength, valueLength);
    }

    /** Adds a record of a file, whose value comes next in the data. */
    public Builder addValueOf(int file, long offset, ValueFormat format, int length) {
      return addOf(file, offset, 0, VALUE | flag(format), 0, length);
    }

    /** Marks the last record as too far ahead. */
    public Builder tooFarAhead() {
      flags[size - 1] |= TOO_FAR_AHEAD;
      return this;
    }

    /** Adds a record whose bytes come next in the data. */
    Builder addOf(
        int partition, long offset, long timestamp, int is, int keyLength, int valueLength) {
      if (size == partitions.length) {
        grow(Math.max(16, size * 2));
      }
      partitions[size] = partition;
      offsets[size] = offset;
      timestamps[size] = timestamp;
      flags[size] = (byte) is;
      keyEnds[size] = bytes + keyLength;
      bytes += keyLength + valueLength;
      valueEnds[size] = bytes;
      size++;
      return this;
    }

    private void grow(int capacity) {
      partitions = Arrays.copyOf(partitions, capacity);
      offsets = Arrays.copyOf(offsets, capacity);
      timestamps = Arrays.copyOf(timestamps, capacity);
      flags = Arrays.copyOf(flags, capacity);
      keyEnds = Arrays.copyOf(keyEnds, capacity);
      valueEnds = Arrays.copyOf(valueEnds, capacity);
    }

    /** Records added so far. */
    public int size() {
      return size;
    }

    /** Bytes of keys and values added so far. */
    public int bytes() {
      return bytes;
    }

    /** The block; the builder must not be used again. */
    public RecordBlock build(long watermark) {
      return new RecordBlock(this, watermark);
    }
  }
}
