package org.driftwatch.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of a gzip file (RFC 1952) with any number of members. Unlike the JDK's stream it does
 * not ask how much is available to see whether there is another member, nor takes a broken one for
 * the end: every fault is reported with its byte. Zeros after the last member are padding.
 */
public final class GzipStream extends InputStream {
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xE0;

  private final InputStream in;
  private final byte[] buffer = new byte[64 << 10];
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private int position;
  private int end;
  private long before;
  private boolean inMember;
  private boolean anyMember;

  /** The content of what this stream holds compressed; it is closed together with this one. */
  public GzipStream(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (inMember || nextMember()) {
      int n = inflate(bytes, offset, length);
      if (n > 0) {
        checksum.update(bytes, offset, n);
        return n;
      }
      endMember();
    }
    return -1;
  }

  /** Inflates some; 0 at the end of the member. */
  private int inflate(byte[] bytes, int offset, int length) throws IOException {
    while (true) {
      int n;
      try {
        n = inflater.inflate(bytes, offset, length);
      } catch (DataFormatException e) {
        position = end - inflater.getRemaining();
        throw new SourceFault(
            "its gzip data is broken at about byte " + place() + " (" + e.getMessage() + ")", e);
      }
      if (n > 0 || inflater.finished()) {
        position = end - inflater.getRemaining();
        return n;
      }
      if (inflater.needsDictionary()) {
        throw new SourceFault("its gzip data is broken at about byte " + place());
      }
      position = end;
      require();
      inflater.setInput(buffer, position, end - position);
    }
  }

  /** Goes on to the next member; false at the end. */
  private boolean nextMember() throws IOException {
    if (anyMember) {
      if (position == end && !fill()) {
        return false;
      }
      if (buffer[position] == 0) {
        skipPadding();
        return false;
      }
    }
    long start = place();
    int magic = number(2);
    int method = number(1);
    int flags = number(1);
    if (magic != 0x8B1F || method != 8 || (flags & RESERVED) != 0) {
      throw new SourceFault(
          anyMember
              ? "byte " + start + " is neither the end of its gzip data nor a further part of it"
              : "it is not gzip data, though its name ends in .gz");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(number(2));
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    inflater.setInput(buffer, position, end - position);
    checksum.reset();
    anyMember = true;
    inMember = true;
    return true;
  }

  private void endMember() throws IOException {
    inMember = false;
    long length = inflater.getBytesWritten();
    if (number(4) != (int) checksum.getValue() || number(4) != (int) length) {
      throw new SourceFault(
          "the checksum of its gzip data that ends at byte "
              + place()
              + " is wrong: do not trust what was read of it");
    }
  }

  private void skipPadding() throws IOException {
    do {
      for (; position < end; position++) {
        if (buffer[position] != 0) {
          throw new SourceFault(
              "byte " + place() + " is neither the end of its gzip data nor a further part of it");
        }
      }
    } while (fill());
  }

  /** A little-endian number of up to four bytes. */
  private int number(int bytes) throws IOException {
    int number = 0;
    for (int i = 0; i < bytes; i++) {
      require();
      number |= (buffer[position++] & 0xFF) << (8 * i);
    }
    return number;
  }

  private void skip(int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      require();
      position++;
    }
  }

  private void skipText() throws IOException {
    byte b;
    do {
      require();
      b = buffer[position++];
    } while (b != 0);
  }

  private void require() throws IOException {
    if (position == end && !fill()) {
      throw new SourceFault("its gzip data ends early, at byte " + place());
    }
  }

  private boolean fill() throws IOException {
    before += end;
    position = 0;
    end = 0;
    int n = in.read(buffer, 0, buffer.length);
    end = Math.max(n, 0);
    return n > 0;
  }

  /** The present byte of the compressed file, from 0. */
  private long place() {
    return before + position;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
