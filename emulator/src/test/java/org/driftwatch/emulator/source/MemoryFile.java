package org.driftwatch.emulator.source;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.driftwatch.files.InputFile;

/** A file of a test, in memory. */
public final class MemoryFile implements InputFile {
  private final String name;
  private final byte[] content;
  private final int mostAtOnce;

  /** A file of this name, which holds these bytes. */
  public MemoryFile(String name, byte[] content) {
    this(name, content, Integer.MAX_VALUE);
  }

  /** One that gives no more than so many bytes at a time. */
  MemoryFile(String name, byte[] content, int mostAtOnce) {
    this.name = name;
    this.content = content.clone();
    this.mostAtOnce = mostAtOnce;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public String version() {
    return "";
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public InputStream open(long from, Consumer<String> lines) throws IOException {
    InputStream in =
        new ByteArrayInputStream(content) {
          @Override
          public synchronized int read(byte[] bytes, int offset, int length) {
            return super.read(bytes, offset, Math.min(length, mostAtOnce));
          }
        };
    in.skipNBytes(from);
    return in;
  }
}
