package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.LongArrays;

/** Coder of {@link HitAccumulator}. */
public final class HitAccumulatorCoder extends AtomicCoder<HitAccumulator> {
  private static final long serialVersionUID = 1;
  private static final HitAccumulatorCoder INSTANCE = new HitAccumulatorCoder();

  private HitAccumulatorCoder() {}

  /** The coder. */
  public static HitAccumulatorCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(HitAccumulator a, OutputStream out) throws IOException {
    VarInt.encode(a.records, out);
    VarInt.encode(a.malformed, out);
    LongArrays.encode(a.hits, a.size, out);
  }

  @Override
  public HitAccumulator decode(InputStream in) throws IOException {
    long records = VarInt.decodeLong(in);
    long malformed = VarInt.decodeLong(in);
    long[] hits = LongArrays.decode(in);
    return new HitAccumulator(records, malformed, hits, hits.length);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
