package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.driftwatch.files.SourceFault;

/**
 * Rows of a text with one a line. Blank lines are skipped, and so are header lines wherever they
 * stand, since files may have been joined; a line that is no row is counted as unreadable. No
 * object per hit.
 */
final class TextRows implements RecordSource {
  /** A longer line is not text of this kind; it is skipped as one unreadable row. */
  private static final int MAX_LINE = 64 << 10;

  private final String name;
  private final InputStream in;
  private final UnreadableRows unreadable;
  private final byte[] buffer = new byte[256 << 10];
  private final LineReader reader;
  private int position;
  private int end;
  private boolean ended;
  private boolean skippingLongLine;
  private long line;

  TextRows(String name, InputStream in, UnreadableRows unreadable, LineReader reader) {
    this.name = name;
    this.in = in;
    this.unreadable = unreadable;
    this.reader = reader;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    int before = batch.size();
    while (batch.room() > 0) {
      int newLine = endOfLine();
      if (newLine < 0) {
        if (batch.size() > before) {
          return true;
        }
        if (!fill()) {
          return false;
        }
        continue;
      }
      line++;
      if (skippingLongLine) {
        skippingLongLine = false;
        unreadable.add(where(), "longer than " + MAX_LINE + " bytes, expected a row");
      } else {
        Optional<String> fault = reader.read(buffer, position, newLine, batch);
        if (fault.isPresent()) {
          unreadable.add(where(), fault.get());
        }
      }
      position = Math.min(newLine + 1, end);
    }
    return true;
  }

  /** Index of the current line's end, or -1 if the rest of the line is yet to be read. */
  private int endOfLine() {
    for (int i = position; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return ended && (position < end || skippingLongLine) ? end : -1;
  }

  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    if (skippingLongLine || end - position > MAX_LINE) {
      skippingLongLine = true;
      position = end;
    }
    System.arraycopy(buffer, position, buffer, 0, end - position);
    end -= position;
    position = 0;
    int n;
    try {
      n = in.read(buffer, end, buffer.length - end);
    } catch (IOException e) {
      throw SourceFault.at(name + " line " + (line + 1), e);
    }
    if (n < 0) {
      ended = true;
      return end > 0 || skippingLongLine;
    }
    if (line == 0 && end == 0 && startsWithByteOrderMark(n)) {
      position = 3;
    }
    end += n;
    return true;
  }

  private boolean startsWithByteOrderMark(int n) {
    return n >= 3
        && buffer[0] == (byte) 0xEF
        && buffer[1] == (byte) 0xBB
        && buffer[2] == (byte) 0xBF;
  }

  private String where() {
    return name + " line " + line;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
