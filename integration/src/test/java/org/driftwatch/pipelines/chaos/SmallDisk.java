package org.driftwatch.pipelines.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of its own, small enough to be filled: in memory, where this user may mount. */
final class SmallDisk implements AutoCloseable {
  private static final String SIZE = "512m";
  private static final int CHUNK = 1 << 20;
  private static final long PATIENCE_SECONDS = 10;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** True where there can be one: for root, outside of containers that forbid it. */
  static boolean isPossible() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("small-disk");
    try {
      boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
      return mounted && run("umount", folder.toString());
    } finally {
      Files.delete(folder);
    }
  }

  /** One in this folder, which is made where it is missing. */
  static SmallDisk at(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    if (!run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", folder.toString())) {
      throw new IOException("no file system of " + SIZE + " could be mounted at " + folder);
    }
    return new SmallDisk(folder);
  }

  /** Takes all the room that is left. */
  void fill() throws IOException {
    byte[] chunk = new byte[CHUNK];
    try (OutputStream ballast = Files.newOutputStream(ballast())) {
      while (true) {
        ballast.write(chunk);
      }
    } catch (IOException full) {
      if (Files.getFileStore(folder).getUsableSpace() > 0) {
        throw full;
      }
    }
  }

  /** Gives the room back. */
  void free() throws IOException {
    Files.delete(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  /** Unmounts it; what it held is gone. */
  @Override
  public void close() {
    try {
      if (!run("umount", "--lazy", folder.toString())) {
        throw new IllegalStateException(folder + " could not be unmounted");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
