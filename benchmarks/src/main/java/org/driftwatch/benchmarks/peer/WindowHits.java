package org.driftwatch.benchmarks.peer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/**
 * The hits of a window, one long each, and the summary of them: sorted by orbit, counted orbit by
 * orbit. For the peers, with the course's mapping and offsets; nothing of the monitor's own
 * aggregation is in it. Public because Spark wants it so. Not safe for use by several threads.
 */
public final class WindowHits implements Serializable {
  private static final long serialVersionUID = 1;

  private long records;
  private int size;
  private long[] hits = new long[256];

  /** A hit in one long: orbit, cell as {@link SummaryCounts} has it, ticks. */
  static long pack(int fpga, int channel, long orbit, int bx, int tdc) {
    int cell;
    if (fpga <= 1 && channel < 128) {
      cell = fpga * 128 + channel;
    } else {
      cell = fpga == 1 && channel == 128 ? SummaryCounts.SCINTILLATOR : SummaryCounts.OTHER;
    }
    return orbit << 26 | (long) cell << 17 | (bx * 30 + tdc);
  }

  /** Adds a record: a packed hit or {@link HitReader#NO_HIT}. */
  void add(long packed) {
    records++;
    if (packed == HitReader.NO_HIT) {
      return;
    }
    if (size == hits.length) {
      hits = Arrays.copyOf(hits, 2 * size);
    }
    hits[size++] = packed;
  }

  void addAll(WindowHits other) {
    if (hits.length < size + other.size) {
      hits = Arrays.copyOf(hits, Math.max(2 * hits.length, size + other.size));
    }
    System.arraycopy(other.hits, 0, hits, size, other.size);
    size += other.size;
    records += other.records;
  }

  /** All of it as bytes, see {@link #of}. */
  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * (size + 1));
    bytes.putLong(records);
    bytes.asLongBuffer().put(hits, 0, size);
    return bytes.array();
  }

  /** What {@link #bytes} gave. */
  static WindowHits of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    WindowHits window = new WindowHits();
    window.records = in.getLong();
    window.size = in.remaining() / Long.BYTES;
    window.hits = new long[Math.max(1, window.size)];
    in.asLongBuffer().get(window.hits, 0, window.size);
    return window;
  }

  /** The summary as the message of the topic {@code results}. */
  byte[] summary(long start, long windowMillis) {
    WindowSummary.Span span =
        new WindowSummary.Span(
            Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + windowMillis));
    return SummaryJson.write(counts().summary(Optional.of(span), records));
  }

  /** The summary of a static batch. */
  WindowSummary summary() {
    return counts().summary(Optional.empty(), records);
  }

  private SummaryCounts counts() {
    Arrays.sort(hits, 0, size);
    SummaryCounts counts = new SummaryCounts();
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && hits[to] >>> 26 == hits[from] >>> 26) {
        to++;
      }
      orbit(counts, from, to);
      from = to;
    }
    return counts;
  }

  private void orbit(SummaryCounts counts, int from, int to) {
    long[] channels = new long[SummaryCounts.CHAMBERS];
    int scintillator = Integer.MAX_VALUE;
    for (int i = from; i < to; i++) {
      int cell = cell(hits[i]);
      counts.hits(cell, 1);
      if (cell < SummaryCounts.SCINTILLATOR) {
        channels[cell >> 6] |= 1L << cell;
      } else if (cell == SummaryCounts.SCINTILLATOR) {
        scintillator = Math.min(scintillator, ticks(hits[i]));
      }
    }
    counts.orbits(1);
    for (int chamber = 0; chamber < channels.length; chamber++) {
      counts.active(chamber, Long.bitCount(channels[chamber]), 1);
    }
    if (scintillator != Integer.MAX_VALUE) {
      counts.scintillatorOrbits(1);
      for (int i = from; i < to; i++) {
        if (cell(hits[i]) < SummaryCounts.SCINTILLATOR) {
          int chamber = cell(hits[i]) >> 6;
          counts.gated(
              cell(hits[i]), SummaryCounts.driftBin(chamber, ticks(hits[i]) - scintillator), 1);
        }
      }
    }
  }

  private static int cell(long hit) {
    return (int) (hit >>> 17) & 0x1FF;
  }

  private static int ticks(long hit) {
    return (int) hit & 0x1FFFF;
  }
}
