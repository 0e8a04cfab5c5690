package org.driftwatch.emulator.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file of this machine.
 *
 * @param path where it lies
 */
public record LocalFile(Path path) implements ByteSource {
  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public InputStream open() throws IOException {
    try {
      return Files.newInputStream(path);
    } catch (NoSuchFileException e) {
      throw new IOException(path + " has disappeared since the start", e);
    } catch (IOException e) {
      throw new IOException(path + " cannot be read: " + e, e);
    }
  }
}
