package org.driftwatch.files.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.driftwatch.files.FileLayout;
import org.driftwatch.files.InputFile;

/**
 * An object of a store as a file.
 *
 * @param object what is read
 * @param knowsRanges true if its server answers requests for ranges
 */
record RemoteFile(StoredObject object, long size, String version, boolean knowsRanges)
    implements InputFile {
  private static final int AT_ONCE = 8;

  /** An object that is read as it is when it is opened. */
  static RemoteFile anyVersion(StoredObject object) {
    return new RemoteFile(object, UNKNOWN, "", false);
  }

  /**
   * An object as it is now: asks for its first byte.
   *
   * @throws IOException if it may not be read, with one line that says so
   */
  static RemoteFile asItIs(StoredObject object, Consumer<String> lines) throws IOException {
    return Retries.STANDARD.send(object.name(), lines, () -> ask(object));
  }

  private static RemoteFile ask(StoredObject object) throws IOException {
    StoredObject.Body first = object.open(0, 1, "");
    boolean knowsRanges = first.end() == 0 || first.end() == 1;
    if (knowsRanges) {
      // Read to its end, the connection is fit for the next request.
      try (InputStream in = first.in()) {
        in.readNBytes(1);
      }
    } else {
      first.abort().run();
    }
    return new RemoteFile(object, first.size(), first.version(), knowsRanges);
  }

  /** These objects as they are now, in this order; asks for several at once. */
  static List<InputFile> asTheyAre(List<? extends StoredObject> objects, Consumer<String> lines)
      throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<RemoteFile>> asked = new ArrayList<>();
      for (StoredObject object : objects) {
        asked.add(threads.submit(() -> asItIs(object, lines)));
      }
      List<InputFile> files = new ArrayList<>();
      for (Future<RemoteFile> file : asked) {
        files.add(await(file));
      }
      return files;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What comes of a request in another thread. */
  static <T> T await(Future<T> request) throws IOException {
    try {
      return request.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a source");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    }
  }

  @Override
  public String name() {
    return object.name();
  }

  @Override
  public boolean isSplittable() {
    return knowsRanges && size != UNKNOWN && !isGzip();
  }

  @Override
  public InputStream open(long from, Consumer<String> lines) {
    return new ObjectStream(new ObjectReader(object, from, size, version, Retries.STANDARD, lines));
  }

  @Override
  public FileLayout layout() {
    return FileLayout.of(object.path());
  }

  @Override
  public boolean isGzip() {
    return FileLayout.isGzip(object.path());
  }
}
