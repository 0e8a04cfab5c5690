package org.driftwatch.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.driftwatch.telemetry.Version;

/**
 * Where Driftwatch's files are: a checkout after a build, or an unpacked package. All paths are
 * absolute, so that programs run in the user's working directory.
 */
final class Home {
  /** System property that {@code bin/driftwatch} sets. */
  static final String PROPERTY = "driftwatch.home";

  private final Path root;

  Home(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /** The home that {@code bin/driftwatch} stands in. */
  static Home here() {
    return new Home(Path.of(System.getProperty(PROPERTY, "")));
  }

  /** A package keeps all jars in {@code lib/}, and a list of them for each module. */
  private boolean isPackage() {
    return Files.isDirectory(root.resolve("lib"));
  }

  /** The class path of a module's programs. */
  String classpath(String module) {
    if (isPackage()) {
      Path list = root.resolve("lib").resolve(module + ".classpath");
      if (!Files.exists(list)) {
        throw new LauncherException("this package has no " + module + " (" + list + ")");
      }
      return read(list)
          .lines()
          .map(jar -> root.resolve("lib").resolve(jar).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    Path target = root.resolve(module).resolve("target");
    String libraries = read(target.resolve("classpath")).strip();
    return target.resolve("classes") + File.pathSeparator + libraries;
  }

  /** The jar that is submitted to Spark. */
  Path sparkJar() {
    String name = "driftwatch-spark-" + Version.number() + ".jar";
    return root.resolve(isPackage() ? "lib" : "spark/target").resolve(name);
  }

  /**
   * Spark itself: a package has none, and takes the one that {@code SPARK_HOME} names.
   *
   * @throws LauncherException if there is none
   */
  Path spark() {
    String named = isPackage() ? System.getenv("SPARK_HOME") : root + "/target/spark";
    boolean isNamed = named != null && !named.isEmpty();
    if (!isNamed || !Files.isDirectory(Path.of(named, "jars"))) {
      throw new LauncherException(
          (isNamed ? "there is no Spark in " + named : "SPARK_HOME is not set")
              + ", expected the folder of a Spark 3.5 for Scala 2.12, with its jars/");
    }
    return Path.of(named);
  }

  /** The folder of the logging configuration of what Spark starts. */
  Path sparkLogging() {
    return root.resolve(isPackage() ? "conf" : "target/spark/conf");
  }

  /** A folder of {@code runner-configs/} by its name, or any other by its path. */
  Configuration configuration(String nameOrPath) {
    Path shipped = root.resolve("runner-configs").resolve(nameOrPath);
    for (Path folder : List.of(shipped, Path.of(nameOrPath).toAbsolutePath())) {
      if (Files.exists(folder.resolve(Configuration.OPTIONS))) {
        return new Configuration(folder);
      }
    }
    throw new UsageException(
        "configuration " + nameOrPath + ": there is no " + shipped.resolve(Configuration.OPTIONS));
  }

  /** What Spark's JVMs open on Java 17. */
  Path sparkOpens() {
    return root.resolve("runner-configs/spark-standalone/opens.args");
  }

  /** The script that a Spark driver is started through. */
  Path sparkDriver() {
    return root.resolve("bin/spark-driver");
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LauncherException(file + " cannot be read; is everything built? (" + e + ")");
    }
  }
}
