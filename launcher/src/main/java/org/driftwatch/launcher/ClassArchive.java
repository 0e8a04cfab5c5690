package org.driftwatch.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.driftwatch.telemetry.Readiness;

/**
 * The classes of a program as a JVM holds them once they are loaded and verified. The first start
 * of a program writes them to an archive at its end; later ones map it, which saves them a second
 * of two cores. An archive is made for one JVM and one class path: with others it has another name.
 * Where it cannot be written or read, a program starts as it would without.
 */
final class ClassArchive {
  /**
   * Whatever is wrong with an archive, the JVM goes on without: nothing that users need to know.
   */
  private static final String SILENTLY = "-Xlog:cds*=off";

  /** A JVM that cannot write all of its archive ends with status 1, whatever its program did. */
  private static final long LEAST_SPACE = 1L << 28;

  private final Path folder;
  private final String program;

  /**
   * The archive of a program.
   *
   * @param folder where archives are kept
   */
  ClassArchive(Path folder, String program) {
    this.folder = folder;
    this.program = program;
  }

  /** That of the same program within another one: its class path is longer. */
  ClassArchive within() {
    return new ClassArchive(folder, "run-" + program);
  }

  /** What a JVM is told so that it reads the archive, or writes it. */
  List<String> jvmArguments(String classpath) {
    String name = program + "-" + key(classpath);
    Path archive = folder.resolve(name + ".jsa");
    // Of a program that has failed early the archive has few of the classes.
    Path done = folder.resolve(name + ".done");
    try {
      if (Files.exists(archive) && Files.exists(done) && isWhole(archive, done)) {
        return List.of("-XX:SharedArchiveFile=" + archive, SILENTLY);
      }
    } catch (IOException e) {
      return List.of();
    }
    if (!Files.isWritable(folder) || folder.toFile().getUsableSpace() < LEAST_SPACE) {
      return List.of();
    }
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, program + "-*.{jsa,done}")) {
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return List.of();
    }
    return List.of(
        "-XX:ArchiveClassesAtExit=" + archive,
        "-D" + Readiness.DONE_PROPERTY + "=" + done,
        SILENTLY);
  }

  /**
   * False where an archive is shorter than it was: a JVM that reads beyond its end is killed by a
   * signal. It is written after the program's end, so its first reader notes its length.
   */
  private static boolean isWhole(Path archive, Path done) throws IOException {
    String length = Long.toString(Files.size(archive));
    String told = Files.readString(done);
    if (!told.equals(Readiness.READY)) {
      return told.equals(length);
    }
    if (Files.isWritable(done)) {
      Files.writeString(done, length);
    }
    return true;
  }

  private static String key(String classpath) {
    StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
    for (String entry : classpath.split(File.pathSeparator, -1)) {
      File file = new File(entry);
      all.append('\n')
          .append(entry)
          .append(' ')
          .append(file.length())
          .append(' ')
          .append(file.lastModified());
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }
}
