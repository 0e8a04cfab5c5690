package org.driftwatch.emulator.source;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of several files one after the other, once or again and again. A file without rows is
 * told of; if none has any, that is a failure.
 */
public final class FileSequence implements RecordSource {
  private final List<ByteSource> files;
  private final boolean loop;
  private final UnreadableRows unreadable;
  private final Consumer<String> lines;

  private int next;
  private RecordSource current;
  private String currentName;
  private boolean currentHasRows;
  private boolean anyRows;

  /**
   * The rows of these files.
   *
   * @param loop true to begin again after the last
   * @param lines takes the line about a file without rows
   */
  public FileSequence(
      List<ByteSource> files, boolean loop, UnreadableRows unreadable, Consumer<String> lines) {
    this.files = List.copyOf(files);
    this.loop = loop;
    this.unreadable = unreadable;
    this.lines = lines;
  }

  @Override
  public boolean read(RowBatch batch) throws IOException {
    while (true) {
      if (current == null && !openNext()) {
        return false;
      }
      if (current.read(batch)) {
        currentHasRows = true;
        anyRows = true;
        return true;
      }
      if (!currentHasRows) {
        lines.accept(currentName + " has no rows");
      }
      close();
    }
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
    ByteSource file = files.get(next++);
    currentName = file.name();
    currentHasRows = false;
    current = RowsOf.open(file, unreadable);
    return true;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      RecordSource done = current;
      current = null;
      done.close();
    }
  }
}
