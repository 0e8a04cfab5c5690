package org.driftwatch.emulator.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.driftwatch.detector.Varint;

/**
 * Writes Kafka records to a file, so that they can be sent again bit for bit. Gzipped if the name
 * ends in {@code .gz}. The format, version 1:
 *
 * <pre>
 * file    = "DWREC1\r\n" record* end
 * record  = varint(bytes of the body) body
 * body    = zigzag(timestamp, ms, less that of the record before) varint(partition)
 *           bytes(key) bytes(value) varint(headers) { bytes(name, UTF-8) bytes(value) }*
 * bytes   = varint(length + 1) content; varint(0) for null
 * end     = varint(0) varint(records)
 * varint  = seven bits a byte, the lowest first, the eighth set if more follow
 * zigzag  = varint((n &lt;&lt; 1) ^ (n &gt;&gt; 63))
 * </pre>
 *
 * <p>A file without its end was cut off. Safe for use by several threads.
 */
public final class RecordingWriter implements AutoCloseable {
  static final byte[] MAGIC = "DWREC1\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final OutputStream out;
  private final byte[] number = new byte[Varint.MAX_BYTES];
  private byte[] body = new byte[1024];
  private int length;
  private long lastTimestamp;
  private long records;
  private IOException failure;
  private boolean closed;

  /**
   * Creates the file.
   *
   * @throws IOException if it is there already or cannot be created, with one line that says so
   */
  public RecordingWriter(Path file) throws IOException {
    this.file = file;
    OutputStream made;
    try {
      made = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "recording " + file + " already exists; remove it or choose another name", e);
    } catch (IOException e) {
      throw new IOException("recording " + file + " cannot be created: " + e, e);
    }
    try {
      out = new BufferedOutputStream(isGzipped(file) ? new GZIPOutputStream(made) : made, 1 << 16);
      out.write(MAGIC);
    } catch (IOException e) {
      made.close();
      throw new IOException("recording " + file + " cannot be written: " + e, e);
    }
  }

  static boolean isGzipped(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
  }

  /**
   * Writes a record. A failure is kept for {@link #close}; nothing more is written then, and {@link
   * #records} stands still.
   *
   * @param key null for none
   * @param value null for none
   */
  public synchronized void write(
      int partition, long timestamp, byte[] key, byte[] value, Headers headers) {
    if (failure != null || closed) {
      return;
    }
    length = 0;
    varint(Varint.zigZag(timestamp - lastTimestamp));
    varint(partition);
    bytes(key);
    bytes(value);
    int count = 0;
    for (Header unused : headers) {
      count++;
    }
    varint(count);
    for (Header header : headers) {
      bytes(header.key().getBytes(StandardCharsets.UTF_8));
      bytes(header.value());
    }
    try {
      writeVarint(length);
      out.write(body, 0, length);
      lastTimestamp = timestamp;
      records++;
    } catch (IOException e) {
      failure = e;
    }
  }

  private void bytes(byte[] content) {
    if (content == null) {
      varint(0);
      return;
    }
    varint(content.length + 1L);
    ensure(content.length);
    System.arraycopy(content, 0, body, length, content.length);
    length += content.length;
  }

  private void varint(long value) {
    ensure(Varint.MAX_BYTES);
    length = Varint.put(value, body, length);
  }

  private void writeVarint(long value) throws IOException {
    out.write(number, 0, Varint.put(value, number, 0));
  }

  private void ensure(int more) {
    if (body.length - length < more) {
      body = Arrays.copyOf(body, Math.max(2 * body.length, length + more));
    }
  }

  /** True if writing has failed; {@link #close} says why. */
  public synchronized boolean isBroken() {
    return failure != null;
  }

  /** Records written so far. */
  public synchronized long records() {
    return records;
  }

  /**
   * Writes the end.
   *
   * @throws IOException if this, or the writing of a record, failed
   */
  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      if (failure == null) {
        writeVarint(0);
        writeVarint(records);
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
    if (failure != null) {
      throw new IOException(
          "recording " + file + " broke off after " + records + " records: " + failure, failure);
    }
  }
}
