package org.driftwatch.emulator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * A folder that belongs to a broker, marked by a file in it. It is locked while in use, and emptied
 * only if it bears the mark: a folder named by mistake keeps what it has.
 */
final class BrokerFolder implements AutoCloseable {
  private static final String MARK = ".driftwatch-broker";

  private final Path path;
  private final FileChannel channel;

  private BrokerFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Takes the folder for a broker, creating it if missing.
   *
   * @param keep false to start empty
   * @throws IOException if the folder cannot be written, holds something else or is in use
   */
  static BrokerFolder claim(Path folder, boolean keep) throws IOException {
    Path mark = folder.resolve(MARK);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(
          "--data " + folder + " is not a folder; choose a folder for the broker alone");
    }
    if (Files.isDirectory(folder) && !Files.exists(mark) && !isEmpty(folder)) {
      throw new IOException(
          "--data "
              + folder
              + " holds files that are not a broker's and stay untouched; choose an empty or"
              + " new folder");
    }
    FileChannel channel;
    try {
      Files.createDirectories(folder);
      channel = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "--data " + folder + " cannot be written (" + e + "); choose another folder", e);
    }
    try {
      lock(channel, folder);
      if (!keep) {
        empty(folder, mark);
      }
      return new BrokerFolder(folder, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path folder) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new IOException("--data " + folder + " is in use by another broker of this JVM", e);
    }
    if (lock == null) {
      throw new IOException(
          "--data " + folder + " is in use by another broker; stop it or choose another folder");
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void empty(Path folder, Path mark) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.equals(mark)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!dir.equals(folder)) {
              Files.delete(dir);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The folder. */
  Path path() {
    return path;
  }

  /** Gives the folder free for another broker; its data stay. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
