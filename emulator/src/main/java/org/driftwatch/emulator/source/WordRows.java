package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordSink;
import org.driftwatch.detector.WordFormat;
import org.driftwatch.files.SourceFault;

/**
 * Rows of a raw DAQ file: 64-bit words, one behind the other or in blocks with words of another
 * kind in front. Bytes at the end that make no whole word are counted as one unreadable row.
 */
final class WordRows implements RecordSource {
  private static final int BYTES = WordFormat.BYTES;

  private final String name;
  private final InputStream in;
  private final UnreadableRows unreadable;
  private final WordFormat format;

  /** Words in front of a block and in it; a block without end where there are none in front. */
  private final int headerWords;

  private final long blockWords;
  private final byte[] buffer = new byte[64 << 10];
  private int held;
  private long taken;
  private long leftOfBlock;
  private long run = RecordSink.NO_RUN;

  /**
   * Rows of a file.
   *
   * @param blocks true for blocks as the detector's description has them
   */
  WordRows(
      String name,
      InputStream in,
      UnreadableRows unreadable,
      DetectorDescription detector,
      boolean blocks) {
    this.name = name;
    this.in = in;
    this.unreadable = unreadable;
    format = new WordFormat(detector);
    headerWords = blocks ? format.headerWords() : 0;
    blockWords = headerWords == 0 ? Long.MAX_VALUE : detector.format().blockWords();
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    int before = batch.size();
    while (batch.size() == before) {
      if (leftOfBlock == 0 && !header()) {
        return false;
      }
      long rows = Math.min(batch.room(), Math.min(leftOfBlock, buffer.length / BYTES));
      if (!hold(1, (int) rows)) {
        return false;
      }
      int whole = held / BYTES;
      batch.setRun(run);
      for (int i = 0; i < whole; i++) {
        long word = format.read(buffer, i * BYTES);
        if (format.hasRuns()) {
          batch.setRun(format.run(word));
        }
        batch.add(format.hit(word), format.orbitAbove(word));
      }
      drop(whole);
      leftOfBlock -= whole;
    }
    return true;
  }

  /** Reads what stands in front of a block; false at the end. */
  private boolean header() throws IOException {
    if (headerWords > 0) {
      if (!hold(headerWords, headerWords)) {
        return false;
      }
      run = format.runOfHeader(buffer, 0);
      drop(headerWords);
    }
    leftOfBlock = blockWords;
    return true;
  }

  /** Reads until it holds so many words at least, and none beyond the most; false at the end. */
  private boolean hold(int least, int most) throws IOException {
    while (held < least * BYTES) {
      int n;
      try {
        n = in.read(buffer, held, most * BYTES - held);
      } catch (IOException e) {
        throw SourceFault.at(name + " byte " + (taken + held), e);
      }
      if (n < 0) {
        tellRest(least);
        return false;
      }
      held += n;
    }
    return true;
  }

  private void tellRest(int least) {
    if (held > 0) {
      unreadable.add(
          name + " byte " + taken,
          (least > 1 ? "ends in front of a block: " : "ends in mid-word: ")
              + held
              + " bytes left, expected "
              + least * BYTES);
      held = 0;
    }
  }

  private void drop(int words) {
    int bytes = words * BYTES;
    System.arraycopy(buffer, bytes, buffer, 0, held - bytes);
    held -= bytes;
    taken += bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
