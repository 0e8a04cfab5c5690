package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.LongArrays;

/** Coder of {@link HitBlock}. */
public final class HitBlockCoder extends AtomicCoder<HitBlock> {
  private static final long serialVersionUID = 1;
  private static final HitBlockCoder INSTANCE = new HitBlockCoder();

  private HitBlockCoder() {}

  /** The coder. */
  public static HitBlockCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(HitBlock block, OutputStream out) throws IOException {
    VarInt.encode(block.records(), out);
    VarInt.encode(block.malformed(), out);
    LongArrays.encode(block.hits(), block.hits().length, out);
  }

  @Override
  public HitBlock decode(InputStream in) throws IOException {
    return new HitBlock(VarInt.decodeLong(in), VarInt.decodeLong(in), LongArrays.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
