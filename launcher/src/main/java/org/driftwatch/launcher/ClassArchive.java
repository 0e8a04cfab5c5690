package org.driftwatch.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.driftwatch.telemetry.ArchivedClasses;

/**
 * The classes of a program as a JVM holds them once they are loaded and verified. A program that
 * has done its work writes them to an archive, see {@link ArchivedClasses}; later starts map it,
 * which saves them seconds. An archive is made for one JVM and one class path: with others it has
 * another name. Where it cannot be written or read, a program starts as it would without.
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

  /** What a JVM is told so that it reads the archive, or may write it. */
  List<String> jvmArguments(String classpath) {
    Path archive = folder.resolve(program + "-" + key(classpath) + ".jsa");
    if (Files.exists(archive)) {
      return List.of("-XX:SharedArchiveFile=" + archive, SILENTLY);
    }
    if (!Files.isWritable(folder) || folder.toFile().getUsableSpace() < LEAST_SPACE) {
      return List.of();
    }
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, program + "-*.jsa*")) {
      for (Path file : old) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return List.of();
    }
    return List.of(
        "-XX:+RecordDynamicDumpInfo", "-D" + ArchivedClasses.PROPERTY + "=" + archive, SILENTLY);
  }

  private static String key(String classpath) {
    StringBuilder all = new StringBuilder(System.getProperty("java.vm.version"));
    for (String entry : classpath.split(File.pathSeparator, -1)) {
      File[] jars = entry.endsWith("/*") ? new File(entry).getParentFile().listFiles() : null;
      for (File file : jars == null ? new File[] {new File(entry)} : sorted(jars)) {
        all.append('\n')
            .append(file)
            .append(' ')
            .append(file.length())
            .append(' ')
            .append(file.lastModified());
      }
    }
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static File[] sorted(File... files) {
    Arrays.sort(files);
    return files;
  }
}
