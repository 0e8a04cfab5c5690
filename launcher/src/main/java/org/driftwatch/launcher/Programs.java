package org.driftwatch.launcher;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How each of Driftwatch's programs is started. */
final class Programs {
  /** The compiler that is done soon, and no other. */
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

  /** Short-lived or idle for most of the time: start-up counts more than speed. */
  private static final List<String> SMALL = List.of("-XX:+UseSerialGC", QUICK_COMPILER);

  /** Bytes from which on a batch gains by the better compiler, however well they are compressed. */
  private static final long SMALL_BATCH = 4L << 20;

  /** A thread that runs out of memory must not leave a program that only looks alive. */
  private static final String EXIT_ON_OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

  /** Flink in the pipeline's process, as Beam writes it. */
  private static final String FLINK_LOCAL = "[local]";

  /** Of a JobManager's REST interface, unless it was given another. */
  private static final int FLINK_PORT = 8081;

  /** In place of what a stream's configuration has. */
  private static final List<String> SPARK_REPEATS =
      List.of(
          "spark.extraListeners=org.driftwatch.pipelines.spark.ClusterCheck",
          "spark.task.maxFailures=4",
          "spark.stage.maxConsecutiveAttempts=4");

  /** Variables by which a JVM is given options, whoever starts it. */
  private static final List<String> JVM_OPTIONS =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  private static final long LEAST_MEMORY_FOR_CHECKPOINTS = 4L << 30;

  private final Home home;
  private final Map<String, String> environment;

  /**
   * @param environment variables of the caller's process
   */
  Programs(Home home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /** The same where another variable is set. */
  Programs with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(variable, value);
    return new Programs(home, changed);
  }

  JavaProgram broker(List<String> arguments) {
    return small("emulator", "emulator.BrokerMain", "1g", arguments);
  }

  JavaProgram emulator(List<String> arguments) {
    return busy("emulator", "emulator.EmulatorMain", arguments);
  }

  JavaProgram rate(List<String> arguments) {
    return small("emulator", "emulator.RateMain", "64m", arguments);
  }

  JavaProgram record(List<String> arguments) {
    return small("emulator", "emulator.RecordMain", "256m", arguments);
  }

  JavaProgram viewer(List<String> arguments) {
    // Not more from the start than it needs: by itself a JVM takes a 64th of the machine. What is
    // read and soon forgotten has a part of its own, so that most of the heap is for windows.
    return small("viewer", "viewer.ViewerMain", "360m", arguments)
        .withJvm(List.of("-Xms160m", "-Xmn48m", "-XX:MetaspaceSize=64m"));
  }

  /** The viewer as users start it, who wait for it. */
  JavaProgram viewerAlone(List<String> arguments) {
    JavaProgram viewer = viewer(arguments);
    // Each loads many classes that the other does not need.
    boolean isPicture = arguments.stream().anyMatch(option -> option.startsWith("--snapshot"));
    return withArchive(isPicture ? "picture" : "viewer", viewer);
  }

  JavaProgram quality(List<String> arguments) {
    return small("quality", "quality.service.QualityMain", "256m", arguments);
  }

  JavaProgram export(List<String> arguments) {
    return busy("export", "export.ExportMain", arguments);
  }

  /** Waits until the last window of a stream that has ended is published. */
  JavaProgram awaiting(List<String> arguments) {
    return small("pipelines", "pipelines.AwaitMain", "128m", arguments);
  }

  /** A program that works for long enough to be compiled twice. */
  private JavaProgram busy(String module, String main, List<String> arguments) {
    return JavaProgram.of(
        List.of("-Xmx512m", "-XX:+UseSerialGC", EXIT_ON_OUT_OF_MEMORY),
        home.classpath(module),
        "org.driftwatch." + main,
        arguments);
  }

  private JavaProgram small(String module, String main, String heap, List<String> arguments) {
    List<String> jvm = new ArrayList<>(List.of("-Xmx" + heap, EXIT_ON_OUT_OF_MEMORY));
    jvm.addAll(SMALL);
    return JavaProgram.of(jvm, home.classpath(module), "org.driftwatch." + main, arguments);
  }

