package org.driftwatch.emulator;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.emulator.pace.FullSpeed;
import org.driftwatch.emulator.pace.Pace;
import org.driftwatch.emulator.pace.SteadyPace;
import org.driftwatch.emulator.pace.StreamClock;
import org.driftwatch.emulator.send.BlockEncoder;
import org.driftwatch.emulator.send.KafkaConnection;
import org.driftwatch.emulator.send.RecordSender;
import org.driftwatch.emulator.send.RowEncoder;
import org.driftwatch.emulator.send.TargetTopic;
import org.driftwatch.emulator.send.TextEncoder;
import org.driftwatch.emulator.simulator.Simulator;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.LocalFiles;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.UnreadableRows;
import picocli.CommandLine.Option;

/** The emulator's options, and the parts that they choose. */
final class EmulatorOptions {
  private enum Format {
    JSON,
    CSV,
    WORDS
  }

  private static final String DEFAULT_KAFKA = "127.0.0.1:19092";
  private static final int MOST_WORDS = 1 << 20;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT[,...]",
      description = "bootstrap servers (default: " + DEFAULT_KAFKA + ")")
  private String kafka;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      defaultValue = StreamTopic.STREAM,
      description = "topic to send to, made where missing (default: ${DEFAULT-VALUE})")
  private String topic;

  @Option(
      names = "--source",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "files, folders or globs, played in the order given, those of a folder or glob in name"
              + " order; *.dat hold DAQ words, all others CSV with or without a header line"
              + " (default: the simulator)")
  private List<String> sources = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "seed of the simulator: the same seed, the same rows (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "rows of the readout per second, 0 for as fast as possible (default: ${DEFAULT-VALUE})")
  private double rate;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "end after this time (default: when the source ends, or when stopped)")
  private Double duration;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "end after this many rows (default: no limit)")
  private Long limit;

  @Option(names = "--loop", description = "begin again when the files end")
  private boolean loop;

  @Option(
      names = "--format",
      paramLabel = "json|csv|words",
      defaultValue = "json",
      description =
          "json and csv: a row a record; words: blocks of 64-bit words (default: ${DEFAULT-VALUE})")
  private Format format;

  @Option(
      names = "--block",
      paramLabel = "N",
      defaultValue = "128",
      description = "words of a full block (default: ${DEFAULT-VALUE})")
  private int block;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "partitions to make a missing topic with (default: 1)")
  private Integer partitions;

  @Option(
      names = "--replication",
      paramLabel = "N",
      description = "replicas to make a missing topic with (default: 1)")
  private Short replication;

  @Option(
      names = "--run-config",
      paramLabel = "FILE",
      description = "run configuration the simulator follows (default: the course's)")
  private Path runConfig;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, for producer and admin client")
  private Path kafkaConfig;

  @Option(names = "--quiet", description = "print failures and the summary only")
  private boolean quiet;

  /** What is wrong with the options' values; empty where nothing is. */
  Optional<String> fault() {
    if (!(rate >= 0 && rate <= 1e9)) {
      return Optional.of("--rate " + rate + ": expected 0 (as fast as possible) to 1e9");
    }
    if (duration != null && !(duration > 0 && duration <= 1e9)) {
      return Optional.of("--duration " + duration + ": expected seconds, above 0");
    }
    if (block < 1 || block > MOST_WORDS) {
      return Optional.of("--block " + block + ": expected 1 to " + MOST_WORDS);
    }
    if (loop && sources.isEmpty()) {
      return Optional.of("--loop needs --source: the simulator has no end");
    }
    return belowOne("--limit", limit)
        .or(() -> belowOne("--partitions", partitions))
        .or(() -> belowOne("--replication", replication));
  }

  private static Optional<String> belowOne(String option, Number value) {
    return value != null && value.longValue() < 1
        ? Optional.of(option + " " + value + ": expected 1 or more")
        : Optional.empty();
  }

  /** How to reach Kafka. */
  KafkaConnection connection() throws IOException {
    Properties properties = new Properties();
    if (kafkaConfig != null) {
      try (Reader in = Files.newBufferedReader(kafkaConfig, StandardCharsets.UTF_8)) {
        properties.load(in);
      } catch (NoSuchFileException e) {
        throw new IOException("--kafka-config " + kafkaConfig + " does not exist", e);
      } catch (IOException | IllegalArgumentException e) {
        throw new IOException("--kafka-config " + kafkaConfig + " cannot be read: " + e, e);
      }
    }
    String servers =
        kafka != null
            ? kafka
            : properties.getProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_KAFKA);
    return KafkaConnection.of(servers, properties);
  }

  /** Name of the topic to send to. */
  String topic() {
    return topic;
  }

  /** The topic to send to. */
  TargetTopic target() {
    return new TargetTopic(
        topic, Optional.ofNullable(partitions), Optional.ofNullable(replication));
  }

  /** Where the rows come from. */
  RecordSource source(UnreadableRows unreadable, Consumer<String> lines) throws IOException {
    if (sources.isEmpty()) {
      RunConfiguration run =
          runConfig == null ? RunConfiguration.course() : RunConfiguration.load(runConfig);
      return new Simulator(run, seed);
    }
    return new FileSequence(LocalFiles.find(sources), loop, unreadable, lines);
  }

  /** When the rows are due. */
  Pace pace(StreamClock clock) {
    return rate == 0 ? new FullSpeed(clock) : new SteadyPace(rate);
  }

  /** What records the rows become. */
  RowEncoder encoder(RecordSender sender) {
    return switch (format) {
      case JSON -> TextEncoder.json(sender);
      case CSV -> TextEncoder.csv(sender);
      case WORDS -> new BlockEncoder(sender, block);
    };
  }

  /** Rows after which to end. */
  long limit() {
    return limit == null ? Long.MAX_VALUE : limit;
  }

  /** Time after which to end, ns. */
  long durationNs() {
    return duration == null ? Long.MAX_VALUE / 2 : (long) (duration * 1e9);
  }

  /** How many rows there will be, where that can be told. */
  OptionalLong expectedRows() {
    if (limit != null) {
      return OptionalLong.of(limit);
    }
    return duration == null || rate == 0
        ? OptionalLong.empty()
        : OptionalLong.of((long) (rate * duration));
  }

  /** True where progress is not to be shown. */
  boolean quiet() {
    return quiet;
  }

  /** The settings in effect, in one line. */
  String describe(KafkaConnection connection) {
    return (sources.isEmpty() ? "simulator with seed " + seed : String.join(" ", sources))
        + (loop ? ", again and again" : "")
        + " -> topic "
        + topic
        + " at "
        + connection.servers()
        + ", "
        + format.name().toLowerCase(Locale.ROOT)
        + (format == Format.WORDS ? " in blocks of " + block : "")
        + ", "
        + (rate == 0 ? "as fast as possible" : number(rate) + " records/s")
        + (duration == null ? "" : ", for " + number(duration) + " s")
        + (limit == null ? "" : ", up to " + limit + " records");
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
