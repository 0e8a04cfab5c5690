package org.driftwatch.launcher.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A package whose programs are the tests' own: {@link FakePart} under every program's name. */
public final class TestHome {
  private TestHome() {}

  /** Lays it out in a folder. */
  public static Path in(Path folder) throws IOException {
    Path home = folder.resolve("home");
    Path lib = Files.createDirectories(home.resolve("lib"));
    String jars = System.getProperty("java.class.path").replace(File.pathSeparator, "\n");
    for (String module : List.of("launcher", "emulator", "pipelines", "quality", "viewer")) {
      Files.writeString(lib.resolve(module + ".classpath"), jars);
    }
    Path direct = Files.createDirectories(home.resolve("runner-configs/direct"));
    Files.writeString(direct.resolve("options.args"), "# Options\n--runner=DirectRunner\n");
    Files.writeString(direct.resolve("jvm.args"), "-Xmx64m\n");
    return home;
  }
}
