package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.pipelines.coders.Lengths;
import org.driftwatch.pipelines.coders.LongArrays;
import org.driftwatch.pipelines.coders.LongSets;
import org.driftwatch.pipelines.tracks.MuonOrbit;

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
    long[] all = counts.counts();
    VarInt.encode(all.length, out);
    for (long count : all) {
      VarInt.encode(count, out);
    }
    LongSets.encode(counts.runs(), out);
    VarInt.encode(counts.marks(), out);
    VarInt.encode(counts.announced(), out);
    VarInt.encode(counts.events().size(), out);
    for (MuonOrbit event : counts.events()) {
      VarInt.encode(event.orbit(), out);
      out.write(event.isTrack() ? 1 : 0);
      LongArrays.encode(event.hits(), event.hits().length, out);
    }
  }

  @Override
  public WindowCounts decode(InputStream in) throws IOException {
    int size = Lengths.decode(in);
    long[] counts = new long[Lengths.room(size)];
    for (int i = 0; i < size; i++) {
      if (i == counts.length) {
        counts = Arrays.copyOf(counts, (int) Math.min(size, 2L * counts.length));
      }
      counts[i] = VarInt.decodeLong(in);
    }
    return new WindowCounts(
        counts, LongSets.decode(in), VarInt.decodeLong(in), VarInt.decodeLong(in), events(in));
  }

  private static List<MuonOrbit> events(InputStream in) throws IOException {
    int size = Lengths.decode(in);
    List<MuonOrbit> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(new MuonOrbit(VarInt.decodeLong(in), in.read() == 1, LongArrays.decode(in)));
    }
    return events;
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
