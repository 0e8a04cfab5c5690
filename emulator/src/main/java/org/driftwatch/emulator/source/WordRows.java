package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.driftwatch.detector.HitWord;

/**
 * Rows of a raw DAQ file: little-endian 64-bit words. Bytes at the end that make no whole word are
 * counted as one unreadable row.
 */
final class WordRows implements RecordSource {
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final String name;
  private final InputStream in;
  private final UnreadableRows unreadable;
  private final byte[] buffer = new byte[64 << 10];
  private int held;
  private long taken;

  WordRows(String name, InputStream in, UnreadableRows unreadable) {
    this.name = name;
    this.in = in;
    this.unreadable = unreadable;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    int wanted = Math.min(buffer.length, batch.room() * HitWord.BYTES);
    while (held < HitWord.BYTES) {
      int n;
      try {
        n = in.read(buffer, held, wanted - held);
      } catch (IOException e) {
        throw SourceFault.at(name + " byte " + (taken + held), e);
      }
      if (n < 0) {
        if (held > 0) {
          unreadable.add(
              name + " byte " + taken,
              "ends in mid-word: " + held + " bytes left, expected " + HitWord.BYTES);
          held = 0;
        }
        return false;
      }
      held += n;
    }
    int whole = held & -HitWord.BYTES;
    for (int p = 0; p < whole; p += HitWord.BYTES) {
      batch.add((long) LITTLE_ENDIAN_LONG.get(buffer, p));
    }
    System.arraycopy(buffer, whole, buffer, 0, held - whole);
    held -= whole;
    taken += whole;
    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
