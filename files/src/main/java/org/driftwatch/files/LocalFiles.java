package org.driftwatch.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.PatternSyntaxException;

/**
 * Finds the files that the name of a file, a folder or a glob stands for, in name order. Of a
 * folder those are taken that {@link Listing} chooses, sub-folders are skipped; a glob chooses by
 * itself.
 */
final class LocalFiles {
  private LocalFiles() {}

  /**
   * The files of this name.
   *
   * @param asTheyAre true to read the files as they are now, false as they are when opened
   * @param lines takes the line about files of a folder that are skipped
   * @throws IOException if the name stands for no file, with one line that says so
   */
  static List<InputFile> find(String name, boolean asTheyAre, Consumer<String> lines)
      throws IOException {
    List<InputFile> files = new ArrayList<>();
    for (Path file : paths(name, lines)) {
      if (!Files.isReadable(file)) {
        throw new IOException("source " + file + " may not be read; check its permissions");
      }
      files.add(asTheyAre ? LocalFile.asItIs(file) : LocalFile.anyVersion(file));
    }
    return files;
  }

  private static List<Path> paths(String name, Consumer<String> lines) throws IOException {
    Path path = path(name);
    if (path != null && Files.isDirectory(path)) {
      List<String> found = list(path, "*").stream().map(f -> f.getFileName().toString()).toList();
      if (found.isEmpty()) {
        throw new IOException("source " + name + " is a folder without files");
      }
      return Listing.choose(name, found, lines).stream().map(path::resolve).toList();
    }
    if (path != null && Files.exists(path)) {
      return List.of(path);
    }
    int pattern = firstSpecial(name);
    if (pattern < 0) {
      throw new IOException(
          "source "
              + name
              + " does not exist; expected a file, a folder, a glob,"
              + " s3://BUCKET/PREFIX or https://HOST/CONTAINER/");
    }
    // Folders come literally, the last name may be a pattern: what a shell's user writes.
    int slash = name.lastIndexOf('/');
    if (pattern < slash) {
      throw new IOException(
          "source " + name + ": a pattern works only in the last part of the name");
    }
    Path folder = Path.of(slash < 0 ? "." : slash == 0 ? "/" : name.substring(0, slash));
    if (!Files.isDirectory(folder)) {
      throw new IOException("source " + name + ": the folder " + folder + " does not exist");
    }
    List<Path> files = list(folder, name.substring(slash + 1));
    if (files.isEmpty()) {
      throw new IOException("source " + name + " matches no file");
    }
    return files;
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      // Some systems forbid a pattern's characters in names; then it can only be a pattern.
      return null;
    }
  }

  private static int firstSpecial(String name) {
    for (int i = 0; i < name.length(); i++) {
      if ("*?[{".indexOf(name.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry) && !Files.isHidden(entry)) {
          files.add(entry);
        }
      }
    } catch (PatternSyntaxException e) {
      throw new IOException("source pattern " + glob + ": " + e.getDescription(), e);
    }
    Collections.sort(files);
    return files;
  }
}
