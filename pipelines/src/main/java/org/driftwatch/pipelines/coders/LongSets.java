package org.driftwatch.pipelines.coders;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.apache.beam.sdk.util.VarInt;

/** Small sets of longs as bytes: how many, then each, ascending. */
public final class LongSets {
  private LongSets() {}

  /** Writes a set. */
  public static void encode(SortedSet<Long> values, OutputStream out) throws IOException {
    VarInt.encode(values.size(), out);
    for (long value : values) {
      VarInt.encode(value, out);
    }
  }

  /** Reads what {@link #encode} wrote. */
  public static List<Long> decode(InputStream in) throws IOException {
    List<Long> values = new ArrayList<>();
    for (int size = Lengths.decode(in); size > 0; size--) {
      values.add(VarInt.decodeLong(in));
    }
    return values;
  }
}
