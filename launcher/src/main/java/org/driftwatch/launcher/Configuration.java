package org.driftwatch.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A folder of {@code runner-configs/}: the pipeline's options, one a line, its JVM's arguments, for
 * Spark {@code spark.conf} and perhaps {@code spark-env.sh}, for Flink {@code config.yaml}.
 */
record Configuration(Path folder) {
  static final String OPTIONS = "options.args";

  /** Flink itself wants this name. */
  private static final String FLINK_CONFIG = "config.yaml";

  /** The pipeline's options without comments. */
  List<String> options() {
    return Home.read(folder.resolve(OPTIONS))
        .lines()
        .filter(line -> line.startsWith("--"))
        .toList();
  }

  /** The value of an option of the pipeline. */
  Optional<String> option(String name) {
    return valueOf(name, options());
  }

  /**
   * These options, behind those of the file that they do not replace. They are written out, not
   * left to {@code @file}: where the driver runs on a worker this folder is elsewhere.
   */
  List<String> optionsWith(List<String> given) {
    List<String> all = new ArrayList<>(options());
    all.removeIf(option -> valueOf(nameOf(option), given).isPresent());
    all.addAll(given);
    return all;
  }

  /** The value of the last {@code --name=value} among options; empty for a bare {@code --name}. */
  static Optional<String> valueOf(String name, List<String> options) {
    return options.stream()
        .filter(option -> nameOf(option).equals(name))
        .map(option -> option.substring(Math.min(option.length(), name.length() + 1)))
        .reduce((earlier, later) -> later);
  }

  private static String nameOf(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  /** What it runs the pipeline on, by the file that only this engine reads. */
  Engine engine() {
    if (Files.exists(sparkConf())) {
      return Engine.SPARK;
    }
    return Files.exists(folder.resolve(FLINK_CONFIG)) ? Engine.FLINK : Engine.DIRECT;
  }

  Path sparkConf() {
    return folder.resolve("spark.conf");
  }

  Path jvmArguments() {
    return folder.resolve("jvm.args");
  }

  /** The master that it names: {@code spark.conf}, or the options for Flink. */
  Optional<String> master() {
    return switch (engine()) {
      case SPARK ->
          Home.read(sparkConf())
              .lines()
              .filter(line -> line.startsWith("spark.master "))
              .map(line -> line.substring("spark.master ".length()).strip())
              .findFirst();
      case FLINK -> option("--flinkMaster");
      case DIRECT -> Optional.empty();
    };
  }

  /** The script that sets Spark's environment. */
  Optional<Path> sparkEnvironment() {
    return Optional.of(folder.resolve("spark-env.sh")).filter(Files::exists);
  }
}
