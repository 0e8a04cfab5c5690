package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.quality.Thresholds;
import org.driftwatch.telemetry.ArchivedClasses;
import org.driftwatch.telemetry.KafkaLogs;
import org.driftwatch.telemetry.Version;
import org.driftwatch.viewer.emulator.EmulatorRate;
import org.driftwatch.viewer.export.PictureFormat;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.model.HistoryLimits;
import org.driftwatch.viewer.settings.Settings;
import org.driftwatch.viewer.view.Page;
import org.driftwatch.viewer.view.Theme;
import org.driftwatch.viewer.view.ViewState;
import org.driftwatch.viewer.window.Dashboard;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the topic results and shows it: in a window, as lines of text, or in a picture. */
@Command(
    name = "viewer",
    mixinStandardHelpOptions = true,
    versionProvider = ViewerMain.VersionLine.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Shows the detector's histograms window by window, read from a Kafka topic of results.")
public final class ViewerMain implements Callable<Integer> {
  private static final int USAGE = 2;

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
      names = "--topic",
      paramLabel = "NAME",
      description = "Topic of the window summaries (default: ${DEFAULT-VALUE}).")
  private String topic = StreamTopic.RESULTS;

  @Option(
      names = "--status-topic",
      paramLabel = "NAME",
      description = "Topic of the monitor's status (default: ${DEFAULT-VALUE}).")
  private String statusTopic = StreamTopic.STATUS;

  @Option(
      names = "--quality-topic",
      paramLabel = "NAME",
      description = "Topic of the verdicts (default: ${DEFAULT-VALUE}).")
  private String qualityTopic = StreamTopic.QUALITY;

  @Option(
      names = "--alarms-topic",
      paramLabel = "NAME",
      description = "Topic of the alarms (default: ${DEFAULT-VALUE}).")
  private String alarmsTopic = StreamTopic.ALARMS;

  @Option(
      names = "--commands-topic",
      paramLabel = "NAME",
      description =
          "Topic of acknowledgements and other commands on alarms (default: ${DEFAULT-VALUE}).")
  private String commandsTopic = StreamTopic.ALARM_COMMANDS;

  @Option(
      names = "--events-topic",
      paramLabel = "NAME",
      description = "Topic of single muons, for page Events (default: ${DEFAULT-VALUE}).")
  private String eventsTopic = StreamTopic.EVENTS;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, such as those of TLS and SASL.")
  private Path kafkaConfig;

  @Option(
      names = {"--detector", "--run-config"},
      paramLabel = "FILE|NAME",
      description =
          "Detector description, a file or the name of a shipped one: names, channels, geometry and"
              + " known-bad cells (default: the course's; results of another detector are then shown"
              + " by number, without cell maps).")
  private String detector;

  @Option(
      names = "--text",
      description =
          "Prints a line per window and revision instead of opening a window; the default if there"
              + " is no display.")
  private boolean text;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description =
          "Draws what the topic holds into a picture and exits; needs no display. Its ending tells"
              + " the format: .png, .svg or .pdf.")
  private Path snapshot;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "With --snapshot: how long to wait for Kafka and the topic (default: ${DEFAULT-VALUE}).")
  private int waitSeconds = 10;

  @Option(
      names = "--page",
      paramLabel = "overview|chambers|alarms|muons|events",
      description = "Page to start with (default: as last time, else overview).")
  private Page page;

  @Option(
      names = "--show",
      paramLabel = "newest|MINUTESm|sum",
      description =
          "Histograms of the newest window, of the last minutes (such as 10m), or of all since the"
              + " start (default: as last time, else 10m).")
  private Accumulation show;

  @Option(names = "--log", description = "Logarithmic counts (default: as last time, else linear).")
  private boolean log;

  @Option(
      names = "--theme",
      paramLabel = "light|dark",
      description = "Colours (default: as last time, else dark).")
  private Theme theme;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Size of window or picture in pixels (default: as last time, else 1600x1000).")
  private Dimension size;

  @Option(
      names = "--thresholds",
      paramLabel = "FILE",
      description =
          "Limits of the verdicts on picked stretches, and where no service quality runs; the file"
              + " needs only those it changes (default: those of --print-thresholds).")
  private Path thresholdsFile;

  @Option(
      names = "--print-thresholds",
      description = "Prints the limits of the verdicts, explains them, and exits.")
  private boolean printThresholds;

  @Option(
      names = "--history",
      paramLabel = "TIME",
      description =
          "How long every window is kept, such as 90m, 24h or 7d; older ones are joined by the"
              + " minute (default: 24h).")
  private Duration history = HistoryLimits.WINDOWS;

  @Option(
      names = "--history-minutes",
      paramLabel = "TIME",
      description = "How long minutes are kept; older ones are joined by the hour (default: 30d).")
  private Duration historyMinutes = HistoryLimits.MINUTES;

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "Reference to compare with, as saved by the viewer (default: none).")
  private Path reference;

  @Option(
      names = "--save-to",
      paramLabel = "FOLDER",
      description =
          "Folder for pictures, data and references saved from the window (default: the current"
              + " folder).")
  private Path folder = Path.of("");

  @Option(
      names = "--emulator",
      paramLabel = "URL",
      description =
          "Emulator whose rate can be changed from the window, such as http://127.0.0.1:9000"
              + " (default: none).")
  private String emulator;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Serves metrics for Prometheus at http://127.0.0.1:PORT/metrics, 0 for any free port"
              + " (default: no port, JMX only).")
  private Integer metricsPort;

  /** Starts the viewer; its exit status is 0, 1 on failure, 2 on wrong usage. */
  public static void main(String[] args) {
    KafkaLogs.off();
    if (Arrays.stream(args).anyMatch(word -> word.startsWith("--snapshot"))) {
      // Before any class of AWT is loaded, an option's type too: a display may not answer.
      System.setProperty("java.awt.headless", "true");
    }
    ProcessExit.install();
    ProcessExit.with(commandLine().execute(args));
  }

  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"driftwatch viewer " + Version.number()};
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new ViewerMain())
        .registerConverter(Page.class, word -> ViewWords.constant(Page.class, word))
        .registerConverter(Theme.class, word -> ViewWords.constant(Theme.class, word))
        .registerConverter(Accumulation.class, ViewWords::accumulation)
        .registerConverter(Duration.class, ViewWords::duration)
        .registerConverter(Dimension.class, ViewWords::size)
        .setParameterExceptionHandler((e, given) -> refuse(e));
  }

  private static int refuse(ParameterException e) {
    e.getCommandLine()
        .getErr()
        .println("viewer: " + e.getMessage() + " (--help lists the options)");
    return USAGE;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (printThresholds) {
      System.out.print(Thresholds.standardText());
      return 0;
    }
    Setup setup;
    Optional<URI> emulatorUrl;
    try {
      setup = setup();
      emulatorUrl = emulatorUrl();
      if (snapshot != null) {
        PictureFormat.of(snapshot);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    if (text && snapshot != null) {
      throw new ParameterException(spec.commandLine(), "--text or --snapshot, not both");
    }
    if (waitSeconds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--wait " + waitSeconds + ", expected seconds from 1 up");
    }
    if (metricsPort != null && (metricsPort < 0 || metricsPort > 65535)) {
      throw new ParameterException(
          spec.commandLine(), "--metrics-port " + metricsPort + ", expected a port, 0 to 65535");
    }
    if (snapshot != null) {
      ViewState state = state(new Remembered(Settings.none()), lastMinutes(setup));
      return done(
          new SnapshotRun(setup, Optional.ofNullable(reference), state, sizeOr(Dashboard.DESIGN))
              .draw(snapshot, Duration.ofSeconds(waitSeconds)));
    }
    try {
      return run(setup, emulatorUrl);
    } catch (IOException e) {
      return ProcessExit.failure(e.getMessage());
    }
  }

  /** A program that has done its work is worth keeping its classes. */
  private static int done(int status) {
    if (status == 0) {
      ArchivedClasses.keep("viewer");
    }
    return status;
  }

  private Setup setup() throws IOException {
    KafkaSettings results =
        KafkaSettings.of(Optional.ofNullable(kafka), topic, Optional.ofNullable(kafkaConfig));
    return new Setup(
        results,
        results.topic(statusTopic),
        results.topic(qualityTopic),
        results.topic(alarmsTopic),
        results.topic(commandsTopic),
        results.topic(eventsTopic),
        detector == null ? DetectorDescription.course() : DetectorDescription.load(detector),
        detector != null,
        thresholdsFile == null ? Thresholds.standard() : Thresholds.load(thresholdsFile),
        historyLimits());
  }

  private HistoryLimits historyLimits() {
    if (historyMinutes.compareTo(history) < 0) {
      throw new IllegalArgumentException(
          "--history-minutes "
              + ViewWords.of(historyMinutes)
              + " is shorter than --history "
              + ViewWords.of(history)
              + ", expected at least as long");
    }
    return HistoryLimits.of(history, historyMinutes);
  }

  private int run(Setup setup, Optional<URI> emulatorUrl) throws IOException {
    OptionalInt metrics = metricsPort == null ? OptionalInt.empty() : OptionalInt.of(metricsPort);
    if (!text) {
      Optional<String> noDisplay = Display.missing();
      if (noDisplay.isEmpty()) {
        Remembered remembered = new Remembered(remembered());
        return done(
            new WindowRun(
                    setup, remembered, folder, Optional.ofNullable(reference), emulatorUrl, metrics)
                .show(
                    state(remembered, lastMinutes(setup)),
                    sizeOr(remembered.size().orElse(Dashboard.DESIGN))));
      }
      System.err.println(
          "viewer: no display (" + noDisplay.get() + "): printing a line per window instead");
    }
    return new TextRun(setup, metrics).print();
  }

  private Optional<URI> emulatorUrl() {
    try {
      return Optional.ofNullable(emulator).map(EmulatorRate::url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--emulator " + emulator + ": " + e.getMessage(), e);
    }
  }

  private static Accumulation lastMinutes(Setup setup) {
    return new Accumulation.Last(setup.thresholds().stretch());
  }

  private static Settings remembered() {
    Path file = Settings.userFile(System.getenv(), System.getProperty("user.home"));
    try {
      return Settings.load(file);
    } catch (IOException e) {
      System.err.println("viewer: " + e.getMessage());
      return Settings.none();
    }
  }

  private Dimension sizeOr(Dimension other) {
    return size == null ? other : size;
  }

  private ViewState state(Remembered last, Accumulation byDefault) {
    return new ViewState(
        page == null ? last.page().orElse(Page.OVERVIEW) : page,
        show == null ? last.show().orElse(byDefault) : show,
        log || last.log().orElse(false),
        theme == null ? last.theme().orElse(Theme.DARK) : theme);
  }
}
