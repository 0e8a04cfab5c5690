package org.driftwatch.emulator.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.HitLayout;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.RunNumbers;
import org.driftwatch.emulator.source.RowBatch;
import org.driftwatch.files.FileLayout;

/**
 * Rows one behind the other in a file, as the readout's own files have them: lines of CSV behind
 * one with the columns' names, JSON objects, words of the DAQ, or blocks of these. Times leave no
 * trace.
 *
 * <p>Of a trigger word that fits no word, such as one with a fraction, only HEAD is kept; a hit
 * that fits none is left out. Both are counted. Where the file fails, methods throw {@link
 * UncheckedIOException}. Used by one thread; {@link #rows} from any.
 */
public final class RowFile implements RowEncoder {
  /** Bytes handed over to the file at once. */
  private static final int CHUNK = 1 << 18;

  private final FileLayout kind;
  private final WholeFile file;
  private final RunNumbers runs;
  private final HitLayout layout;
  private final RecordWriter writer;
  private final int blockWords;

  private int leftOfBlock;
  private long run;
  private long count;
  private long hits;
  private long shortened;
  private long leftOut;
  private volatile long rows;

  /**
   * Rows of a detector.
   *
   * @param kind what the file holds, see {@link FileLayout#refusal}
   * @param file takes the bytes; ended by its owner
   * @param runs the runs that rows are of
   */
  public RowFile(DetectorDescription detector, FileLayout kind, WholeFile file, RunNumbers runs) {
    this.kind = kind;
    this.file = file;
    this.runs = runs;
    layout = new HitLayout(detector);
    writer = new RecordWriter(detector);
    blockWords = detector.format().blockWords();
    if (kind == FileLayout.TEXT) {
      writer.csvHeader().newLine();
    }
  }

  @Override
  public void row(RowBatch batch, int i, long due) {
    long of = runs.of(batch, i, due);
    switch (kind) {
      case TEXT -> csv(batch, i, of);
      case JSON_LINES -> json(batch, i, of);
      case WORDS, BLOCKS -> {
        if (!word(batch, i, of)) {
          return;
        }
      }
    }
    count++;
    hits += batch.isHit(i) ? 1 : 0;
    if (writer.length() >= CHUNK) {
      flush();
    }
  }

  private void csv(RowBatch batch, int i, long of) {
    writer.run(of);
    if (batch.isWide(i)) {
      writer.csv(batch.row(i)).newLine();
    } else {
      writer.csv(batch.word(i), batch.orbitAbove(i)).newLine();
    }
  }

  private void json(RowBatch batch, int i, long of) {
    writer.run(of);
    if (batch.isWide(i)) {
      writer.json(batch.row(i)).newLine();
    } else {
      writer.json(batch.word(i), batch.orbitAbove(i)).newLine();
    }
  }

  /** Writes a row as a word; false if it can be none. */
  private boolean word(RowBatch batch, int i, long of) {
    long word;
    if (!batch.isWide(i)) {
      word = batch.word(i);
    } else {
      DaqRecord row = batch.row(i);
      if (batch.isHit(i) || row.head() < 0 || row.head() >= layout.heads()) {
        leftOut++;
        return false;
      }
      shortened++;
      word = layout.triggerWord(row.head());
    }
    if (kind == FileLayout.BLOCKS) {
      beginBlock(of);
    }
    writer.run(of).word(word, batch.isWide(i) ? 0 : batch.orbitAbove(i));
    return true;
  }

  private void beginBlock(long of) {
    if (leftOfBlock == 0) {
      writer.run(of).blockHeader();
      leftOfBlock = blockWords;
      run = of;
    } else if (of != run) {
      throw new UncheckedIOException(
          new IOException(
              "run "
                  + of
                  + " begins behind row "
                  + count
                  + ", in the middle of a block of run "
                  + run
                  + "; write each run to a file of its own"));
    }
    leftOfBlock--;
  }

  /** A row that is lost leaves nothing in a file. */
  @Override
  public void skip(RowBatch batch, int i, long due) {
    runs.of(batch, i, due);
  }

  @Override
  public void beside(RowBatch batch, int i, long due) {
    row(batch, i, due);
  }

  @Override
  public long deadline() {
    return NO_DEADLINE;
  }

  @Override
  public void release(long now) {}

  @Override
  public void flush() {
    try {
      file.write(writer.take());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows = count;
  }

  /** Rows handed over to the file so far. */
  public long rows() {
    return rows;
  }

  /** Hits among the rows. */
  public long hits() {
    return hits;
  }

  /** Trigger words of which only HEAD is kept. */
  public long shortened() {
    return shortened;
  }

  /** Rows that are no trigger words and fit no word. */
  public long leftOut() {
    return leftOut;
  }
}