  /**
   * A static batch; {@code --runner=NAME} names a configuration, or spark or flink for the one that
   * goes with the master that is set, direct by default. {@code --window=SECONDS} is the same as
   * {@code --windows} with a unit.
   *
   * @throws UsageException if the window is no length
   * @throws LauncherException if no master answers
   */
  JavaProgram batch(List<String> arguments) {
    String name = Configuration.valueOf("--runner", arguments).orElse("direct");
    Configuration configuration = home.configuration(batchConfiguration(name));
    List<String> options = new ArrayList<>(arguments);
    options.removeIf(option -> option.startsWith("--runner="));
    options.replaceAll(Programs::windowOfBatch);
    String main = "org.driftwatch.pipelines.BatchMain";
    return switch (configuration.engine()) {
      case DIRECT -> {
        String classpath = home.classpath("pipelines");
        List<String> jvm = new ArrayList<>();
        jvm.add("@" + configuration.folder().resolve("batch-jvm.args"));
        if (isSmall(options)) {
          jvm.add(QUICK_COMPILER);
        }
        // One more than there are cores: while one reads and waits, the others work.
        addUnlessGiven(options, "--targetParallelism", cores() + 1);
        yield withArchive(
            "batch", JavaProgram.of(jvm, classpath, main, configuration.optionsWith(options)));
      }
      case SPARK -> {
        // Files can be read again identically, unlike a stream: Spark may repeat what has failed.
        options.add("--streaming=false");
        // What is read of a file goes on to the next step as it comes, not when all of it is read.
        options.add("--experiments=use_bounded_concurrent_output_for_sdf");
        yield onSpark(configuration, main, options, SPARK_REPEATS);
      }
      case FLINK -> {
        options.add("--runner=FlinkRunner");
        if (configuration.master().filter(FLINK_LOCAL::equals).isPresent()) {
          addUnlessGiven(options, "--parallelism", cores());
        }
        yield onFlink(configuration, main, options);
      }
    };
  }

  private static void addUnlessGiven(List<String> options, String name, int value) {
    if (Configuration.valueOf(name, options).isEmpty()) {
      options.add(name + "=" + value);
    }
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }

  /** True where a batch reads so little that a better compiler is not worth its time. */
  private static boolean isSmall(List<String> options) {
    long bytes = 0;
    for (String option : options) {
      for (String name :
          Configuration.valueOf("--input", List.of(option)).orElse("").split(",", -1)) {
        // What is no file of this machine may be anything: a folder, a pattern, an address.
        long size = new File(name).isFile() ? new File(name).length() : SMALL_BATCH;
        bytes += name.isEmpty() ? 0 : size;
      }
    }
    return bytes < SMALL_BATCH;
  }

  private static String windowOfBatch(String option) {
    String name = "--window";
    return Configuration.valueOf(name, List.of(option))
        .map(seconds -> "--windows=" + WindowLength.ofSeconds(name, seconds).forPipeline())
        .orElse(option);
  }

  /**
   * The same with an archive of its classes, unless users give JVMs options of their own: a Java 17
   * that has an archive fails with a signal where it is started with a flight recording or an agent
   * that looks at classes.
   */
  private JavaProgram withArchive(String name, JavaProgram program) {
    return JVM_OPTIONS.stream().anyMatch(environment::containsKey)
        ? program
        : program.withArchive(home.classArchive(name));
  }

  private String batchConfiguration(String runner) {
    for (Engine engine : List.of(Engine.SPARK, Engine.FLINK)) {
      String name = engine.name().toLowerCase(Locale.ROOT);
      if (runner.equals(name)) {
        boolean isInProcess = ownMaster(engine).map(m -> m.startsWith("local")).orElse(true);
        return name + (isInProcess ? "-local" : "-standalone");
      }
    }
    return runner;
  }

  /**
   * The online monitor on a configuration. Of one for a cluster, {@code SPARK_MASTER} or {@code
   * FLINK_MASTER} replaces its master; {@code SPARK_SUBMIT_ARGS} are further arguments of
   * spark-submit.
   *
   * @throws LauncherException if no master answers, or Spark's checkpoints cannot be written
   */
  JavaProgram monitor(Configuration configuration, List<String> arguments) {
    List<String> options = new ArrayList<>(arguments);
    String kafkaConfig = environment.getOrDefault("KAFKA_CONFIG", "");
    if (!kafkaConfig.isEmpty() && Configuration.valueOf("--kafkaConfig", options).isEmpty()) {
      // Its path and not its content: Spark shows what it is given.
      options.add(0, "--kafkaConfig=" + Path.of(kafkaConfig).toAbsolutePath());
    }
    String main = "org.driftwatch.pipelines.MonitorMain";
    JavaProgram monitor =
        switch (configuration.engine()) {
          case DIRECT -> direct(configuration, main, options);
          case SPARK -> onSpark(configuration, main, options, List.of());
          case FLINK -> onFlink(configuration, main, options);
        };
    return withArchive(configuration.engine().name().toLowerCase(Locale.ROOT), monitor);
  }

