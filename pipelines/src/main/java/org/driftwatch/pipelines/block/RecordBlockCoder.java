package org.driftwatch.pipelines.block;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.driftwatch.detector.Varint;
import org.driftwatch.pipelines.coders.Lengths;

/**
 * Coder of {@link RecordBlock}: what stands beside the records, offsets and timestamps as
 * differences, in numbers of variable length; then the bytes of all records as they are. Both are
 * moved as a whole: a stream that is asked for single bytes costs more than the rest together.
 */
public final class RecordBlockCoder extends AtomicCoder<RecordBlock> {
  private static final long serialVersionUID = 1;
  private static final RecordBlockCoder INSTANCE = new RecordBlockCoder();

  private static final int FLAGS = (1 << RecordBlock.FLAG_BITS) - 1;

  /** Bytes of the five longest numbers that a record has. */
  private static final int LONGEST_RECORD = 5 * Varint.MAX_BYTES;

  /** Bytes of the fewest numbers that a record has: partition, offset, timestamp. */
  private static final int SHORTEST_RECORD = 3;

  private static final int USUAL_RECORD = 8;

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
    byte[] numbers = new byte[LONGEST_RECORD + USUAL_RECORD * block.size()];
    int end = 0;
    long offset = 0;
    long timestamp = 0;
    for (int i = 0; i < block.size(); i++) {
      if (numbers.length - end < LONGEST_RECORD) {
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      }
      int flags = block.flags(i);
      end = Varint.put((long) block.partition(i) << RecordBlock.FLAG_BITS | flags, numbers, end);
      end = Varint.put(Varint.zigZag(block.offset(i) - offset), numbers, end);
      end = Varint.put(Varint.zigZag(block.timestamp(i) - timestamp), numbers, end);
      offset = block.offset(i);
      timestamp = block.timestamp(i);
      if ((flags & RecordBlock.KEY) != 0) {
        end = Varint.put(block.valueFrom(i) - block.keyFrom(i), numbers, end);
      }
      if ((flags & RecordBlock.VALUE) != 0) {
        end = Varint.put(block.valueTo(i) - block.valueFrom(i), numbers, end);
      }
    }
    VarInt.encode(end, out);
    out.write(numbers, 0, end);
    VarInt.encode(block.bytes(), out);
    out.write(block.data(), 0, block.bytes());
  }

  @Override
  public RecordBlock decode(InputStream in) throws IOException {
    DataInputStream head = new DataInputStream(in);
    String topic = head.readUTF();
    long watermark = head.readLong();
    int size = Lengths.decode(in);
    Numbers numbers = new Numbers(Lengths.bytes(in));
    byte[] data = Lengths.bytes(in);
    if (size > numbers.bytes.length / SHORTEST_RECORD) {
      throw new EOFException(
          numbers.bytes.length + " bytes hold no " + size + " records: the bytes are damaged");
    }
    RecordBlock.Builder block = new RecordBlock.Builder(topic, size, data);
    long offset = 0;
    long timestamp = 0;
    for (int i = 0; i < size; i++) {
      long partition = numbers.next();
      int flags = (int) partition & FLAGS;
      offset += Varint.unZigZag(numbers.next());
      timestamp += Varint.unZigZag(numbers.next());
      int room = data.length - block.bytes();
      int keyLength = (flags & RecordBlock.KEY) == 0 ? 0 : numbers.nextLength(room);
      int valueLength = (flags & RecordBlock.VALUE) == 0 ? 0 : numbers.nextLength(room - keyLength);
      block.addOf(
          (int) (partition >>> RecordBlock.FLAG_BITS),
          offset,
          timestamp,
          flags,
          keyLength,
          valueLength);
    }
    if (block.bytes() != data.length || numbers.at != numbers.bytes.length) {
      throw new IOException(
          "records of " + block.bytes() + " bytes in " + data.length + ": the bytes are damaged");
    }
    return block.build(watermark);
  }

  /** Reads numbers one after the other. */
  private static final class Numbers {
    private final byte[] bytes;
    private int at;

    Numbers(byte[] bytes) {
      this.bytes = bytes;
    }

    long next() throws IOException {
      try {
        long number = Varint.get(bytes, at);
        at = Varint.end(bytes, at);
        return number;
      } catch (IndexOutOfBoundsException e) {
        throw new EOFException("the numbers of a block end early: the bytes are damaged");
      } catch (IllegalArgumentException e) {
        throw new IOException(e.getMessage() + ": the bytes are damaged", e);
      }
    }

    int nextLength(int most) throws IOException {
      long length = next();
      if (length < 0 || length > most) {
        throw new EOFException(
            "a key or value of " + length + " bytes where " + most + " are left");
      }
      return (int) length;
    }
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return true;
  }
}
