package org.driftwatch.pipelines.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Where processes listen for TCP connections, as Linux tells in {@code /proc}. */
public final class ListeningSockets {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENING = "0A";

  /** Addresses as the kernel writes them: words of four bytes, each in the machine's order. */
  private static final Set<String> LOOPBACK =
      Set.of("0100007F", "00000000000000000000000001000000", "0000000000000000FFFF00000100007F");

  private ListeningSockets() {}

  /** False where the system does not tell. */
  public static boolean areKnown() {
    return Files.isReadable(PROC.resolve("self/net/tcp"));
  }

  /** Those of this process and of all that it started that others than this machine can reach. */
  public static List<String> beyondLoopback() throws IOException {
    Set<String> ours = new HashSet<>();
    List<ProcessHandle> processes =
        Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants())
            .toList();
    for (ProcessHandle process : processes) {
      addSockets(process.pid(), ours);
    }
    List<String> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      Path file = PROC.resolve("self/net").resolve(table);
      for (String line :
          Files.exists(file) ? Files.readAllLines(file, US_ASCII) : List.<String>of()) {
        String[] columns = line.strip().split("\\s+", -1);
        boolean listens = columns.length > 9 && columns[3].equals(LISTENING);
        if (listens
            && ours.contains(columns[9])
            && !LOOPBACK.contains(columns[1].split(":", -1)[0])) {
          found.add(columns[1]);
        }
      }
    }
    return found;
  }

  /** Adds the numbers of a process's sockets; none where it has ended meanwhile. */
  private static void addSockets(long process, Set<String> sockets) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(PROC.resolve(process + "/fd"))) {
      for (Path file : files) {
        String target = target(file);
        if (target.startsWith("socket:[")) {
          sockets.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private static String target(Path file) throws IOException {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
