package org.driftwatch.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/**
 * A file of this machine, or at the same path of another.
 *
 * @param path where it lies, absolute: working directories differ
 * @param version when it was changed last
 */
public record LocalFile(String name, String path, long size, String version) implements InputFile {
  /** A file that is read as it is when it is opened; also a named pipe or a device. */
  public static LocalFile anyVersion(Path path) {
    return new LocalFile(path.toString(), path.toAbsolutePath().toString(), UNKNOWN, "");
  }

  /** A file as it is now; a pipe or a device has no version. */
  static LocalFile asItIs(Path path) throws IOException {
    LocalFile file = anyVersion(path);
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
    return found.isRegularFile()
        ? new LocalFile(file.name, file.path, found.size(), found.lastModifiedTime().toString())
        : file;
  }

  @Override
  public boolean isSplittable() {
    return size != UNKNOWN && !isGzip();
  }

  @Override
  public InputStream open(long from, Consumer<String> lines) throws IOException {
    try {
      InputStream in = Files.newInputStream(Path.of(path));
      try {
        if (!version.isEmpty()) {
          requireUnchanged("since it was listed");
        }
        in.skipNBytes(from);
        return version.isEmpty() ? in : new Watched(in);
      } catch (IOException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw fault(e);
    }
  }

  private void requireUnchanged(String since) throws IOException {
    BasicFileAttributes now = Files.readAttributes(Path.of(path), BasicFileAttributes.class);
    String changed = now.lastModifiedTime().toString();
    if (now.size() != size || !changed.equals(version)) {
      throw SourceFault.changed(
          since, now.size() + " bytes of " + changed + ", was " + size + " bytes of " + version);
    }
  }

  private static IOException fault(IOException failure) {
    if (failure instanceof SourceFault) {
      return failure;
    }
    if (failure instanceof NoSuchFileException) {
      return new SourceFault(
          "it has disappeared, or never was on this machine ("
              + host()
              + "); expected it at the same path of every machine that reads it, or in an S3 store"
              + " or HTTPS container",
          failure);
    }
    if (failure instanceof AccessDeniedException) {
      return new SourceFault("it may not be read; check its permissions", failure);
    }
    return new SourceFault("it cannot be read: " + failure, failure);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A machine that does not know its own name.
      return "localhost";
    }
  }

  /** The content; at its end, and when it is closed, the file must be as it was listed. */
  private final class Watched extends FilterInputStream {
    private boolean atEnd;

    Watched(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return watch(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return watch(super.read(bytes, offset, length));
    }

    private int watch(int read) throws IOException {
      if (read < 0 && !atEnd) {
        check();
        atEnd = true;
      }
      return read;
    }

    private void check() throws IOException {
      try {
        requireUnchanged("while it was read");
      } catch (IOException e) {
        throw fault(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        if (!atEnd) {
          check();
        }
      } finally {
        in.close();
      }
    }
  }
}
