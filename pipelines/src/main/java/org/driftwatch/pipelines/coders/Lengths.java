package org.driftwatch.pipelines.coders;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.beam.sdk.util.VarInt;

/** Lengths that stand in front of what they tell of: damaged ones are refused, not allocated. */
public final class Lengths {
  private static final int BELIEVED = 1 << 16;
  private static final int BELIEVED_BYTES = 1 << 21;

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

  /**
   * Reads a length and as many bytes.
   *
   * @throws IOException where it is none, or fewer bytes are there
   */
  public static byte[] bytes(InputStream in) throws IOException {
    int length = decode(in);
    byte[] bytes = new byte[Math.min(length, BELIEVED_BYTES)];
    int read = 0;
    while (true) {
      read += in.readNBytes(bytes, read, bytes.length - read);
      if (read < bytes.length) {
        throw new EOFException("stream ends after " + read + " of " + length + " bytes");
      }
      if (read == length) {
        return bytes;
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
    }
  }
}
