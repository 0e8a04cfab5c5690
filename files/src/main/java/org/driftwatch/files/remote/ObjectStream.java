package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The content of an object from a byte on. A thread of its own fetches the next part while the
 * current one is read; the first is requested at once. Holds at most two parts. Reading waits for a
 * part and can be interrupted.
 */
final class ObjectStream extends InputStream {
  /** Large against the time that a request takes, small against the memory. */
  static final int PART_BYTES = 4 << 20;

  private static final ExecutorService FETCHERS =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "fetch");
            thread.setDaemon(true);
            return thread;
          });

  private final ObjectReader reader;
  private byte[] present = {};
  private byte[] spare = {};
  private int position;
  private int end;
  private Future<Integer> coming;

  /** Begins to fetch. */
  ObjectStream(ObjectReader reader) {
    this.reader = reader;
    fetch();
  }

  private void fetch() {
    byte[] part = spare.length == 0 ? new byte[PART_BYTES] : spare;
    spare = part;
    coming = FETCHERS.submit(() -> reader.read(part));
  }

  @Override
  public int read() throws IOException {
    return hasMore() ? present[position++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (!hasMore()) {
      return -1;
    }
    int n = Math.min(length, end - position);
    System.arraycopy(present, position, bytes, offset, n);
    position += n;
    return n;
  }

  private boolean hasMore() throws IOException {
    while (position == end) {
      if (coming == null) {
        return false;
      }
      end = RemoteFile.await(coming);
      position = 0;
      byte[] done = present;
      present = spare;
      spare = done;
      coming = null;
      if (!reader.isAtEnd()) {
        fetch();
      }
    }
    return true;
  }

  @Override
  public void close() {
    if (coming != null) {
      coming.cancel(true);
      coming = null;
    }
    // Giving a connection up may wait for what is being read of it: not in the thread that ends.
    FETCHERS.execute(reader::close);
    position = end;
  }
}
