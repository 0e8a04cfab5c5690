package org.driftwatch.benchmarks.peer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.ChamberHistogram;
import org.driftwatch.detector.ChamberSummary;
import org.driftwatch.detector.Histogram;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;

/**
 * The hits of a window, one long each, and the summary of them: sorted by orbit, counted orbit by
 * orbit. For the peers, with the course's mapping and offsets; nothing of the monitor's own
 * aggregation is in it. Public because Spark wants it so. Not safe for use by several threads.
 */
public final class WindowHits implements Serializable {
  private static final long serialVersionUID = 1;

  private static final int[] DRIFT_OFFSETS_PS = {93_900, 101_400, 95_500, 92_400};
  private static final int SCINTILLATOR = 256;
  private static final int OTHER = 257;

  private long records;
  private int size;
  private long[] hits = new long[256];

  /** A hit in one long: orbit, cell (chamber * 64 + channel, scintillator, other), ticks. */
  static long pack(int fpga, int channel, long orbit, int bx, int tdc) {
    int cell;
    if (fpga <= 1 && channel < 128) {
      cell = fpga * 128 + channel;
    } else {
      cell = fpga == 1 && channel == 128 ? SCINTILLATOR : OTHER;
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
    Arrays.sort(hits, 0, size);
    Counts counts = new Counts();
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && hits[to] >>> 26 == hits[from] >>> 26) {
        to++;
      }
      counts.orbit(hits, from, to);
      from = to;
    }
    WindowSummary.Span span =
        new WindowSummary.Span(
            Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + windowMillis));
    return SummaryJson.write(counts.summary(span, records, size));
  }

  /** All numbers of a summary. */
  private static final class Counts {
    private final long[][] occupancy = new long[4][64];
    private final long[][] active = new long[4][64];
    private final long[][] gated = new long[4][64];
    private final long[][] drift = new long[4][80];
    private final long[] underflow = new long[4];
    private final long[] overflow = new long[4];
    private long scintillatorHits;
    private long others;
    private long orbits;
    private long scintillatorOrbits;

    void orbit(long[] hits, int from, int to) {
      orbits++;
      long[] channels = new long[4];
      int scintillator = Integer.MAX_VALUE;
      for (int i = from; i < to; i++) {
        int cell = (int) (hits[i] >>> 17) & 0x1FF;
        if (cell < SCINTILLATOR) {
          occupancy[cell >> 6][cell & 63]++;
          channels[cell >> 6] |= 1L << cell;
        } else if (cell == SCINTILLATOR) {
          scintillatorHits++;
          scintillator = Math.min(scintillator, (int) hits[i] & 0x1FFFF);
        } else {
          others++;
        }
      }
      for (int chamber = 0; chamber < 4; chamber++) {
        if (channels[chamber] != 0) {
          active[chamber][Long.bitCount(channels[chamber]) - 1]++;
        }
      }
      if (scintillator != Integer.MAX_VALUE) {
        scintillatorOrbits++;
        gated(hits, from, to, scintillator);
      }
    }

    private void gated(long[] hits, int from, int to, int scintillator) {
      for (int i = from; i < to; i++) {
        int cell = (int) (hits[i] >>> 17) & 0x1FF;
        if (cell >= SCINTILLATOR) {
          continue;
        }
        int chamber = cell >> 6;
        gated[chamber][cell & 63]++;
        // In 1/6 ps, where ticks of 25/30 ns and offsets are whole; bins of 10 ns from -150 ns.
        long time =
            5000L * (((int) hits[i] & 0x1FFFF) - scintillator)
                + 6L * DRIFT_OFFSETS_PS[chamber]
                + 900_000;
        long bin = Math.floorDiv(time, 60_000L);
        if (bin < 0) {
          underflow[chamber]++;
        } else if (bin >= 80) {
          overflow[chamber]++;
        } else {
          drift[chamber][(int) bin]++;
        }
      }
    }

    WindowSummary summary(WindowSummary.Span span, long records, long hits) {
      List<ChamberSummary> chambers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int[] edges = ChamberHistogram.OCCUPANCY.edges(64 * (i % 2), 64);
        Histogram channels = Histogram.of(edges, occupancy[i], 0, 0);
        chambers.add(
            new ChamberSummary(
                channels.entries(),
                List.of(
                    channels,
                    Histogram.of(ChamberHistogram.ACTIVE_CHANNELS.edges(0, 64), active[i], 0, 0),
                    Histogram.of(edges, gated[i], 0, 0),
                    Histogram.of(
                        ChamberHistogram.DRIFT_TIME.edges(0, 64),
                        drift[i],
                        underflow[i],
                        overflow[i]))));
      }
      return new WindowSummary(
          new WindowSummary.Head(Optional.of(span), 0, false, List.of()),
          records,
          0,
          hits,
          scintillatorHits,
          others,
          orbits,
          scintillatorOrbits,
          chambers);
    }
  }
}
