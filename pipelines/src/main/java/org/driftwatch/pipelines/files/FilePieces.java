package org.driftwatch.pipelines.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.WordFormat;
import org.driftwatch.pipelines.block.RecordBlock;

/**
 * Cuts a file of records into pieces that end where a record does. The offset of a piece is the
 * number of lines, or words, before it in the file.
 */
final class FilePieces {
  /**
   * How much is read at a time, bytes.
   *
   * @param piece a piece, where its records are no longer
   * @param maxRecord from here on a piece ends with any line: no record is that long
   * @param maxLine a longer line is refused
   */
  record Sizes(int piece, int maxRecord, int maxLine) {}

  private final String name;
  private final ValueFormat format;
  private final int blockBytes;
  private final Sizes sizes;

  /**
   * Pieces of a file.
   *
   * @param name the file's name
   * @param format of its records
   * @param blockBytes bytes of a block, where it holds blocks or bare words
   */
  FilePieces(String name, ValueFormat format, int blockBytes, Sizes sizes) {
    this.name = name;
    this.format = format;
    this.blockBytes = blockBytes;
    this.sizes = sizes;
  }

  /**
   * Reads the file to its end.
   *
   * @throws IOException where reading fails or a line is too long
   */
  void read(InputStream in, Consumer<RecordBlock> out) throws IOException {
    boolean isText = format == ValueFormat.TEXT;
    byte[] buffer = new byte[isText ? sizes.piece() : Math.max(sizes.piece(), 2 * blockBytes)];
    int held = 0;
    long offset = 0;
    long line = 0;
    while (true) {
      int read = in.readNBytes(buffer, held, buffer.length - held);
      int filled = held + read;
      boolean end = filled < buffer.length;
      int whole =
          end ? filled : isText ? afterLastRecord(buffer, filled) : filled - filled % blockBytes;
      if (whole > 0) {
        out.accept(piece(Arrays.copyOf(buffer, whole), isText ? line : offset / WordFormat.BYTES));
      }
      if (end) {
        return;
      }
      held = filled - whole;
      offset += whole;
      line += isText ? lineBreaks(buffer, whole) : 0;
      if (whole == 0) {
        if (buffer.length >= sizes.maxLine()) {
          throw new EOFException(
              name
                  + " byte "
                  + offset
                  + ": a line of more than "
                  + sizes.maxLine()
                  + " bytes, expected one record a line");
        }
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      } else {
        System.arraycopy(buffer, whole, buffer, 0, held);
      }
    }
  }

  /** A piece, whose blocks are one record each; bare words and lines are all one record. */
  private RecordBlock piece(byte[] data, long before) {
    int record = format == ValueFormat.BLOCK ? blockBytes : data.length;
    RecordBlock.Builder block =
        new RecordBlock.Builder(name, (data.length + record - 1) / record, data);
    for (int from = 0; from < data.length; from += record) {
      block.addValueOf(
          before + from / WordFormat.BYTES, format, Math.min(record, data.length - from));
    }
    return block.build(Long.MIN_VALUE);
  }

  private static long lineBreaks(byte[] buffer, int filled) {
    long breaks = 0;
    for (int i = 0; i < filled; i++) {
      breaks += buffer[i] == '\n' ? 1 : 0;
    }
    return breaks;
  }

  /**
   * Where the last record of a line, or of several, ends; 0 where that cannot be said yet. Lines
   * within a JSON object that spans several begin with a space, a quote or a brace.
   */
  private int afterLastRecord(byte[] buffer, int filled) {
    int lastLine = 0;
    for (int end = filled; end > 0; end--) {
      if (buffer[end - 1] == '\n') {
        lastLine = Math.max(lastLine, end);
        if (end < filled && " \t\r\"},:".indexOf(buffer[end]) < 0) {
          return end;
        }
      }
    }
    return filled >= sizes.maxRecord() ? lastLine : 0;
  }
}
