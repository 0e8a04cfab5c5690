package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.detector.SummaryLayout;

/**
 * Coder of {@link WindowCounts}: small numbers in few bytes. The hits of each chamber follow from
 * its occupancy and are left out.
 */
public final class WindowCountsCoder extends AtomicCoder<WindowCounts> {
  private static final long serialVersionUID = 1;
  private static final WindowCountsCoder INSTANCE = new WindowCountsCoder();

  /** Indices of the counts in the order in which they are written. */
  private static final int[] ORDER =
      IntStream.concat(
              IntStream.of(
                  SummaryLayout.RECORDS,
                  SummaryLayout.MALFORMED,
                  SummaryLayout.HITS,
                  SummaryLayout.SCINTILLATOR_HITS,
                  SummaryLayout.OTHER_HITS,
                  SummaryLayout.ORBITS,
                  SummaryLayout.SCINTILLATOR_ORBITS,
                  WindowCounts.MARKS,
                  WindowCounts.ANNOUNCED_MARKS),
              IntStream.range(SummaryLayout.SCALARS, SummaryLayout.SIZE))
          .toArray();

  private WindowCountsCoder() {}

  /** The coder. */
  public static WindowCountsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(WindowCounts counts, OutputStream out) throws IOException {
    for (int i : ORDER) {
      VarInt.encode(counts.counts[i], out);
    }
  }

  @Override
  public WindowCounts decode(InputStream in) throws IOException {
    long[] counts = new long[WindowCounts.SIZE];
    for (int i : ORDER) {
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
