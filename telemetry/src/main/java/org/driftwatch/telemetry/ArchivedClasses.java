package org.driftwatch.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Keeps the classes that this JVM has loaded in an archive, as they are once they are verified: a
 * JVM that is started with it has them at once. Where the archive goes is told by whoever started
 * this program, in the system property {@value #PROPERTY}; without it nothing is written.
 */
public final class ArchivedClasses {
  /** System property: path of the archive. */
  public static final String PROPERTY = "driftwatch.classArchive";

  private ArchivedClasses() {}

  /** True if whoever started this program wants the archive. */
  public static boolean isAsked() {
    return System.getProperty(PROPERTY) != null;
  }

  /**
   * Writes the archive, for a program that has done its work; takes some seconds. It is there whole
   * or not at all. If it cannot be written the work is done all the same.
   *
   * @param program for a message on the standard error output
   */
  public static void keep(String program) {
    String name = System.getProperty(PROPERTY);
    if (name == null) {
      return;
    }
    try {
      write(Path.of(name));
    } catch (IOException | JMException | RuntimeException e) {
      System.err.println(
          program
              + ": cannot write "
              + name
              + " ("
              + (e.getCause() == null ? e : e.getCause())
              + "); the next start takes as long");
    }
  }

  private static void write(Path archive) throws IOException, JMException {
    Path part = archive.resolveSibling(archive.getFileName() + "." + ProcessHandle.current().pid());
    PrintStream out = System.out;
    try {
      // Java says there where it writes it to: nothing that whoever reads our output expects.
      System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
      Object answer =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "vmCds",
                  new Object[] {new String[] {"dynamic_dump", part.toString()}},
                  new String[] {String[].class.getName()});
      if (!Files.exists(part)) {
        throw new IOException("this Java wrote none: " + answer.toString().strip());
      }
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      System.setOut(out);
      Files.deleteIfExists(part);
    }
  }
}
