package org.driftwatch.export;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** What writes the content of a file that does not exist yet. */
  public interface Content {
    /** Writes it. */
    void write(Path file) throws IOException;
  }

  /**
   * Writes a file, replacing one of the same name.
   *
   * @throws IOException with one line that names file and reason
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, part -> Files.write(part, content));
  }

  /**
   * Writes a file, replacing one of the same name.
   *
   * @param content writes it beside its place, with the number of this process and {@code .part}
   *     behind its name
   * @throws IOException with one line that names file and reason
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(file + " cannot be written: folder " + folder + " does not exist");
    }
    Path part = folder.resolve(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      content.write(part);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + " cannot be written: " + reason(e), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** What the system says, where a library wraps it in exceptions of its own. */
  private static String reason(Exception failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no file can be made in its folder";
    }
    String said =
        cause instanceof FileSystemException of && of.getReason() != null
            ? of.getReason()
            : cause.getMessage();
    return said == null ? cause.getClass().getSimpleName() : said;
  }
}
