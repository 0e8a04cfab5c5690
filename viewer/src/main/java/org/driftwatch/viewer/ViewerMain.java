package org.driftwatch.viewer;

import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.StreamTopic;
import org.driftwatch.viewer.kafka.KafkaSettings;
import org.driftwatch.viewer.model.Accumulation;
import org.driftwatch.viewer.window.Theme;
import org.driftwatch.viewer.window.ViewState;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Reads the topic results and shows it: in a window, as lines of text, or in a picture. */
@Command(
    name = "viewer",
    mixinStandardHelpOptions = true,
    version = "Driftwatch viewer",
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Shows the detector's histograms window by window, read from a Kafka topic of results.")
public final class ViewerMain implements Callable<Integer> {
  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--kafka",
      paramLabel = "HOST:PORT",
      description =
          "Kafka's bootstrap servers, separated by commas (default: those of --kafka-config, else "
              + KafkaSettings.DEFAULT_BOOTSTRAP
              + ").")
  private String kafka;

  @Option(
      names = "--topic",
      paramLabel = "NAME",
      description = "Topic of the window summaries (default: ${DEFAULT-VALUE}).")
  private String topic = StreamTopic.RESULTS;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Kafka client properties, such as those of TLS and SASL.")
  private Path kafkaConfig;

  @Option(
      names = "--run-config",
      paramLabel = "FILE",
      description =
          "Run configuration: names, channels and known-bad cells (default: the course's).")
  private Path runConfig;

  @Option(
      names = "--text",
      description =
          "No window: a line per window and revision. Chosen by itself where there is no display.")
  private boolean text;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE.png",
      description = "Draws what the topic holds into a picture and ends; needs no display.")
  private Path snapshot;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "With --snapshot: how long to wait for Kafka and the topic (default: ${DEFAULT-VALUE}).")
  private int waitSeconds = 10;

  @Option(
      names = "--show",
      paramLabel = "newest|sum",
      converter = Show.class,
      description =
          "Histograms of the newest window, or of all since the start (default: newest in a"
              + " window, sum in a picture).")
  private Accumulation show;

  @Option(names = "--log", description = "Logarithmic counts.")
  private boolean log;

  @Option(
      names = "--theme",
      paramLabel = "light|dark",
      converter = Themes.class,
      description = "Colours (default: dark).")
  private Theme theme = Theme.DARK;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      converter = Size.class,
      description = "Size of window or picture in pixels (default: 1600x1000).")
  private Dimension size = new Dimension(1600, 1000);

  /** Starts the viewer; its exit status is 0, 1 on failure, 2 on wrong usage. */
  public static void main(String[] args) {
    ProcessExit.install();
    ProcessExit.with(
        new CommandLine(new ViewerMain())
            .setParameterExceptionHandler((e, given) -> refuse(e))
            .execute(args));
  }

  private static int refuse(ParameterException e) {
    System.err.println("viewer: " + e.getMessage() + " (--help tells the options)");
    return USAGE;
  }

  @Override
  public Integer call() throws InterruptedException {
    KafkaSettings settings;
    RunConfiguration run;
    try {
      settings =
          KafkaSettings.of(Optional.ofNullable(kafka), topic, Optional.ofNullable(kafkaConfig));
      run = runConfig == null ? RunConfiguration.course() : RunConfiguration.load(runConfig);
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
    if (snapshot != null) {
      ViewState state = state(Accumulation.SINCE_START);
      return new SnapshotRun(settings, run, state, size)
          .draw(snapshot, Duration.ofSeconds(waitSeconds));
    }
    if (!text) {
      Optional<String> noDisplay = Display.missing();
      if (noDisplay.isEmpty()) {
        return new WindowRun(settings, run, state(Accumulation.NEWEST_WINDOW), size).show();
      }
      System.err.println(
          "viewer: no display (" + noDisplay.get() + "): a line per window instead of a window");
    }
    return new TextRun(settings).print();
  }

  private ViewState state(Accumulation byDefault) {
    return new ViewState(show == null ? byDefault : show, log, theme);
  }

  static int failure(String reason) {
    System.err.println("viewer: " + reason);
    return FAILURE;
  }

  /** The words of --show. */
  static final class Show implements ITypeConverter<Accumulation> {
    @Override
    public Accumulation convert(String value) {
      return switch (value) {
        case "newest" -> Accumulation.NEWEST_WINDOW;
        case "sum" -> Accumulation.SINCE_START;
        default -> throw new TypeConversionException("'" + value + "', expected 'newest' or 'sum'");
      };
    }
  }

  /** The words of --theme. */
  static final class Themes implements ITypeConverter<Theme> {
    @Override
    public Theme convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "light" -> Theme.LIGHT;
        case "dark" -> Theme.DARK;
        default -> throw new TypeConversionException("'" + value + "', expected 'light' or 'dark'");
      };
    }
  }

  /** A size such as 1600x1000. */
  static final class Size implements ITypeConverter<Dimension> {
    private static final Pattern FORM = Pattern.compile("(\\d{3,5})x(\\d{3,5})");

    @Override
    public Dimension convert(String value) {
      Matcher m = FORM.matcher(value);
      if (!m.matches()) {
        throw new TypeConversionException("'" + value + "', expected pixels such as 1600x1000");
      }
      return new Dimension(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)));
    }
  }
}
