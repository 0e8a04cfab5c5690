package org.driftwatch.emulator.record;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.driftwatch.detector.Varint;

/**
 * Reads a recording, see {@link RecordingWriter} for the format. Failures are one line with the
 * byte at which the file is damaged; records before it are sound. Not safe for use by several
 * threads.
 */
public final class RecordingReader implements AutoCloseable {
  /** More than a broker takes: a longer record is damage. */
  private static final int MOST_BYTES = 128 << 20;

  private final String name;
  private final InputStream in;
  private long position;
  private long timestamp;
  private long records;
  private boolean ended;
  private byte[] body = new byte[0];
  private int next;

  /**
   * Opens a recording.
   *
   * @throws IOException if there is none, with one line that says so
   */
  public RecordingReader(Path file) throws IOException {
    this(file, opened(file));
  }

  /** Reads the content of a recording of this name, and closes it. */
  RecordingReader(Path file, InputStream content) throws IOException {
    boolean gzipped = RecordingWriter.isGzipped(file);
    name = "recording " + file + (gzipped ? ", unpacked" : "");
    try {
      in = gzipped ? new BufferedInputStream(new GZIPInputStream(content), 1 << 16) : content;
      byte[] magic = in.readNBytes(RecordingWriter.MAGIC.length);
      if (!Arrays.equals(magic, RecordingWriter.MAGIC)) {
        throw new IOException(
            "recording "
                + file
                + " byte 0: begins with "
                + quote(magic)
                + ", expected DWREC1: this is not a recording of the emulator");
      }
    } catch (ZipException | EOFException e) {
      content.close();
      throw new IOException(
          "recording " + file + " byte 0: not gzip, though its name ends in .gz: " + e.getMessage(),
          e);
    } catch (IOException e) {
      content.close();
      throw e;
    }
    position = RecordingWriter.MAGIC.length;
  }

  private static InputStream opened(Path file) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (NoSuchFileException e) {
      throw new IOException("recording " + file + " does not exist", e);
    } catch (IOException e) {
      throw new IOException("recording " + file + " cannot be read: " + e, e);
    }
  }

  private static String quote(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (byte b : bytes) {
      text.append(b >= ' ' && b < 127 ? (char) b : '?');
    }
    return text.append('"').toString();
  }

  /**
   * The next record, or null at the end.
   *
   * @throws IOException if the file ends early or is damaged
   */
  public RecordedRecord read() throws IOException {
    if (ended) {
      return null;
    }
    long start = position;
    long size = fileVarint();
    if (size == 0) {
      end(start);
      return null;
    }
    if (size < 0 || size > MOST_BYTES) {
      throw damaged(start, "a record of " + size + " bytes, expected at most " + MOST_BYTES);
    }
    body = readFully((int) size);
    next = 0;
    try {
      RecordedRecord found = parse();
      if (next != body.length) {
        throw new IndexOutOfBoundsException((body.length - next) + " bytes too many");
      }
      records++;
      return found;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
      throw damaged(start, "record " + (records + 1) + " does not fill its length of " + size);
    }
  }

  private RecordedRecord parse() {
    long stamp = timestamp + Varint.unZigZag(varint());
    long partition = varint();
    byte[] key = bytes();
    byte[] value = bytes();
    long count = varint();
    if (partition != (int) partition || count < 0 || count > body.length) {
      throw new IndexOutOfBoundsException("partition " + partition + ", headers " + count);
    }
    List<Header> headers = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      byte[] header = bytes();
      if (header == null) {
        throw new IndexOutOfBoundsException("a header without a name");
      }
      headers.add(new RecordHeader(new String(header, StandardCharsets.UTF_8), bytes()));
    }
    timestamp = stamp;
    return new RecordedRecord((int) partition, stamp, key, value, headers);
  }

  private byte[] bytes() {
    long length = varint() - 1;
    if (length < 0) {
      return null;
    }
    if (length > body.length - next) {
      throw new IndexOutOfBoundsException(length + " bytes of " + (body.length - next));
    }
    byte[] content = Arrays.copyOfRange(body, next, next + (int) length);
    next += (int) length;
    return content;
  }

  private long varint() {
    long value = Varint.get(body, next);
    next = Varint.end(body, next);
    return value;
  }

  private long fileVarint() throws IOException {
    byte[] number = new byte[Varint.MAX_BYTES];
    int size = 0;
    do {
      if (size == number.length) {
        throw damaged(position, "a number of more than 64 bits");
      }
      number[size] = readFully(1)[0];
    } while (number[size++] < 0);
    return Varint.get(number, 0);
  }

  private void end(long start) throws IOException {
    ended = true;
    long expected = fileVarint();
    if (expected != records) {
      throw damaged(start, "the end announces " + expected + " records, found " + records);
    }
    if (readUpTo(1).length > 0) {
      throw damaged(position, "has data after its end");
    }
  }

  private byte[] readFully(int size) throws IOException {
    byte[] bytes = readUpTo(size);
    position += bytes.length;
    if (bytes.length < size) {
      throw damaged(
          position, "ends early, after " + records + " whole records: the recording was cut off");
    }
    return bytes;
  }

  private byte[] readUpTo(int size) throws IOException {
    try {
      return in.readNBytes(size);
    } catch (EOFException | ZipException e) {
      throw new IOException(
          name + " byte " + position + ": the gzip data is broken: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IOException(name + " byte " + position + ": reading failed: " + e, e);
    }
  }

  private IOException damaged(long at, String what) {
    return new IOException(name + " byte " + at + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
