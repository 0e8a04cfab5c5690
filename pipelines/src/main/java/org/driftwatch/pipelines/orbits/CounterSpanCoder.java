package org.driftwatch.pipelines.orbits;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/** Coder of {@link CounterSpan}. */
public final class CounterSpanCoder extends AtomicCoder<CounterSpan> {
  private static final long serialVersionUID = 1;
  private static final CounterSpanCoder INSTANCE = new CounterSpanCoder();

  private CounterSpanCoder() {}

  /** The coder. */
  public static CounterSpanCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CounterSpan span, OutputStream out) throws IOException {
    VarInt.encode(span.file(), out);
    StringUtf8Coder.of().encode(span.name(), out);
    VarInt.encode(span.at(), out);
    VarInt.encode(span.origin(), out);
    VarInt.encode(span.first(), out);
    VarInt.encode(span.last(), out);
    VarInt.encode(span.least(), out);
    VarInt.encode(span.greatest(), out);
    VarInt.encode(span.hits(), out);
  }

  @Override
  public CounterSpan decode(InputStream in) throws IOException {
    return new CounterSpan(
        VarInt.decodeInt(in),
        StringUtf8Coder.of().decode(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in),
        VarInt.decodeLong(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
