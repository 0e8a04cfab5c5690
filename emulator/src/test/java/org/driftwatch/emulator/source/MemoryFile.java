package org.driftwatch.emulator.source;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A file of a test, in memory. */
public final class MemoryFile implements ByteSource {
  private final String name;
  private final byte[] content;

  /** A file of this name, which holds these bytes. */
  public MemoryFile(String name, byte[] content) {
    this.name = name;
    this.content = content.clone();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(content);
  }
}
