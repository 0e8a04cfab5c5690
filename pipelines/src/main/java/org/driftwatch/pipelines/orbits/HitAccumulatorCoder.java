package org.driftwatch.pipelines.orbits;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.coders.Lengths;
import org.driftwatch.pipelines.coders.LongSets;

/** Coder of {@link HitAccumulator}: the hits as they are packed, neither way unpacked. */
public final class HitAccumulatorCoder extends AtomicCoder<HitAccumulator> {
  private static final long serialVersionUID = 1;
  private static final HitAccumulatorCoder INSTANCE = new HitAccumulatorCoder();

  /** What an array holds, less what stands around the hits. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - (1 << 20);

  private HitAccumulatorCoder() {}

  /** The coder. */
  public static HitAccumulatorCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(HitAccumulator accumulator, OutputStream out) throws IOException {
    VarInt.encode(accumulator.records(), out);
    VarInt.encode(accumulator.malformed(), out);
    VarInt.encode(accumulator.announced(), out);
    LongSets.encode(accumulator.runs(), out);
    List<PackedRun> packed = accumulator.packed();
    long bytes = packed.stream().mapToLong(PackedRun::length).sum();
    if (bytes > MAX_BYTES) {
      throw new CoderException(
          accumulator.size()
              + " hits of a shard take "
              + bytes
              + " bytes, expected "
              + MAX_BYTES
              + " or fewer: use more --shards, or fewer or smaller files in one batch");
    }
    VarInt.encode(packed.size(), out);
    for (PackedRun part : packed) {
      VarInt.encode(part.length(), out);
      out.write(part.bytes());
    }
  }

  @Override
  public HitAccumulator decode(InputStream in) throws IOException {
    long records = VarInt.decodeLong(in);
    long malformed = VarInt.decodeLong(in);
    long announced = VarInt.decodeLong(in);
    List<Long> runs = LongSets.decode(in);
    List<PackedRun> packed = new ArrayList<>();
    for (int parts = Lengths.decode(in); parts > 0; parts--) {
      int length = Lengths.decode(in);
      byte[] part = in.readNBytes(length);
      if (part.length < length) {
        throw new EOFException("stream ends within " + length + " bytes of packed hits");
      }
      try {
        packed.add(new PackedRun(part));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw new IOException("packed hits without their number: the bytes are damaged", e);
      }
    }
    return new HitAccumulator(records, malformed, runs, announced, packed);
  }

  @Override
  public void verifyDeterministic() {}
}
