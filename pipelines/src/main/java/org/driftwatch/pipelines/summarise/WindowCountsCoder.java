package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Coder of {@link WindowCounts}: small numbers in few bytes. */
public final class WindowCountsCoder extends AtomicCoder<WindowCounts> {
  private static final long serialVersionUID = 1;
  private static final WindowCountsCoder INSTANCE = new WindowCountsCoder();

  private WindowCountsCoder() {}

  /** The coder. */
  public static WindowCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(WindowCounts counts, OutputStream out) throws IOException {
    for (long count : counts.counts) {
      VarInt.encode(count, out);
    }
  }

  @Override
  public WindowCounts decode(InputStream in) throws IOException {
    long[] counts = new long[WindowCounts.SIZE];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = VarInt.decodeLong(in);
    }
    return new WindowCounts(counts);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
