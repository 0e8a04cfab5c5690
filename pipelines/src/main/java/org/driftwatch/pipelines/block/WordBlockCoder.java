package org.driftwatch.pipelines.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.coders.LongArrays;

/** Coder of {@link WordBlock}. */
public final class WordBlockCoder extends AtomicCoder<WordBlock> {
  private static final long serialVersionUID = 1;
  private static final WordBlockCoder INSTANCE = new WordBlockCoder();

  private WordBlockCoder() {}

  /** The coder. */
  public static WordBlockCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(WordBlock block, OutputStream out) throws IOException {
    block.group().encode(out);
    VarInt.encode(block.records(), out);
    VarInt.encode(block.malformed(), out);
    LongArrays.encode(block.words(), block.words().length, out);
    LongArrays.encode(block.others(), block.others().length, out);
  }

  @Override
  public WordBlock decode(InputStream in) throws IOException {
    return new WordBlock(
        HitGroup.decode(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        LongArrays.decode(in),
        LongArrays.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
