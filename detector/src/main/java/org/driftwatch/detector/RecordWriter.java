package org.driftwatch.detector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes records in the formats of the {@code stream} contract into a buffer that grows and is
 * reused: JSON objects, CSV lines, 64-bit words. Not safe for use by several threads.
 *
 * <pre>{@code
 * RecordWriter writer = new RecordWriter();
 * writer.json(record);
 * byte[] value = writer.take();
 * }</pre>
 */
public final class RecordWriter {
  private static final VarHandle LITTLE_ENDIAN_LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[][] JSON_KEYS = new byte[StreamTopic.COLUMNS.size()][];

  static {
    for (int i = 0; i < JSON_KEYS.length; i++) {
      String key = (i == 0 ? "{\"" : ",\"") + StreamTopic.COLUMNS.get(i) + "\":";
      JSON_KEYS[i] = key.getBytes(StandardCharsets.US_ASCII);
    }
  }

  private byte[] buffer = new byte[256];
  private int length;

  /** Bytes written since the last {@link #take()}. */
  public int length() {
    return length;
  }

  /** Appends a record as a JSON object without a line's end. */
  public RecordWriter json(DaqRecord r) {
    ensure(224);
    ascii(JSON_KEYS[0]);
    number(r.head());
    ascii(JSON_KEYS[1]);
    number(r.fpga());
    ascii(JSON_KEYS[2]);
    number(r.channel());
    ascii(JSON_KEYS[3]);
    number(r.orbit());
    ascii(JSON_KEYS[4]);
    number(r.bx());
    ascii(JSON_KEYS[5]);
    number(r.tdc());
    buffer[length++] = '}';
    return this;
  }

  /** Appends a record as a CSV line in column order without a line's end. */
  public RecordWriter csv(DaqRecord r) {
    ensure(160);
    number(r.head());
    buffer[length++] = ',';
    number(r.fpga());
    buffer[length++] = ',';
    number(r.channel());
    buffer[length++] = ',';
    number(r.orbit());
    buffer[length++] = ',';
    number(r.bx());
    buffer[length++] = ',';
    number(r.tdc());
    return this;
  }

  /** Appends a DAQ word, little-endian. */
  public RecordWriter word(long word) {
    ensure(HitWord.BYTES);
    LITTLE_ENDIAN_LONG.set(buffer, length, word);
    length += HitWord.BYTES;
    return this;
  }

  /** Appends a line's end, to put several records into one value. */
  public RecordWriter newLine() {
    ensure(1);
    buffer[length++] = '\n';
    return this;
  }

  /** The bytes written so far, as a new array; the writer starts anew. */
  public byte[] take() {
    byte[] bytes = Arrays.copyOf(buffer, length);
    length = 0;
    return bytes;
  }

  private void ensure(int more) {
    if (buffer.length - length < more) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }

  private void ascii(byte[] text) {
    System.arraycopy(text, 0, buffer, length, text.length);
    length += text.length;
  }

  private void number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      number((long) value);
    } else {
      String text = BigDecimal.valueOf(value).toPlainString();
      ensure(text.length() + 160);
      ascii(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void number(long value) {
    long rest = value;
    if (rest < 0) {
      buffer[length++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long limit = rest / 10; limit > 0; limit /= 10) {
      digits++;
    }
    for (int i = length + digits - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }
}
