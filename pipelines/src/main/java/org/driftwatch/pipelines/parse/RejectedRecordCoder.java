package org.driftwatch.pipelines.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** Coder of {@link RejectedRecord}. */
public final class RejectedRecordCoder extends AtomicCoder<RejectedRecord> {
  private static final long serialVersionUID = 1;
  private static final RejectedRecordCoder INSTANCE = new RejectedRecordCoder();
  private static final Coder<String> TEXT = StringUtf8Coder.of();
  private static final Coder<Integer> INT = VarIntCoder.of();
  private static final Coder<Long> LONG = VarLongCoder.of();
  private static final Coder<byte[]> BYTES = ByteArrayCoder.of();
  private static final Coder<byte[]> KEY = NullableCoder.of(BYTES);

  private RejectedRecordCoder() {}

  /** The coder. */
  public static RejectedRecordCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RejectedRecord r, OutputStream out) throws IOException {
    TEXT.encode(r.topic(), out);
    INT.encode(r.partition(), out);
    LONG.encode(r.offset(), out);
    INT.encode(r.index(), out);
    LONG.encode(r.timestamp(), out);
    TEXT.encode(r.reason(), out);
    KEY.encode(r.key(), out);
    BYTES.encode(r.bytes(), out);
  }

  @Override
  public RejectedRecord decode(InputStream in) throws IOException {
    return new RejectedRecord(
        TEXT.decode(in),
        INT.decode(in),
        LONG.decode(in),
        INT.decode(in),
        LONG.decode(in),
        TEXT.decode(in),
        KEY.decode(in),
        BYTES.decode(in));
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
