package org.driftwatch.pipelines;

import java.io.IOException;
import java.io.InputStream;
import org.apache.beam.sdk.util.VarInt;

/** Lengths that stand in front of what they tell of: damaged ones are refused, not allocated. */
public final class Lengths {
  private static final int BELIEVED = 1 << 16;

  private Lengths() {}

  /**
   * Reads a length.
   *
   * @throws IOException where it is none
   */
  public static int decode(InputStream in) throws IOException {
    int length = VarInt.decodeInt(in);
    if (length < 0) {
      throw new IOException("length " + length + ", expected 0 or more: the bytes are damaged");
    }
    return length;
  }

  /** Room to make before anything is read; more is made as it comes. */
  public static int room(int length) {
    return Math.min(length, BELIEVED);
  }
}
