package org.driftwatch.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders for Spark's checkpoints beside the one that a configuration names, a new one for each
 * start: those of a start before would bring back its options.
 */
final class CheckpointFolders {
  private final String prefix;
  private final List<String> used = new ArrayList<>();

  CheckpointFolders(String named) {
    prefix = named + "-" + System.currentTimeMillis() / 1000 + "-" + ProcessHandle.current().pid();
  }

  /** One that no start has used. */
  String next() {
    used.add(prefix + "-" + used.size());
    return used.get(used.size() - 1);
  }

  /** Deletes those on this machine; other file systems' are their owners'. */
  void delete() {
    used.stream().filter(folder -> !folder.contains(":")).map(Path::of).forEach(this::delete);
  }

  private void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      System.err.println("driftwatch: cannot delete " + folder + ": " + e.getMessage());
    }
  }
}
