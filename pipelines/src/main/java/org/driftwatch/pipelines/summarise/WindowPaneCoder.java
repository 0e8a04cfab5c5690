package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;

/** Coder of {@link WindowPane}. */
final class WindowPaneCoder extends AtomicCoder<WindowPane> {
  private static final long serialVersionUID = 1;
  private static final WindowPaneCoder INSTANCE = new WindowPaneCoder();

  private WindowPaneCoder() {}

  static WindowPaneCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(WindowPane pane, OutputStream out) throws IOException {
    VarInt.encode(pane.window(), out);
    VarInt.encode(pane.index(), out);
    HitAccumulatorCoder.of().encode(pane.hits(), out);
  }

  @Override
  public WindowPane decode(InputStream in) throws IOException {
    return new WindowPane(
        VarInt.decodeLong(in), VarInt.decodeLong(in), HitAccumulatorCoder.of().decode(in));
  }

  @Override
  public void verifyDeterministic() {}
}
