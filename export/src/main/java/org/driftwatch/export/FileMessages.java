package org.driftwatch.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The messages of a file, one a line, as {@code driftwatch batch} writes them. */
record FileMessages(Path file) implements Messages {
  @Override
  public void forEach(Taker taker) throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          taker.take(number, null, line.getBytes(UTF_8));
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist", e);
    } catch (MalformedInputException e) {
      throw new IOException(file + " is no text in UTF-8", e);
    }
  }

  @Override
  public String at(long place) {
    return "line " + place + " of " + file;
  }
}
