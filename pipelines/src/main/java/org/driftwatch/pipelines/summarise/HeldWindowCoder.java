package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Coder of {@link HeldWindow}. */
final class HeldWindowCoder extends AtomicCoder<HeldWindow> {
  private static final long serialVersionUID = 1;
  private static final HeldWindowCoder INSTANCE = new HeldWindowCoder();

  private HeldWindowCoder() {}

  static HeldWindowCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(HeldWindow held, OutputStream out) throws IOException {
    VarInt.encode(held.window(), out);
    VarInt.encode(held.panes(), out);
    HitAccumulatorCoder.of().encode(held.hits(), out);
  }

  @Override
  public HeldWindow decode(InputStream in) throws IOException {
    return new HeldWindow(
        VarInt.decodeLong(in), VarInt.decodeInt(in), HitAccumulatorCoder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}
}
