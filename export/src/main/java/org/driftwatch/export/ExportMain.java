package org.driftwatch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.kafka.ClientSettings;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.telemetry.KafkaLogs;
import org.driftwatch.telemetry.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes the sum of a stretch of results into a file that physicists open. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = ExportMain.VersionLine.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Adds up the windows of a stretch of results and writes all histograms into a file: .root,"
            + " .json (UHI, for hist and boost-histogram), .h5 or .nxs (HDF5, NeXus), or .csv.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:written", "1:failed", "2:an option is not understood"})
public final class ExportMain implements Callable<Integer> {
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final int ANSWER_MILLIS = 10_000;
  private static final Pattern LENGTH = Pattern.compile("([1-9]\\d{0,5})([smhd])");

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "File to write; its ending tells the format.")
  private Path output;

  @Option(names = "--replace", description = "Replaces the file if it is there.")
  private boolean replace;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description =
          "Start of the first window, UTC, such as 2026-12-01T12:00 (default: the first there is).")
  private Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "End of the stretch: windows that start before it (default: none).")
  private Instant to;

  @Option(
      names = "--last",
      paramLabel = "LENGTH",
      description = "The windows of the last 30s, 10m, 24h or 7d, counted from the newest.")
  private Duration last;

  @Option(
      names = "--run",
      paramLabel = "N",
      description = "Windows whose records are all of this run.")
  private Long run;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "File of window summaries, one a line, as driftwatch batch writes them, in place of a"
              + " topic.")
  private Path input;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "Kafka's bootstrap servers, separated by commas (default: those of --kafka-config, else "
              + KafkaAccess.DEFAULT_SERVERS
              + ").")
  private String kafka;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, such as those of TLS and SASL.")
  private Path kafkaConfig;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Topic of the window summaries (default: ${DEFAULT-VALUE}).")
  private String topic = StreamTopic.RESULTS;

  @Option(
      names = {"--detector", "--run-config"},
      paramLabel = "FILE|NAME",
      description =
          "Detector description, a file or the name of a shipped one, for names and cell maps"
              + " (default: the course's).")
  private String detector;

  /** Writes the file; see {@code --help} for its exit status. */
  public static void main(String[] args) {
    KafkaLogs.off();
    System.exit(commandLine().execute(args));
  }

  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"driftwatch export " + Version.number()};
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new ExportMain())
        .registerConverter(Instant.class, ExportMain::time)
        .registerConverter(Duration.class, ExportMain::length)
        .setParameterExceptionHandler(
            (e, given) -> {
              e.getCommandLine()
                  .getErr()
                  .println("export: " + e.getMessage() + " (--help lists the options)");
              return USAGE;
            });
  }

  private static Instant time(String value) {
    try {
      return value.endsWith("Z")
          ? Instant.parse(value)
          : LocalDateTime.parse(value).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "'" + value + "', expected a time in UTC such as '2026-12-01T12:00'");
    }
  }

  private static Duration length(String value) {
    Matcher m = LENGTH.matcher(value);
    if (!m.matches()) {
      throw new TypeConversionException(
          "'" + value + "', expected a length such as '30s', '10m', '24h' or '7d'");
    }
    return Duration.of(
        Integer.parseInt(m.group(1)),
        switch (m.group(2)) {
          case "s" -> ChronoUnit.SECONDS;
          case "m" -> ChronoUnit.MINUTES;
          case "h" -> ChronoUnit.HOURS;
          default -> ChronoUnit.DAYS;
        });
  }

  @Override
  public Integer call() {
    ExportFormat format;
    DetectorDescription description;
    KafkaAccess access;
    try {
      format = ExportFormat.of(output);
      refuseContradictions();
      description =
          detector == null ? DetectorDescription.course() : DetectorDescription.load(detector);
      access = KafkaAccess.of(Optional.ofNullable(kafka), Optional.ofNullable(kafkaConfig));
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    try {
      if (Files.exists(output) && !replace) {
        throw new IOException(output + " is there already; --replace replaces it");
      }
      Contents contents = input == null ? ofTopic(access, description) : ofFile(description);
      format.write(contents, output, Instant.now());
      System.out.println(said(contents));
      return 0;
    } catch (IOException e) {
      System.err.println("export: " + e.getMessage());
      return FAILURE;
    } catch (KafkaException e) {
      System.err.println("export: " + access.refusal(e).orElseGet(() -> reason(access, e)));
      return FAILURE;
    }
  }

  private void refuseContradictions() {
    if (last != null && from != null) {
      throw new IllegalArgumentException("--last or --from, not both");
    }
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("--from " + from + " is not before --to " + to);
    }
  }

  private Stretch stretch() {
    return new Stretch(
        Optional.ofNullable(from),
        Optional.ofNullable(to),
        Optional.ofNullable(last),
        run == null ? OptionalLong.empty() : OptionalLong.of(run));
  }

  private Contents ofTopic(KafkaAccess access, DetectorDescription description) throws IOException {
    Map<String, Object> defaults = new HashMap<>();
    defaults.put(ConsumerConfig.CLIENT_ID_CONFIG, "driftwatch-export");
    Map<String, Object> settings = new ClientSettings(access).consumer(defaults);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      return sum(new TopicMessages(consumer, topic), description);
    }
  }

  private Contents ofFile(DetectorDescription description) throws IOException {
    return sum(new FileMessages(input), description);
  }

  private Contents sum(Messages messages, DetectorDescription description) throws IOException {
    return WindowSum.of(
        messages,
        stretch(),
        description,
        Version.number(),
        line -> System.err.println("export: " + line));
  }

  private String said(Contents contents) {
    About about = contents.about();
    return output
        + ": "
        + contents.plots().size()
        + " histograms of "
        + about.windows()
        + (about.windows() == 1 ? " window" : " windows")
        + about.span().map(span -> ", " + span.start() + " to " + span.end()).orElse("")
        + ", "
        + contents.numbers().get("hits")
        + " hits";
  }

  private static String reason(KafkaAccess access, KafkaException e) {
    return "Kafka at "
        + access.servers()
        + ": "
        + (e instanceof TimeoutException ? "no answer in time" : e.getMessage());
  }
}
