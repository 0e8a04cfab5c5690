package org.driftwatch.quality.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.quality.SavedReference;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.quality.alarm.Guidance;
import org.driftwatch.quality.check.Judge;
import org.driftwatch.telemetry.KafkaLogs;
import org.driftwatch.telemetry.Telemetry;
import org.driftwatch.telemetry.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Judges the topic results as it grows: publishes verdicts and alarms, and calls people. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    versionProvider = QualityMain.VersionLine.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Judges the detector's results: publishes verdicts and alarms, and calls people. Runs until"
            + " it is stopped; restart it at any time.",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:ended as asked for; with --check: good",
      "1:failed; with --check: a warning",
      "2:an option is not understood; with --check: bad",
      "3:with --check: unknown, too few entries or nothing to read",
      "76:another quality service has taken over"
    })
public final class QualityMain implements Callable<Integer> {
  private static final int FAILURE = 1;
  private static final int USAGE = 2;
  private static final int REPLACED = 76;
  private static final long END_SECONDS = 10;
  private static final int WEBHOOK_ATTEMPTS = 4;

  @Spec private CommandSpec spec;

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
      description = "Topic of the window summaries, read (default: ${DEFAULT-VALUE}).")
  private String results = StreamTopic.RESULTS;

  @Option(
      names = "--status-topic",
      paramLabel = "NAME",
      description = "Topic of the monitor's status, read (default: ${DEFAULT-VALUE}).")
  private String status = StreamTopic.STATUS;

  @Option(
      names = "--quality-topic",
      paramLabel = "NAME",
      description = "Topic of the verdicts, written (default: ${DEFAULT-VALUE}).")
  private String quality = StreamTopic.QUALITY;

  @Option(
      names = "--alarms-topic",
      paramLabel = "NAME",
      description = "Topic of the alarms, written (default: ${DEFAULT-VALUE}).")
  private String alarms = StreamTopic.ALARMS;

  @Option(
      names = "--commands-topic",
      paramLabel = "NAME",
      description = "Topic of what is to be done with alarms, read (default: ${DEFAULT-VALUE}).")
  private String commands = StreamTopic.ALARM_COMMANDS;

  @Option(
      names = {"--detector", "--run-config"},
      paramLabel = "FILE|NAME",
      description =
          "Detector description, a file or the name of a shipped one (default: the course's).")
  private String detector;

  @Option(
      names = "--thresholds",
      paramLabel = "FILE",
      description =
          "Limits of the verdicts; the file needs only those it changes (default: those of"
              + " --print-thresholds).")
  private Path thresholdsFile;

  @Option(
      names = "--print-thresholds",
      description = "Prints the limits of the verdicts, explains them, and exits.")
  private boolean printThresholds;

  @Option(
      names = "--guidance",
      paramLabel = "FILE",
      description =
          "What to do about each alarm, and whom to call; the file needs only what it changes"
              + " (default: the text of --print-guidance).")
  private Path guidanceFile;

  @Option(
      names = "--print-guidance",
      description = "Prints what to do about each alarm, explains the file, and exits.")
  private boolean printGuidance;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "Reference to compare with, as saved by the viewer (default: none).")
  private Path reference;

  @Option(
      names = "--on-alarm",
      paramLabel = "COMMAND",
      description =
          "Shell command to run for each alarm: its JSON comes on the standard input, its fields in"
              + " variables DRIFTWATCH_... (default: none).")
  private String command;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      defaultValue = "${env:DRIFTWATCH_WEBHOOK:-}",
      description =
          "URL to which each alarm's JSON is posted, with a field text for chats (default: what"
              + " DRIFTWATCH_WEBHOOK names, where no list of processes shows it).")
  private String webhook = "";

  @Option(
      names = "--hook-timeout",
      paramLabel = "SECONDS",
      description =
          "How long a command, or an attempt to reach the webhook, may take (default:"
              + " ${DEFAULT-VALUE}).")
  private int hookSeconds = 20;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serves metrics for Prometheus at http://127.0.0.1:PORT/metrics, 0 for any free port"
              + " (default: no port, JMX only).")
  private Integer metricsPort;

  @Option(
      names = "--check",
      description =
          "Looks once instead: prints as JSON what a running service says or, without one, a"
              + " judgement of the newest results; exit status as of Nagios plugins.")
  private boolean check;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "With --check: how long to wait for Kafka and the topic (default: ${DEFAULT-VALUE}).")
  private int waitSeconds = 10;

  /** Starts the service; see {@code --help} for its exit status. */
  public static void main(String[] args) {
    KafkaLogs.off();
    System.exit(commandLine(args).execute(args));
  }

  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"driftwatch quality " + Version.number()};
    }
  }

  static CommandLine commandLine(String[] args) {
    // Scripts must not take a wrong option for a bad detector.
    int usage = Arrays.asList(args).contains("--check") ? CheckRun.UNKNOWN : USAGE;
    return new CommandLine(new QualityMain())
        .setParameterExceptionHandler(
            (e, given) -> {
              e.getCommandLine()
                  .getErr()
                  .println("quality: " + e.getMessage() + " (--help lists the options)");
              return usage;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    if (printThresholds) {
      System.out.print(Thresholds.standardText());
      return 0;
    }
    if (printGuidance) {
      System.out.print(Guidance.standardText());
      return 0;
    }
    Setup setup;
    List<Hook> hooks;
    try {
      setup = setup();
      hooks = hooks();
      positive("--hook-timeout", hookSeconds);
      positive("--wait", waitSeconds);
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (metricsPort != null && (metricsPort < 0 || metricsPort > 65535)) {
      throw new ParameterException(
          spec.commandLine(), "--metrics-port " + metricsPort + ", expected a port, 0 to 65535");
    }
    return check
        ? new CheckRun(setup, Clock.systemUTC()).run(System.out, Duration.ofSeconds(waitSeconds))
        : serve(setup, hooks);
  }

  private static void positive(String option, int seconds) {
    if (seconds < 1) {
      throw new IllegalArgumentException(option + " " + seconds + ", expected seconds from 1 up");
    }
  }

  private Setup setup() throws IOException {
    DetectorDescription description =
        detector == null ? DetectorDescription.course() : DetectorDescription.load(detector);
    return new Setup(
        KafkaAccess.of(Optional.ofNullable(kafka), Optional.ofNullable(kafkaConfig)),
        new TopicNames(results, status, quality, alarms, commands),
        description,
        thresholdsFile == null ? Thresholds.standard() : Thresholds.load(thresholdsFile),
        guidanceFile == null ? Guidance.standard() : Guidance.load(guidanceFile),
        reference == null ? Optional.empty() : Optional.of(reference(description)));
  }

  private WindowSummary reference(DetectorDescription description) throws IOException {
    WindowSummary sum = SavedReference.load(reference).sum();
    Optional<String> objection = Judge.objection(description, sum);
    if (objection.isPresent()) {
      throw new IOException("reference " + reference + ": " + objection.get());
    }
    return sum;
  }

  private List<Hook> hooks() throws IOException {
    Duration patience = Duration.ofSeconds(hookSeconds);
    List<Hook> hooks = new ArrayList<>();
    if (command != null) {
      hooks.add(new CommandHook(command, patience));
    }
    if (!webhook.isEmpty()) {
      hooks.add(
          new Webhook(Webhook.url(webhook), patience, Duration.ofSeconds(2), WEBHOOK_ATTEMPTS));
    }
    return hooks;
  }

  private int serve(Setup setup, List<Hook> hooks) throws InterruptedException {
    OptionalInt port = metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
    try (Caller caller = new Caller(hooks)) {
      Metrics metrics = new Metrics(caller, Clock.systemUTC());
      try (Telemetry shown = Telemetry.show("quality", port, metrics)) {
        shown.address().ifPresent(at -> System.err.println("quality: metrics at " + at));
        QualityService service = new QualityService(setup, caller, metrics, Clock.systemUTC());
        return switch (untilStopped(service)) {
          case STOPPED -> 0;
          case REPLACED -> REPLACED;
          case UNUSABLE -> FAILURE;
        };
      }
    } catch (IOException e) {
      System.err.println("quality: --metrics-port: " + e.getMessage());
      return FAILURE;
    }
  }

  /** On a signal the program ends with status 0, when the service has ended or after a bound. */
  private static QualityService.End untilStopped(QualityService service)
      throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (ended.getCount() > 0) {
                    service.stop();
                    await(ended);
                    Runtime.getRuntime().halt(0);
                  }
                },
                "stop"));
    try {
      return service.run();
    } finally {
      ended.countDown();
    }
  }

  private static void await(CountDownLatch ended) {
    try {
      if (!ended.await(END_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("quality: not ended within " + END_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