  private JavaProgram direct(Configuration configuration, String main, List<String> options) {
    return JavaProgram.of(
        List.of("@" + configuration.jvmArguments()),
        home.classpath("pipelines"),
        main,
        configuration.optionsWith(options));
  }

  /** The master that the user names; empty for the configuration's own. */
  Optional<String> ownMaster(Engine engine) {
    return Optional.of(environment.getOrDefault(engine.masterVariable(), ""))
        .filter(master -> !master.isEmpty());
  }

  private JavaProgram onSpark(
      Configuration configuration, String main, List<String> given, List<String> conf) {
    List<String> options = configuration.optionsWith(given);
    Optional<String> ownMaster = ownMaster(Engine.SPARK);
    String master = ownMaster.or(configuration::master).orElse("local[*]");
    if (master.startsWith("spark://")) {
      checkAnswers("Spark master", master, master.substring("spark://".length()));
    }
    List<String> submitArguments = words(environment.getOrDefault("SPARK_SUBMIT_ARGS", ""));

    Configuration.valueOf("--checkpointDir", options).ifPresent(Programs::checkWritable);
    String scratch = scratch(options, master, submitArguments).map(Path::toString).orElse("");
    if (!scratch.isEmpty()) {
      options.add("--checkpointDir=" + scratch);
    }
    String sparkEnvironment = configuration.sparkEnvironment().map(Path::toString).orElse("");
    List<String> wrapper = List.of(home.sparkDriver().toString(), sparkEnvironment, scratch);

    Map<String, String> variables = new TreeMap<>();
    variables.put("SPARK_HOME", home.installed(Engine.SPARK).toString());
    variables.put("SPARK_SCALA_VERSION", "2.12");
    boolean isHere = !master.startsWith("spark://") || master.startsWith("spark://127.0.0.1:");
    if (isHere && sparkEnvironment.isEmpty()) {
      variables.put("SPARK_LOCAL_IP", "127.0.0.1");
    }

    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--properties-file", configuration.sparkConf().toString()));
    // A driver that a worker starts (--deploy-mode cluster) is not given these by Spark itself.
    arguments.addAll(List.of("--driver-java-options", String.join(" ", opens())));
    ownMaster.ifPresent(named -> arguments.addAll(List.of("--master", named)));
    conf.forEach(setting -> arguments.addAll(List.of("--conf", setting)));
    arguments.addAll(submitArguments);
    arguments.addAll(List.of("--class", main, home.jar(Engine.SPARK).toString()));
    arguments.addAll(options);
    return new JavaProgram(
        wrapper,
        variables,
        Optional.empty(),
        List.of("@" + configuration.jvmArguments(), "@" + home.sparkOpens(), logging(Engine.SPARK)),
        home.jar(Engine.SPARK) + File.pathSeparator + home.jars(Engine.SPARK),
        "org.apache.spark.deploy.SparkSubmit",
        arguments);
  }

  /** No folder may be in the class path of a JVM that has an archive of its classes. */
  private String logging(Engine engine) {
    return "-Dlog4j2.configurationFile=" + home.logging(engine).resolve("log4j2.properties");
  }

  /** Master and workers of a standalone cluster. */
  JavaProgram sparkDaemon(String main, Path workFolder, List<String> arguments) {
    return new JavaProgram(
        List.of(),
        Map.of(
            "SPARK_HOME",
            home.installed(Engine.SPARK).toString(),
            "SPARK_SCALA_VERSION",
            "2.12",
            "SPARK_LOCAL_IP",
            "127.0.0.1",
            "SPARK_WORKER_DIR",
            workFolder.toString()),
        Optional.empty(),
        List.of("-Xmx512m", "-XX:+UseSerialGC", "@" + home.sparkOpens()),
        home.logging(Engine.SPARK) + File.pathSeparator + home.jars(Engine.SPARK),
        "org.apache.spark.deploy." + main,
        arguments);
  }

