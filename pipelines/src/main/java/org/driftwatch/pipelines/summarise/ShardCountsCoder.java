package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Coder of {@link ShardCounts}. */
final class ShardCountsCoder extends AtomicCoder<ShardCounts> {
  private static final long serialVersionUID = 1;
  private static final ShardCountsCoder INSTANCE = new ShardCountsCoder();

  private ShardCountsCoder() {}

  static ShardCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ShardCounts shard, OutputStream out) throws IOException {
    VarInt.encode(shard.shard(), out);
    VarInt.encode(shard.panes(), out);
    WindowCountsCoder.of().encode(shard.counts(), out);
  }

  @Override
  public ShardCounts decode(InputStream in) throws IOException {
    return new ShardCounts(
        VarInt.decodeInt(in), VarInt.decodeInt(in), WindowCountsCoder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
