package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.coders.Lengths;
import org.driftwatch.pipelines.orbits.HitAccumulator;
import org.driftwatch.pipelines.orbits.HitAccumulatorCoder;

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
    VarInt.encode(held.waiting().size(), out);
    for (WindowPane pane : held.waiting()) {
      WindowPaneCoder.of().encode(pane, out);
    }
  }

  @Override
  public HeldWindow decode(InputStream in) throws IOException {
    long window = VarInt.decodeLong(in);
    int panes = VarInt.decodeInt(in);
    HitAccumulator hits = HitAccumulatorCoder.of().decode(in);
    List<WindowPane> waiting = new ArrayList<>();
    for (int left = Lengths.decode(in); left > 0; left--) {
      waiting.add(WindowPaneCoder.of().decode(in));
    }
    return new HeldWindow(window, panes, hits, waiting);
  }

  @Override
  public void verifyDeterministic() {}
}
