package org.driftwatch.pipelines.summarise;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Coder of {@link HitAccumulator}: the hits as they are packed, neither way unpacked. */
public final class HitAccumulatorCoder extends AtomicCoder<HitAccumulator> {
  private static final long serialVersionUID = 1;
  private static final HitAccumulatorCoder INSTANCE = new HitAccumulatorCoder();

  private HitAccumulatorCoder() {}

  /** The coder. */
  public static HitAccumulatorCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(HitAccumulator accumulator, OutputStream out) throws IOException {
    VarInt.encode(accumulator.records(), out);
    VarInt.encode(accumulator.malformed(), out);
    byte[] packed = accumulator.packed();
    VarInt.encode(packed.length, out);
    out.write(packed);
  }

  @Override
  public HitAccumulator decode(InputStream in) throws IOException {
    long records = VarInt.decodeLong(in);
    long malformed = VarInt.decodeLong(in);
    int length = VarInt.decodeInt(in);
    byte[] packed = in.readNBytes(length);
    if (packed.length < length) {
      throw new EOFException("stream ends within " + length + " bytes of packed hits");
    }
    return HitAccumulator.ofPacked(records, malformed, packed);
  }

  @Override
  public void verifyDeterministic() {}
}
