package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.RecordPacking;
import org.driftwatch.files.InputFile;

/**
 * The rows of several files one after the other, once or again and again; the next file is opened
 * while the current one plays. A file without rows is reported; if none has any, that is a failure.
 */
public final class FileSequence implements RecordSource {
  private static final int SKIPPED_AT_ONCE = 4096;

  private final RecordPacking packing;
  private final RowsOf rows;
  private final List<InputFile> files;
  private final StartPoint start;
  private final boolean loop;
  private final UnreadableRows unreadable;
  private final Consumer<String> lines;

  private int next;
  private boolean started;
  private RecordSource current;
  private RecordSource ahead;
  private String currentName;
  private long currentRows;
  private boolean anyRows;

  /**
   * The rows of these files.
   *
   * @param detector whose rows they are
   * @param start where to begin, the first time
   * @param loop true to begin again, at the first file, after the last
   * @param lines takes the line about a file without rows, and one for each try to read that
   *     failed; from any thread
   */
  public FileSequence(
      DetectorDescription detector,
      List<InputFile> files,
      StartPoint start,
      boolean loop,
      UnreadableRows unreadable,
      Consumer<String> lines) {
    packing = new RecordPacking(detector);
    rows = new RowsOf(detector);
    this.files = List.copyOf(files);
    this.start = start;
    this.loop = loop;
    this.unreadable = unreadable;
    this.lines = lines;
    next = start.file();
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    while (true) {
      if (current == null && !openNext()) {
        return false;
      }
      if (readCurrent(batch)) {
        return true;
      }
      if (currentRows == 0) {
        lines.accept(currentName + " has no rows");
      }
      closeCurrent();
    }
  }

  private boolean readCurrent(RowBatch batch) throws IOException {
    int before = batch.size();
    boolean more;
    try {
      more = current.read(batch);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + " (--from " + currentName + ":" + (currentRows + 1) + " resumes here)",
          e);
    }
    currentRows += batch.size() - before;
    anyRows |= more;
    return more;
  }

  private boolean openNext() throws IOException {
    if (next == files.size()) {
      if (!anyRows) {
        throw new IOException(
            files.size() == 1
                ? "the source has no rows; nothing to send"
                : "none of the " + files.size() + " source files has rows; nothing to send");
      }
      if (!loop) {
        return false;
      }
      next = 0;
    }
    InputFile file = files.get(next++);
    currentName = file.name();
    currentRows = 0;
    current = ahead != null ? ahead : rows.open(file, unreadable, lines);
    ahead = null;
    openAhead();
    if (!started) {
      started = true;
      skip(start.row() - 1);
    }
    return true;
  }

  private void openAhead() {
    if (next == files.size() && !loop) {
      return;
    }
    try {
      ahead = rows.open(files.get(next == files.size() ? 0 : next), unreadable, lines);
    } catch (IOException e) {
      // It is opened again when its turn comes, and a failure is reported then.
      ahead = null;
    }
  }

  private void skip(long wanted) throws IOException {
    unreadable.pause(true);
    while (currentRows < wanted) {
      RowBatch skipped =
          new RowBatch(packing, (int) Math.min(SKIPPED_AT_ONCE, wanted - currentRows));
      if (!readCurrent(skipped)) {
        throw new IOException(
            "--from " + currentName + ":" + start.row() + ": it has " + currentRows + " rows only");
      }
    }
    unreadable.pause(false);
  }

  private void closeCurrent() throws IOException {
    if (current != null) {
      RecordSource done = current;
      current = null;
      done.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeCurrent();
    } finally {
      if (ahead != null) {
        ahead.close();
        ahead = null;
      }
    }
  }
}
