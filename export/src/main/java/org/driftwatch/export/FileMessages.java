package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The messages of a file, one a line, as {@code driftwatch batch} writes them. */
record FileMessages(Path file) implements Messages {
  @Override
  public void forEach(Taker taker) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          file
              + (Files.exists(file) ? " is no file" : " does not exist")
              + ", expected a file of window summaries, one a line");
    }
    // Every byte is a letter of it: whatever the bytes are, they come to the reader as they stand.
    try (BufferedReader lines = Files.newBufferedReader(file, ISO_8859_1)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          taker.take(number, null, line.getBytes(ISO_8859_1));
        }
      }
    } catch (FileSystemException e) {
      throw new IOException(file + " cannot be read: " + reason(e), e);
    }
  }

  private static String reason(FileSystemException e) {
    return e instanceof AccessDeniedException
        ? "access denied"
        : Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
  }

  @Override
  public String at(long place) {
    return "line " + place + " of " + file;
  }
}
