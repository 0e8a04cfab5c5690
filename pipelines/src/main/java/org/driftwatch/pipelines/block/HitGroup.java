package org.driftwatch.pipelines.block;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Comparator;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.detector.RecordSink;

/**
 * What hits have in common that are counted together, beside what their words hold: hits of two
 * groups never are of one orbit. Most windows have a single group.
 *
 * @param run number of their run, {@link RecordSink#NO_RUN} where the stream carries none
 * @param origin tells files of a batch apart whose orbit counters may have made any number of turns
 *     between them; else 0
 * @param above bits of their orbits above those in the words
 */
public record HitGroup(long run, long origin, long above) implements Comparable<HitGroup> {
  /** No run, and nothing above. */
  public static final HitGroup NONE = new HitGroup(RecordSink.NO_RUN, 0, 0);

  private static final Comparator<HitGroup> ORDER =
      Comparator.comparingLong(HitGroup::run)
          .thenComparingLong(HitGroup::origin)
          .thenComparingLong(HitGroup::above);

  /** True where the stream carries the number of the run. */
  public boolean hasRun() {
    return run != RecordSink.NO_RUN;
  }

  @Override
  public int compareTo(HitGroup other) {
    return ORDER.compare(this, other);
  }

  void encode(OutputStream out) throws IOException {
    VarInt.encode(run + 1, out);
    VarInt.encode(origin, out);
    VarInt.encode(above, out);
  }

  static HitGroup decode(InputStream in) throws IOException {
    HitGroup group =
        new HitGroup(VarInt.decodeLong(in) - 1, VarInt.decodeLong(in), VarInt.decodeLong(in));
    return group.equals(NONE) ? NONE : group;
  }
}
