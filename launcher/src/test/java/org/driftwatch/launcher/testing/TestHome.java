package org.driftwatch.launcher.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.driftwatch.telemetry.Version;

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
    Path flink = Files.createDirectories(home.resolve("runner-configs/flink-standalone"));
    Files.writeString(flink.resolve("options.args"), "--runner=ExactFlinkRunner\n");
    Files.writeString(flink.resolve("config.yaml"), "# Flink's own\n");
    for (String jvm : List.of("jvm.args", "jobmanager.args", "taskmanager.args")) {
      Files.writeString(flink.resolve(jvm), "-Xmx64m\n");
    }
    Files.createFile(lib.resolve("driftwatch-flink-" + Version.number() + ".jar"));
    Files.createDirectories(home.resolve("flink/lib"));
    return home;
  }
}
