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
    return target.resolve("driftwatch-" + module + "-" + Version.number() + ".jar")
        + File.pathSeparator
        + libraries;
  }

  /** The archive of a program's classes. */
  ClassArchive classArchive(String program) {
    return new ClassArchive(root.resolve(isPackage() ? "lib" : "target"), program);
  }

  /**
   * The jar that is submitted to an engine.
   *
   * @throws LauncherException if there is none
   */
  Path jar(Engine engine) {
    String name = "driftwatch-" + engine.module() + "-" + Version.number() + ".jar";
    Path jar = root.resolve(isPackage() ? "lib" : engine.module() + "/target").resolve(name);
    if (!Files.exists(jar)) {
      throw new LauncherException(
          "there is no "
              + jar
              + ", which runs the pipeline on "
              + engine.title()
              + "; "
              + remedy());
    }
    return jar;
  }

  private String remedy() {
    return isPackage() ? "unpack the package again" : "is everything built?";
  }

  /**
   * Where an engine is installed: a package has none, and takes the one that {@code SPARK_HOME} or
   * {@code FLINK_HOME} names.
   *
   * @throws LauncherException if there is none
   */
  Path installed(Engine engine) {
    String variable = engine.homeVariable();
    String named = isPackage() ? System.getenv(variable) : root + "/target/" + engine.module();
    boolean isNamed = named != null && !named.isEmpty();
    if (!isNamed || !Files.isDirectory(Path.of(named, engine.jars()))) {
      throw new LauncherException(
          (isNamed ? "there is no " + engine.title() + " in " + named : variable + " is not set")
              + ", expected the folder of "
              + engine.expected()
              + ", with its "
              + engine.jars()
              + "/");
    }
    return Path.of(named);
  }

  /** An engine's own jars, for a class path. */
  String jars(Engine engine) {
    return installed(engine).resolve(engine.jars()) + "/*";
  }

  /** The folder of the logging configuration of what an engine starts. */
  Path logging(Engine engine) {
    return root.resolve(isPackage() ? "conf" : "target/" + engine.module() + "/conf");
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
