package org.driftwatch.pipelines.orbits;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Keeps the packed hits of a batch for a runner that works in this process alone, and copies what
 * it groups again and again: steps hand on the numbers of hits kept here. Beyond a share of the
 * heap they go to a temporary file, which has no name any more once it is open, so that nothing is
 * left of it however the process ends. Safe for use by several threads.
 */
public final class SpillFile implements AutoCloseable {
  /** The part of the heap that packed hits may take. */
  private static final int SHARE_OF_HEAP = 8;

  private static final Map<String, SpillFile> OPEN = new ConcurrentHashMap<>();

  private final String id = UUID.randomUUID().toString();
  private final List<PackedRun> kept = new ArrayList<>();
  private final Path folder;
  private final long mostInHeap;
  private long inHeap;
  private @Nullable FileChannel channel;
  private long end;

  /**
   * A file that is made when it is needed.
   *
   * @param folder where
   * @param mostInHeap bytes of packed hits that stay in the heap
   */
  SpillFile(Path folder, long mostInHeap) {
    this.folder = folder;
    this.mostInHeap = mostInHeap;
  }

  /** A new one, in the folder for temporary files. */
  public static SpillFile open() {
    SpillFile file =
        new SpillFile(
            Path.of(System.getProperty("java.io.tmpdir")),
            Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    OPEN.put(file.id, file);
    return file;
  }

  /** By this others of this process find it. */
  public String id() {
    return id;
  }

  /** The one of an id. */
  public static SpillFile of(String id) {
    SpillFile file = OPEN.get(id);
    if (file == null) {
      throw new IllegalStateException("the batch has ended that these hits were kept for");
    }
    return file;
  }

  /**
   * Keeps a run, in the heap while there is room.
   *
   * @return the run as it is kept
   * @throws UncheckedIOException if the file cannot be written
   */
  synchronized PackedRun keep(PackedRun run) {
    PackedRun keptRun;
    if (inHeap + run.length() <= mostInHeap) {
      inHeap += run.length();
      keptRun = run.keptAs(kept.size());
    } else {
      keptRun = run.keptAs(kept.size(), this, append(run.bytes()));
    }
    kept.add(keptRun);
    return keptRun;
  }

  /** The run of a number. */
  synchronized PackedRun get(int number) {
    return kept.get(number);
  }

  /** Lets go of all hits. */
  @Override
  public synchronized void close() throws IOException {
    OPEN.remove(id);
    if (channel != null) {
      channel.close();
    }
  }

  /** Appends bytes; gives where they begin. */
  private long append(byte[] bytes) {
    long at = end;
    try {
      if (channel == null) {
        channel = openFile();
      }
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        end += channel.write(left, end);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "packed hits do not fit into the heap and cannot be written to "
              + folder
              + " ("
              + e.getMessage()
              + "); free some space there, or name another folder with"
              + " JDK_JAVA_OPTIONS=-Djava.io.tmpdir=FOLDER",
          e);
    }
    return at;
  }

  private FileChannel openFile() throws IOException {
    Path file = Files.createTempFile(folder, "driftwatch-hits", ".tmp");
    FileChannel opened =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      Files.delete(file);
    } catch (IOException e) {
      // Some systems keep the name of a file that is open: it goes when the process ends.
      file.toFile().deleteOnExit();
    }
    return opened;
  }

  byte[] read(long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, at + bytes.position()) < 0) {
        throw new EOFException("ends at byte " + (at + bytes.position()));
      }
    }
    return bytes.array();
  }
}
