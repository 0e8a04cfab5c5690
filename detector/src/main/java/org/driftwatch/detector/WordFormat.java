package org.driftwatch.detector;

import java.util.List;
import org.driftwatch.detector.DetectorDescription.Field;
import org.driftwatch.detector.DetectorDescription.Format;
import org.driftwatch.detector.DetectorDescription.HeaderWord;
import org.driftwatch.detector.DetectorDescription.Role;

/**
 * The 64-bit words of a detector's DAQ, bit fields of a description: from and to the words of
 * {@link HitLayout}. Where these are the same, nothing is moved. Immutable and safe to share.
 */
public final class WordFormat {
  /** Bytes of a word. */
  public static final int BYTES = Long.BYTES;

  private final HitLayout layout;
  private final OrbitRule orbits;
  private final boolean isBigEndian;
  private final boolean isLayout;
  private final Bits head;

  /** The first HEAD of a hit in its place; 0 where there is none. */
  private final long hitHead;

  private final Bits orbit;
  private final Bits crossing;
  private final Bits arrival;
  private final Bits run;
  private final Move[] moves;
  private final List<HeaderWord> header;

  /** Bits of a word; none has width 0. */
  private record Bits(int lowest, long mask) {
    static final Bits NONE = new Bits(0, 0);

    static Bits of(Format format, Role role) {
      return format
          .field(role)
          .filter(Field::isInWords)
          .map(f -> new Bits(f.lowestBit(), f.bits() == Long.SIZE ? -1 : (1L << f.bits()) - 1))
          .orElse(NONE);
    }

    long of(long word) {
      return word >>> lowest & mask;
    }

    long holding(long value) {
      return (value & mask) << lowest;
    }
  }

  /** A field that is moved to its place in a hit, and counted from 0 there. */
  private record Move(Bits from, int first, int to) {}

  /** The words of a detector whose records can be words, see {@link Format#hasWords}. */
  public WordFormat(DetectorDescription detector) {
    Format format = detector.format();
    layout = new HitLayout(detector);
    orbits = new OrbitRule(detector, layout);
    isBigEndian = format.isBigEndian();
    head = Bits.of(format, Role.HEAD);
    orbit = Bits.of(format, Role.ORBIT);
    crossing = Bits.of(format, Role.CROSSING);
    arrival = Bits.of(format, Role.ARRIVAL);
    run = Bits.of(format, Role.RUN);
    header = format.blockHeader();
    moves =
        format.fields().stream()
            .filter(f -> f.role() != Role.ORBIT && layout.shift(f.role()) >= 0)
            .map(
                f ->
                    new Move(
                        Bits.of(format, f.role()),
                        f.role() == Role.TICK ? 0 : f.first(),
                        layout.shift(f.role())))
            .toArray(Move[]::new);
    isLayout =
        !isBigEndian
            && arrival.equals(Bits.NONE)
            && run.equals(Bits.NONE)
            && orbit.lowest() == layout.shift(Role.ORBIT)
            && detector.clock().orbitBits() == layout.orbitBits()
            && List.of(moves).stream().allMatch(m -> m.first == 0 && m.from.lowest() == m.to)
            && bitsRead(format) == Long.SIZE;
    hitHead = format.hitHeads().stream().findFirst().map(h -> (long) h << head.lowest()).orElse(0L);
  }

  /** Bits of a word that are read: what the others hold is not for a hit to carry. */
  private static int bitsRead(Format format) {
    return format.fields().stream()
        .filter(f -> f.role() != Role.OTHER && f.isInWords())
        .mapToInt(Field::bits)
        .sum();
  }

  /** Bytes in front of the first record of a block. */
  public int headerBytes() {
    return headerWords() * BYTES;
  }

  /** Reads a block: what the description puts in front of one, then words. */
  void block(byte[] b, int from, int to, RecordSink sink) {
    int first = from + headerBytes();
    if (first > from && first >= to) {
      sink.malformed(
          RecordFault.EMPTY,
          0,
          0,
          to - from,
          "block of "
              + (to - from)
              + " bytes, expected a header of "
              + headerBytes()
              + " and words of "
              + BYTES
              + " behind it");
      return;
    }
    long runNumber = runOfHeader(b, from);
    if (runNumber != RecordSink.NO_RUN) {
      sink.run(runNumber);
    }
    words(b, from, first, to, sink);
  }

