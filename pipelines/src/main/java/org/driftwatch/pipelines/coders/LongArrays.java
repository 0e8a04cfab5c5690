package org.driftwatch.pipelines.coders;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.detector.LittleEndian;

/** Arrays of longs as bytes: a length, then eight bytes each, moved in large pieces. */
public final class LongArrays {
  private static final int PIECE = 1024;

  private LongArrays() {}

  /** Writes the first {@code size} longs. */
  public static void encode(long[] values, int size, OutputStream out) throws IOException {
    VarInt.encode(size, out);
    byte[] piece = new byte[Math.min(size, PIECE) * Long.BYTES];
    for (int from = 0; from < size; from += PIECE) {
      int count = Math.min(PIECE, size - from);
      for (int i = 0; i < count; i++) {
        LittleEndian.putLong(piece, i * Long.BYTES, values[from + i]);
      }
      out.write(piece, 0, count * Long.BYTES);
    }
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws EOFException where the stream ends early
   */
  public static long[] decode(InputStream in) throws IOException {
    int size = Lengths.decode(in);
    long[] values = new long[Lengths.room(size)];
    byte[] piece = new byte[Math.min(size, PIECE) * Long.BYTES];
    for (int from = 0; from < size; from += PIECE) {
      int count = Math.min(PIECE, size - from);
      if (in.readNBytes(piece, 0, count * Long.BYTES) < count * Long.BYTES) {
        throw new EOFException("stream ends within an array of " + size + " longs");
      }
      if (values.length - from < count) {
        values = Arrays.copyOf(values, (int) Math.min(size, 2L * values.length));
      }
      for (int i = 0; i < count; i++) {
        values[from + i] = LittleEndian.getLong(piece, i * Long.BYTES);
      }
    }
    return values;
  }
}
