package org.driftwatch.pipelines.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.NoSuchElementException;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a file of records in pieces, from any of its pieces on. Pieces begin at about every so many
 * bytes, each with the first record that begins there or later: where a piece begins and ends is a
 * matter of the file alone, so whoever reads a part of it finds the same ones. Not safe for use by
 * several threads.
 */
final class FilePieces implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FilePieces.class);
  private static final int SHOWN = 64;
  private static final long NOWHERE = -1;
  private static final int AHEAD = 64 << 10;

  /** Read at a time: what is copied on its way stays in a processor's cache. */
  private static final int AT_ONCE = 128 << 10;

  private final Layout layout;
  private final InputStream in;
  private byte[] buffer;

  /** Where in the file the buffer begins, and how many bytes it holds. */
  private long bufferAt;

  private int held;
  private boolean atEnd;

  /** Where the next piece begins; the end of the file if there is none. */
  private long start;

  /**
   * How a file is cut.
   *
   * @param file its number in the batch
   * @param name its name
   * @param format of its records
   * @param blockBytes bytes of a block or word; 1 of text
   * @param sizes how long pieces are
   */
  record Layout(int file, String name, ValueFormat format, int blockBytes, Sizes sizes) {
    private boolean isText() {
      return format == ValueFormat.TEXT;
    }

    /** Bytes from the beginning of a piece to that of the next, at least. */
    private long step() {
      return Math.max(1L, sizes.piece() / blockBytes) * blockBytes;
    }

    /**
     * Where the piece is looked for that follows one.
     *
     * @param at where that begins
     */
    long after(long at) {
      return (at / step() + 1) * step();
    }

    /** The first place at or behind this one where pieces are looked for. */
    long from(long at) {
      return (at + step() - 1) / step() * step();
    }
  }

  /**
   * How much is read at a time, bytes.
   *
   * @param piece a piece, where its records are no longer
   * @param maxRecord from here on a piece ends with any line: no record is that long
   * @param maxLine a longer line is no record
   */
  record Sizes(int piece, int maxRecord, int maxLine) {}

  /**
   * The pieces from a place on.
   *
   * @param in the file from the byte {@link #opensAt} this place; closed with this
   * @param from 0, or what {@link Layout#from} or {@link Layout#after} has given
   * @throws IOException if reading fails
   */
  FilePieces(Layout layout, InputStream in, long from) throws IOException {
    this.layout = layout;
    this.in = in;
    buffer = new byte[room()];
    bufferAt = opensAt(layout, from);
    start = from;
    if (layout.isText()) {
      start = from == 0 ? 0 : pieceFrom(from);
      skipLongLines(from);
    }
    fill((int) (start - bufferAt) + 1);
  }

  /** Which byte of the file is needed first: of text also the one that ends the line before. */
  static long opensAt(Layout layout, long from) {
    return layout.isText() ? Math.max(0, from - 1) : from;
  }

  private int room() {
    return (int) layout.step() + (layout.isText() ? AHEAD : 0);
  }

  /** True if there is another piece. */
  boolean hasNext() {
    return !atEnd || start < bufferAt + held;
  }

  /** Where the next piece begins. */
  long start() {
    return start;
  }

  /**
   * The next piece.
   *
   * @throws IOException if reading fails
   */
  RecordBlock next() throws IOException {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long next = layout.after(start);
    if (!layout.isText()) {
      fill((int) (next - bufferAt));
      return take(Math.min(next, bufferAt + held), Math.min(next, bufferAt + held), 0);
    }
    long end = pieceFrom(next);
    if (end != NOWHERE) {
      return take(end, end, 0);
    }
    long line = start;
    for (int i = (int) (next - bufferAt) - 1; i > start - bufferAt; i--) {
      if (buffer[i - 1] == '\n') {
        line = bufferAt + i;
        break;
      }
    }
    LOG.warn(
        "{} byte {}: a line of more than {} bytes, expected one record a line; it counts as one"
            + " malformed record",
        layout.name(),
        line,
        layout.sizes().maxLine());
    RecordBlock piece = take(line, next, SHOWN);
    start = NOWHERE;
    skipLongLines(next);
    fill((int) (start - bufferAt) + 1);
    return piece;
  }

  /** Goes on, if need be, to the first piece that does not begin within a line that is too long. */
  private void skipLongLines(long from) throws IOException {
    long place = from;
    while (start == NOWHERE) {
      place = layout.after(place);
      drop(place - 1);
      start = pieceFrom(place);
    }
  }

  /**
   * Takes a piece out of the buffer.
   *
   * @param end where it ends
   * @param goOn where what is still needed of the file begins
   * @param more bytes behind its end that make a record of their own
   */
  private RecordBlock take(long end, long goOn, int more) throws IOException {
    int from = (int) (start - bufferAt);
    int to = (int) (end - bufferAt);
    // As it is, where it can be: a piece takes over the buffer.
    byte[] data = from == 0 ? buffer : Arrays.copyOfRange(buffer, from, to + more);
    RecordBlock piece = piece(data, to - from, more);
    int keep = (int) (goOn - bufferAt);
    byte[] left = new byte[Math.max(room(), held - keep)];
    System.arraycopy(buffer, keep, left, 0, held - keep);
    buffer = left;
    bufferAt += keep;
    held -= keep;
    start = end;
    if (more == 0) {
      fill((int) (start - bufferAt) + 1);
    }
    return piece;
  }

  /** A piece, whose blocks are one record each; bare words and lines are all one record. */
  private RecordBlock piece(byte[] data, int length, int more) {
    int record = layout.format() == ValueFormat.BLOCK ? layout.blockBytes() : Math.max(1, length);
    RecordBlock.Builder block =
        new RecordBlock.Builder(layout.name(), (length + record - 1) / record + 1, data);
    for (int at = 0; at < length; at += record) {
      block.addValueOf(layout.file(), start + at, layout.format(), Math.min(record, length - at));
    }
    if (more > 0) {
      block.addValueOf(layout.file(), start + length, layout.format(), more);
    }
    return block.build(Long.MIN_VALUE);
  }

  /**
   * Where the piece begins that is looked for at a place. Where it lies behind the next such place,
   * whoever begins there must find it, too.
   */
  private long pieceFrom(long place) throws IOException {
    long at = recordFrom(place);
    long looked = place;
    while (at != NOWHERE && at / layout.step() * layout.step() > looked) {
      looked = at / layout.step() * layout.step();
      long again = recordFrom(looked);
      if (again == at) {
        break;
      }
      at = again;
    }
    return at;
  }

  /**
   * Where the first record begins at or behind a place, or the end of the file. Lines within a JSON
   * object that spans several begin with a space, a quote or a brace. {@link #NOWHERE} within a
   * line that is too long.
   */
  private long recordFrom(long place) throws IOException {
    int looked = (int) (place - 1 - bufferAt);
    int strict = looked + layout.sizes().maxRecord();
    int most = looked + layout.sizes().maxLine();
    while (looked <= most) {
      if (looked + 1 >= held && !fill(looked + 2)) {
        return bufferAt + held;
      }
      if (buffer[looked] == '\n'
          && (looked >= strict || " \t\r\"},:".indexOf(buffer[looked + 1]) < 0)) {
        return bufferAt + looked + 1;
      }
      looked++;
    }
    return NOWHERE;
  }

  /** Forgets what lies in front of a place; reads on to it if need be. */
  private void drop(long place) throws IOException {
    int count = (int) Math.min(held, place - bufferAt);
    System.arraycopy(buffer, count, buffer, 0, held - count);
    held -= count;
    bufferAt += count;
    if (bufferAt < place) {
      long skipped = 0;
      while (skipped < place - bufferAt && fill(1)) {
        int of = (int) Math.min(held, place - bufferAt - skipped);
        System.arraycopy(buffer, of, buffer, 0, held - of);
        held -= of;
        skipped += of;
      }
      bufferAt += skipped;
    }
  }

  /** Reads on until it holds so many bytes; false if the file ends before. */
  private boolean fill(int wanted) throws IOException {
    if (held >= wanted) {
      return true;
    }
    if (wanted > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(wanted, 2 * buffer.length));
    }
    while (held < wanted && !atEnd) {
      int read = in.read(buffer, held, Math.min(buffer.length - held, AT_ONCE));
      if (read < 0) {
        atEnd = true;
      } else {
        held += read;
      }
    }
    return held >= wanted;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
