package org.driftwatch.files.remote;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.Consumer;
import org.driftwatch.files.SourceFault;

/**
 * Reads an object from one of its bytes to its last, in parts, each by a request of its own: no
 * connection lies idle however slowly the content is read. After a broken connection it resumes at
 * the same byte, if the object has not changed. Used by one thread at a time; {@link #close} from
 * any.
 */
final class ObjectReader {
  private final StoredObject object;
  private final Retries retries;
  private final Consumer<String> lines;

  private long position;
  private long size;
  private String version;
  private boolean begun;
  private int failed;
  private IOException failure;
  private volatile StoredObject.Body body;
  private volatile boolean closed;

  /**
   * Sends nothing yet.
   *
   * @param from the first byte to read
   * @param size bytes of the whole object, or {@link StoredObject#UNKNOWN}
   * @param version the version to read; empty for the one that is found at first
   * @param lines takes a line for each try that failed
   */
  ObjectReader(
      StoredObject object,
      long from,
      long size,
      String version,
      Retries retries,
      Consumer<String> lines) {
    this.object = object;
    position = from;
    this.size = size;
    this.version = version;
    this.retries = retries;
    this.lines = lines;
  }

  /**
   * Reads on until the part is full or the object ends.
   *
   * @return bytes read; fewer than the part takes at the end, or before a failure, which the next
   *     call throws
   * @throws SourceFault if the object cannot be read further, with the byte
   */
  int read(byte[] part) throws IOException {
    if (failure != null) {
      throw failure;
    }
    int n = 0;
    while (n < part.length && position != size) {
      try {
        int got = readSome(part, n);
        if (got > 0) {
          n += got;
          position += got;
          failed = 0;
        }
      } catch (IOException e) {
        release();
        failure = afterFailure(e);
        if (failure != null) {
          return endWith(n);
        }
      }
    }
    if (position == size) {
      release();
    }
    return n;
  }

  /** True if the last byte has been read. */
  boolean isAtEnd() {
    return failure == null && position == size;
  }

  private int endWith(int n) throws IOException {
    if (n == 0) {
      throw failure;
    }
    return n;
  }

  /** Waits if another try is due; else returns the failure to report. */
  private IOException afterFailure(IOException e) {
    if (closed) {
      return new InterruptedIOException("closed");
    }
    Trouble trouble = Trouble.of(e);
    if (trouble.kind() == Trouble.Kind.FINAL) {
      return new SourceFault("byte " + position + ": " + trouble.text(), e);
    }
    failed++;
    if (failed >= retries.tries()) {
      return new SourceFault(
          "byte " + position + ": " + trouble.text() + "; given up after " + failed + " tries", e);
    }
    try {
      retries.pause(object.name() + " byte " + position + ": " + trouble.text(), failed, lines);
      return null;
    } catch (InterruptedIOException interrupted) {
      return interrupted;
    }
  }

  private int readSome(byte[] part, int filled) throws IOException {
    StoredObject.Body open = body;
    if (open == null) {
      open = open(part.length - filled);
      if (position == size) {
        return 0;
      }
    }
    long left = open.end() == StoredObject.UNKNOWN ? Long.MAX_VALUE : open.end() - position;
    int got = open.in().read(part, filled, (int) Math.min(part.length - filled, left));
    if (got < 0) {
      if (open.end() != StoredObject.UNKNOWN) {
        throw new EOFException("ended early, " + left + " bytes before its end");
      }
      size = position;
    } else if (position + got == open.end()) {
      // Its stream has no more to give, which leaves the connection fit for the next request.
      open.in().close();
      body = null;
    }
    return got;
  }

  private StoredObject.Body open(long count) throws IOException {
    StoredObject.Body opened;
    try {
      opened = object.open(position, count, version);
    } catch (StoredObject.Changed e) {
      throw changed(e.getMessage());
    }
    body = opened;
    if (closed) {
      throw new InterruptedIOException("closed");
    }
    if (version.isEmpty()) {
      version = opened.version();
    } else if (!version.equals(opened.version())) {
      throw changed("version " + opened.version() + ", was " + version);
    }
    if (size == StoredObject.UNKNOWN) {
      size = opened.size();
    } else if (opened.size() != StoredObject.UNKNOWN && opened.size() != size) {
      throw changed(opened.size() + " bytes, was " + size);
    }
    begun = true;
    if (opened.from() > position) {
      throw new SourceFault("the server sent byte " + opened.from() + " and following instead");
    }
    // A server that knows no ranges begins at the beginning.
    opened.in().skipNBytes(position - opened.from());
    return opened;
  }

  private SourceFault changed(String how) {
    return SourceFault.changed(begun ? "while it was read" : "since it was listed", how);
  }

  private void release() {
    StoredObject.Body open = body;
    if (open != null) {
      body = null;
      open.abort().run();
    }
  }

  /** Gives the connection up; may wait until what is being read of it has come or failed. */
  void close() {
    closed = true;
    release();
  }
}