  /**
   * Reads words, one behind the other.
   *
   * @param from where the value begins that they are in
   * @param first where the first of them begins
   */
  void words(byte[] b, int from, int first, int to, RecordSink sink) {
    int whole = first + (to - first & -BYTES);
    if (isLayout) {
      long headBits = head.mask() << head.lowest();
      long hit = hitHead;
      for (int at = first; at < whole; at += BYTES) {
        long word = LittleEndian.getLong(b, at);
        if ((word & headBits) == hit || layout.isHit(word)) {
          sink.hit(word, 0);
        } else {
          sink.triggerWord((int) head.of(word));
        }
      }
    } else {
      for (int at = first; at < whole; at += BYTES) {
        record(read(b, at), sink);
      }
    }
    if (whole < to) {
      sink.malformed(
          RecordFault.MID_WORD,
          (whole - from) / BYTES,
          whole - from,
          to - from,
          "block ends in mid-word: " + (to - whole) + " bytes left, expected " + BYTES);
    }
  }

  private void record(long word, RecordSink sink) {
    if (run.mask() != 0) {
      sink.run(run.of(word));
    }
    int kind = (int) head.of(word);
    if (!layout.isHitHead(kind)) {
      sink.triggerWord(kind);
      return;
    }
    long at = orbitOf(word);
    sink.hit(orbits.place(hitOf(word), at), orbits.above(at));
  }

  private long hitOf(long word) {
    long hit = 0;
    for (Move move : moves) {
      hit |= (move.from.of(word) - move.first & move.from.mask()) << move.to;
    }
    return hit;
  }

  private long orbitOf(long word) {
    long at = orbit.of(word);
    return arrival.mask() == 0 ? at : orbits.ofHit(at, arrival.of(word), crossing.of(word));
  }

  /** The words of {@link HitLayout} of any record, a trigger word too. */
  public long hit(long word) {
    return isLayout ? word : orbits.place(hitOf(word), orbitOf(word));
  }

  /** The bits of a record's orbit above those in {@link #hit}. */
  public long orbitAbove(long word) {
    return isLayout ? 0 : orbits.above(orbitOf(word));
  }

  /** True where each word holds the number of its run. */
  public boolean hasRuns() {
    return run.mask() != 0;
  }

  /** The number of the run that a word holds, where it {@link #hasRuns}. */
  public long run(long word) {
    return run.of(word);
  }

  /**
   * A record as the DAQ writes it: what {@link #hit} and the others read.
   *
   * @param hit the record, see {@link HitLayout}
   * @param orbitAbove the bits of its orbit above those in it
   * @param runNumber number of the run; not used where words hold none
   */
  public long word(long hit, long orbitAbove, long runNumber) {
    if (isLayout) {
      return hit;
    }
    long word = run.holding(runNumber);
    for (Move move : moves) {
      word |= move.from.holding((hit >>> move.to) + move.first);
    }
    long at = layout.orbit(hit, orbitAbove);
    if (arrival.mask() == 0) {
      return word | orbit.holding(at);
    }
    int hitCrossing = layout.crossing(hit);
    return word
        | orbit.holding(orbits.arrivalOrbit(at, hitCrossing))
        | arrival.holding(orbits.arrivalCrossing(hitCrossing));
  }

  /** Words in front of the first record of a block. */
  public int headerWords() {
    return header.size();
  }

  /**
   * One of the words in front of a block.
   *
   * @param index which, from 0
   * @param runNumber number of the run
   */
  public long headerWord(int index, long runNumber) {
    HeaderWord holds = header.get(index);
    return holds.isRun() ? runBits(holds).holding(runNumber) : 0;
  }

  /** The number of the run in the words in front of a block; {@link RecordSink#NO_RUN} for none. */
  public long runOfHeader(byte[] b, int from) {
    for (int i = 0; i < header.size(); i++) {
      if (header.get(i).isRun()) {
        return runBits(header.get(i)).of(read(b, from + i * BYTES));
      }
    }
    return RecordSink.NO_RUN;
  }

  private static Bits runBits(HeaderWord holds) {
    return new Bits(holds.lowestBit(), (1L << holds.bits()) - 1);
  }

  /** The word at this place, in the DAQ's order of bytes. */
  public long read(byte[] b, int at) {
    long word = LittleEndian.getLong(b, at);
    return isBigEndian ? Long.reverseBytes(word) : word;
  }

  /** Puts a word to this place, in the DAQ's order of bytes. */
  public void write(byte[] b, int at, long word) {
    LittleEndian.putLong(b, at, isBigEndian ? Long.reverseBytes(word) : word);
  }
}
