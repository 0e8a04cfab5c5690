package org.driftwatch.pipelines.summarise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Coder of {@link Place}. */
final class PlaceCoder extends AtomicCoder<Place> {
  private static final long serialVersionUID = 1;
  private static final PlaceCoder INSTANCE = new PlaceCoder();

  private PlaceCoder() {}

  static PlaceCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Place place, OutputStream out) throws IOException {
    VarInt.encode(place.shard(), out);
    VarInt.encode(place.number(), out);
  }

  @Override
  public Place decode(InputStream in) throws IOException {
    return new Place(VarInt.decodeInt(in), VarInt.decodeInt(in));
  }

  @Override
  public void verifyDeterministic() {}
}