  private JavaProgram onFlink(Configuration configuration, String main, List<String> given) {
    String master =
        ownMaster(Engine.FLINK)
            .or(configuration::master)
            .map(Programs::flinkAddress)
            .orElseThrow(
                () ->
                    new UsageException(
                        "FLINK_MASTER is not set, expected host:port of a JobManager's REST"
                            + " interface, or local for Flink in one process"));
    List<String> further = new ArrayList<>(given);
    further.add("--flinkMaster=" + master);
    further.add("--flinkConfDir=" + configuration.folder());
    Path jar = home.jar(Engine.FLINK);
    if (!master.equals(FLINK_LOCAL)) {
      checkAnswers("Flink JobManager", master, master);
      further.add("--filesToStage=" + jar);
    }
    return JavaProgram.of(
        List.of("@" + configuration.jvmArguments(), logging(Engine.FLINK)),
        jar + File.pathSeparator + home.jars(Engine.FLINK),
        main,
        configuration.optionsWith(further));
  }

  /** The address as Beam takes it: a JobManager's without its scheme, with its port. */
  private static String flinkAddress(String master) {
    if (master.equals("local") || master.equals(FLINK_LOCAL)) {
      return FLINK_LOCAL;
    }
    String address = master.replaceFirst("^https?://", "").replaceFirst("/$", "");
    return address.contains(":") ? address : address + ":" + FLINK_PORT;
  }

  /** JobManager or TaskManager of a standalone cluster. */
  JavaProgram flinkDaemon(Configuration configuration, boolean isMaster, List<String> settings) {
    List<String> arguments =
        new ArrayList<>(List.of("--configDir", configuration.folder().toString()));
    if (isMaster) {
      arguments.addAll(List.of("--executionMode", "cluster"));
    }
    settings.forEach(setting -> arguments.addAll(List.of("-D", setting)));
    String name = isMaster ? "jobmanager.args" : "taskmanager.args";
    return JavaProgram.of(
        List.of("@" + configuration.folder().resolve(name)),
        home.logging(Engine.FLINK) + File.pathSeparator + home.jars(Engine.FLINK),
        "org.apache.flink.runtime."
            + (isMaster
                ? "entrypoint.StandaloneSessionClusterEntrypoint"
                : "taskexecutor.TaskManagerRunner"),
        arguments);
  }

  private List<String> opens() {
    return Home.read(home.sparkOpens()).lines().filter(line -> line.startsWith("-")).toList();
  }

  /** An engine itself would try for a minute and then say it in fifty lines. */
  private static void checkAnswers(String who, String master, String addresses) {
    if (Arrays.stream(addresses.split(",")).noneMatch(Ports::answers)) {
      throw new LauncherException(
          "no " + who + " answers at " + master + "; is it running, and is the address right?");
    }
  }

  /** The nearest folder that exists must take new ones; other file systems' are left to Spark. */
  private static void checkWritable(String checkpoints) {
    if (checkpoints.contains(":")) {
      return;
    }
    Path exists = Path.of(checkpoints).toAbsolutePath();
    while (exists != null && !Files.exists(exists)) {
      exists = exists.getParent();
    }
    if (exists == null || !Files.isDirectory(exists) || !Files.isWritable(exists)) {
      throw new LauncherException(
          "checkpoint directory "
              + checkpoints
              + ": cannot write to "
              + exists
              + "; name another with --checkpointDir");
    }
  }

  /**
   * A folder for the checkpoints of a run that is all on this machine. Nobody else reads them, so
   * they are kept in memory if there is room, and deleted when the run ends.
   */
  private Optional<Path> scratch(List<String> options, String master, List<String> submit) {
    boolean isHere = master.startsWith("local") || master.startsWith("spark://127.0.0.1:");
    if (Configuration.valueOf("--checkpointDir", options).isPresent()
        || !isHere
        || submit.contains("cluster")) {
      return Optional.empty();
    }
    Path memory = Path.of("/dev/shm");
    boolean hasRoom =
        Files.isWritable(memory) && memory.toFile().getUsableSpace() > LEAST_MEMORY_FOR_CHECKPOINTS;
    Path folder = hasRoom ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    return Optional.of(
        folder.resolve(
            "driftwatch-checkpoints-"
                + ProcessHandle.current().pid()
                + "-"
                + Long.toString(System.nanoTime(), Character.MAX_RADIX)));
  }

  static List<String> words(String text) {
    return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
