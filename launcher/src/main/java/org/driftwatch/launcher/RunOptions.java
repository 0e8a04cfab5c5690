package org.driftwatch.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options of a run. An empty value of an option is the same as none: {@code make} passes all.
 */
final class RunOptions {
  private static final int MOST_PORT = 65_535;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      defaultValue = "direct",
      description = {
        "a folder of runner-configs/, or the path of another one: direct runs the pipeline on the"
            + " DirectRunner, spark-standalone on a Spark cluster started on this machine,"
            + " spark-local on Spark in one process, flink-standalone and flink-local the same on"
            + " Flink (default: ${DEFAULT-VALUE})",
        "SPARK_MASTER=spark://host:7077, or FLINK_MASTER=host:8081, runs it on your own cluster"
      })
  private String runner = "";

  @Option(
      names = "--rate",
      paramLabel = "RECORDS/S",
      defaultValue = "",
      description = "rate of the emulator, 0 for as fast as possible (default: 1000)")
  private String rate = "";

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      defaultValue = "",
      description = "length of the windows (default: 5)")
  private String window = "";

  @Option(
      names = "--source",
      paramLabel = "WHERE",
      defaultValue = "",
      description =
          "what the emulator plays: files, folder, glob, S3 bucket or HTTPS container (default:"
              + " simulated detector)")
  private String source = "";

  @Option(
      names = "--detector",
      paramLabel = "FILE",
      defaultValue = "",
      description =
          "description of the detector, or the name of one that comes with Driftwatch, such as"
              + " daq-blocks (default: the course's)")
  private String detector = "";

  @Option(names = "--loop", description = "play the source again and again")
  private boolean loop;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      defaultValue = "",
      description = "stop the emulator after this time and end (default: run until stopped)")
  private String duration = "";

  @Option(
      names = "--headless",
      description = "open no window, print a line per window instead (automatic without a display)")
  private boolean headless;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      defaultValue = "",
      description =
          "bootstrap servers (default: those of the configuration or of --kafka-config, otherwise"
              + " an embedded broker on 127.0.0.1:19092)")
  private String kafka = "";

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      defaultValue = "${env:KAFKA_CONFIG:-}",
      description =
          "Kafka client properties for every connection, such as those of TLS and SASL (default:"
              + " what KAFKA_CONFIG names)")
  private String kafkaConfig = "";

  @Option(
      names = "--control",
      paramLabel = "PORT",
      defaultValue = "19088",
      description =
          "port on 127.0.0.1 where the emulator's rate is read and changed, empty for none (default:"
              + " ${DEFAULT-VALUE})")
  private String control = "";

  @Option(
      names = "--metrics",
      paramLabel = "PORT",
      defaultValue = "19089",
      description =
          "port on 127.0.0.1 where the emulator serves metrics; pipeline, viewer and quality do one,"
              + " two and four ports above it; empty for none (default: ${DEFAULT-VALUE})")
  private String metrics = "";

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = "driftwatch",
      description = "takes the logs, and the embedded broker's data (default: ./${DEFAULT-VALUE})")
  private Path folder = Path.of("");

  @Option(
      names = "--quality-args",
      paramLabel = "'OPTIONS'",
      defaultValue = "",
      description =
          "further options of quality, in one word, such as '--webhook https://...'; driftwatch"
              + " quality --help lists them")
  private String qualityArguments = "";

  @Option(
      names = "--pipeline-args",
      paramLabel = "'OPTIONS'",
      defaultValue = "",
      description =
          "further options of the pipeline, in one word; driftwatch monitor direct"
              + " --help=MonitorOptions lists them")
  private String pipelineArguments = "";

  @Parameters(
      paramLabel = "EMULATOR OPTIONS",
      description =
          "after --, further options of the emulator; driftwatch emulator --help lists them")
  private List<String> emulatorArguments = new ArrayList<>();

  /**
   * Checks what the programs themselves would say less well, or too late.
   *
   * @throws UsageException if a value is not what it should be
   */
  void check() {
    number("--rate", rate, "[0-9]+(\\.[0-9]+)?", "records per second, 0 for as fast as possible");
    number("--duration", duration, "[1-9][0-9]*", "whole seconds");
    number("--control", control, "[1-9][0-9]{0,4}", "a port, or empty for none");
    number("--metrics", metrics, "[1-9][0-9]{0,4}", "a port, or empty for none");
    port("--control", control, MOST_PORT);
    port("--metrics", metrics, MOST_PORT - 4);
    windowLength();
    if (!kafkaConfig.isEmpty() && !Files.isReadable(Path.of(kafkaConfig))) {
      throw new UsageException("--kafka-config: " + kafkaConfig + " cannot be read");
    }
  }

  private static void number(String name, String value, String pattern, String expected) {
    if (!value.isEmpty() && !value.matches(pattern)) {
      throw new UsageException(name + "=" + value + ", expected " + expected);
    }
  }

  private static void port(String name, String value, int most) {
    if (!value.isEmpty() && Integer.parseInt(value) > most) {
      throw new UsageException(name + "=" + value + ", expected a port of at most " + most);
    }
  }

  String runner() {
    return runner;
  }

  Path folder() {
    return folder.toAbsolutePath();
  }

  boolean isHeadless() {
    return headless;
  }

  boolean hasDuration() {
    return !duration.isEmpty();
  }

  Optional<Integer> control() {
    return control.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(control));
  }

  Optional<Integer> metrics() {
    return metrics.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(metrics));
  }

  private WindowLength windowLength() {
    return WindowLength.ofSeconds("--window", window.isEmpty() ? "5" : window);
  }

  /** The window as the pipeline takes it. */
  String window() {
    return windowLength().forPipeline();
  }

  /** The bootstrap servers that are named somewhere. */
  Optional<String> kafka(Configuration configuration) {
    if (!kafka.isEmpty()) {
      return Optional.of(kafka);
    }
    return inKafkaConfig().or(() -> configuration.option("--kafka"));
  }

  private Optional<String> inKafkaConfig() {
    if (kafkaConfig.isEmpty()) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(kafkaConfig))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("--kafka-config: " + kafkaConfig + ": " + e.getMessage());
    }
    return Optional.ofNullable(properties.getProperty("bootstrap.servers"));
  }

  /** How emulator, viewer and quality connect. */
  List<String> connection(String servers) {
    List<String> options = new ArrayList<>(List.of("--kafka", servers));
    if (!kafkaConfig.isEmpty()) {
      options.addAll(List.of("--kafka-config", kafkaConfig));
    }
    return options;
  }

  /** How the pipeline connects. */
  List<String> pipelineConnection(String servers) {
    List<String> options = new ArrayList<>(List.of("--kafka=" + servers));
    if (!kafkaConfig.isEmpty()) {
      options.add("--kafkaConfig=" + Path.of(kafkaConfig).toAbsolutePath());
    }
    return options;
  }

  List<String> pipelineArguments() {
    List<String> options = new ArrayList<>(Programs.words(pipelineArguments));
    detector().ifPresent(file -> options.add("--detector=" + file));
    return options;
  }

  List<String> qualityArguments() {
    return Programs.words(qualityArguments);
  }

  /** What emulator, viewer and quality have to know of the detector. */
  List<String> description() {
    return detector().map(file -> List.of("--detector", file)).orElse(List.of());
  }

  /** A file by its whole path: the parts need not run in this folder. */
  private Optional<String> detector() {
    Path file = Path.of(detector);
    return detector.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.isRegularFile(file) ? file.toAbsolutePath().toString() : detector);
  }

  /** What the emulator plays, how fast and for how long. */
  List<String> emulation() {
    List<String> options = new ArrayList<>(description());
    addIfGiven(options, "--rate", rate);
    addIfGiven(options, "--source", source);
    addIfGiven(options, "--duration", duration);
    if (loop) {
      options.add("--loop");
    }
    options.addAll(emulatorArguments);
    return options;
  }

  private static void addIfGiven(List<String> options, String name, String value) {
    if (!value.isEmpty()) {
      options.addAll(List.of(name, value));
    }
  }

  /** What is run, in words. */
  String title(String servers, boolean embedded) {
    return (source.isEmpty() ? "simulated detector" : source)
        + (detector.isEmpty() ? "" : " (" + detector + ")")
        + " at "
        + (rate.isEmpty() ? "1000" : rate)
        + " records/s, windows of "
        + (window.isEmpty() ? "5" : window)
        + " s, runner "
        + runner
        + ", Kafka at "
        + servers
        + (embedded ? " (embedded)" : "");
  }
}
