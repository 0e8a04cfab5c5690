package org.driftwatch.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What programs are started with. */
public final class Classpath {
  private Classpath() {}

  /** The JDK's own java of this program. */
  public static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The classpath of a module, as its build has written it down. */
  public static String ofModule(Path home, String module) throws IOException {
    Path target = home.resolve(module).resolve("target");
    Path file = target.resolve("classpath");
    if (!Files.exists(file)) {
      throw new IOException(target + " has no classpath file; build with make target/built-bench");
    }
    return target.resolve("classes") + ":" + Files.readString(file).strip();
  }
}
