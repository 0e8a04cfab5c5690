package org.driftwatch.pipelines.read;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.Lengths;

/** Coder of {@link RecordBlock}: offsets and timestamps as differences, bytes as they are. */
public final class RecordBlockCoder extends AtomicCoder<RecordBlock> {
  private static final long serialVersionUID = 1;
  private static final RecordBlockCoder INSTANCE = new RecordBlockCoder();

  private RecordBlockCoder() {}

  /** The coder. */
  public static RecordBlockCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RecordBlock block, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeUTF(block.topic());
    data.writeLong(block.watermark());
    VarInt.encode(block.size(), out);
    long offset = 0;
    long timestamp = 0;
    for (int i = 0; i < block.size(); i++) {
      VarInt.encode(block.partition(i) << 1 | (block.isWords(i) ? 1 : 0), out);
      VarInt.encode(zigZag(block.offset(i) - offset), out);
      VarInt.encode(zigZag(block.timestamp(i) - timestamp), out);
      offset = block.offset(i);
      timestamp = block.timestamp(i);
      bytes(block.key(i), out);
      bytes(block.value(i), out);
    }
  }

  @Override
  public RecordBlock decode(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    String topic = data.readUTF();
    long watermark = data.readLong();
    int size = Lengths.decode(in);
    RecordBlock.Builder block = new RecordBlock.Builder(topic, Lengths.room(size));
    long offset = 0;
    long timestamp = 0;
    for (int i = 0; i < size; i++) {
      int partitionAndFormat = VarInt.decodeInt(in);
      offset += unZigZag(VarInt.decodeLong(in));
      timestamp += unZigZag(VarInt.decodeLong(in));
      byte[] key = bytes(in);
      byte[] value = bytes(in);
      block.add(
          partitionAndFormat >>> 1, offset, timestamp, key, value, (partitionAndFormat & 1) != 0);
    }
    return block.build(watermark);
  }

  private static void bytes(byte @Nullable [] bytes, OutputStream out) throws IOException {
    if (bytes == null) {
      VarInt.encode(0, out);
    } else {
      VarInt.encode(bytes.length + 1L, out);
      out.write(bytes);
    }
  }

  private static byte @Nullable [] bytes(InputStream in) throws IOException {
    int length = Lengths.decode(in) - 1;
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("stream ends within a key or value of " + length + " bytes");
    }
    return bytes;
  }

  private static long zigZag(long v) {
    return v << 1 ^ v >> 63;
  }

  private static long unZigZag(long v) {
    return v >>> 1 ^ -(v & 1);
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
