package org.driftwatch.pipelines.orbits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.coders.Lengths;
import org.driftwatch.pipelines.coders.LongSets;

/**
 * Coder of {@link HitAccumulator}s whose hits a {@link SpillFile} keeps: their numbers are all that
 * it writes. For this process only.
 */
public final class KeptHitsCoder extends CustomCoder<HitAccumulator> {
  private static final long serialVersionUID = 1;

  private final String spillFile;

  /**
   * A coder.
   *
   * @param spillFile id of the file
   */
  public KeptHitsCoder(String spillFile) {
    this.spillFile = spillFile;
  }

  @Override
  public void encode(HitAccumulator hits, OutputStream out) throws IOException {
    VarInt.encode(hits.records(), out);
    VarInt.encode(hits.malformed(), out);
    VarInt.encode(hits.announced(), out);
    LongSets.encode(hits.runs(), out);
    VarInt.encode(hits.packed().size(), out);
    for (PackedRun run : hits.packed()) {
      VarInt.encode(run.number(), out);
    }
  }

  @Override
  public HitAccumulator decode(InputStream in) throws IOException {
    SpillFile file = SpillFile.of(spillFile);
    long records = VarInt.decodeLong(in);
    long malformed = VarInt.decodeLong(in);
    long announced = VarInt.decodeLong(in);
    List<Long> runs = LongSets.decode(in);
    List<PackedRun> packed = new ArrayList<>();
    for (int left = Lengths.decode(in); left > 0; left--) {
      packed.add(file.get(VarInt.decodeInt(in)));
    }
    return new HitAccumulator(records, malformed, runs, announced, packed);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof KeptHitsCoder coder && coder.spillFile.equals(spillFile);
  }

  @Override
  public int hashCode() {
    return spillFile.hashCode();
  }
}
