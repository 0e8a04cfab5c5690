package org.driftwatch.launcher;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.driftwatch.telemetry.Readiness;

/**
 * A whole run: broker, cluster, pipeline, quality, viewer and emulator, each in a JVM of its own,
 * from the first to the end of the last. Used by one thread; {@link #requestStop} may be called by
 * any.
 */
final class Run {
  private static final String BROKER = "broker";
  private static final String PIPELINE = "pipeline";
  private static final String QUALITY = "quality";
  private static final String VIEWER = "viewer";
  private static final String EMULATOR = "emulator";
  private static final String AWAIT = "wait for the last window";

  private static final int BROKER_PORT = 19092;
  private static final String BROKER_ADDRESS = "127.0.0.1:" + BROKER_PORT;

  /** The embedded broker's port lies between those of viewer and quality. */
  private static final int QUALITY_METRICS = 4;

  private static final List<Integer> METRICS_PORTS = List.of(0, 1, 2, QUALITY_METRICS);
  private static final long BROKER_SECONDS = 60;
  private static final long CLUSTER_SECONDS = 60;
  private static final long PIPELINE_SECONDS = 120;
  private static final long LOOK_EACH_MILLIS = 50;
  private static final long STOP_SECONDS = 30;

  /** Where a cluster takes longer than this to warm up, nobody waits for it. */
  private static final long WARM_UP_SECONDS = 45;

  /** Status of a pipeline of which only a new start can be exact. */
  private static final int START_AGAIN = 75;

  /** Status of a quality service in whose place there is another. */
  private static final int REPLACED = 76;

  private static final int USAGE = 2;

  /** Status of a JVM that has run out of memory. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int FAILURE = 1;

  private final RunOptions options;
  private final Optional<CheckpointFolders> checkpoints;
  private final Map<String, String> environment;
  private final Configuration configuration;
  private final Path logs;
  private final Parts parts;

  private Programs programs;
  private String kafka = "";
  private Optional<Integer> control = Optional.empty();
  private Optional<Integer> metrics = Optional.empty();
  private Optional<Cluster> cluster = Optional.empty();
  private boolean hasOwnBroker;
  private boolean startedAgain;
  private final Lives pipelineLives = new Lives();
  private final Lives qualityLives = new Lives();
  private final Map<String, Lives> clusterLives = new HashMap<>();

  /** What is waited for. */
  private interface Condition {
    boolean holds() throws InterruptedException;
  }

  /** Ends a run, with a status. */
  private static final class Finished extends Exception {
    private final int status;

    Finished(int status) {
      this.status = status;
    }
  }

  Run(Home home, RunOptions options, Map<String, String> environment) {
    this.options = options;
    this.environment = environment;
    options.check();
    configuration = home.configuration(options.runner());
    if (configuration.engine() != Engine.DIRECT) {
      // Before anything is started.
      home.installed(configuration.engine());
      home.jar(configuration.engine());
    }
    programs = new Programs(home, environment);
    logs = options.folder().resolve("run");
    parts = new Parts(home, logs, STOP_SECONDS);
    checkpoints = configuration.option("--checkpointDir").map(CheckpointFolders::new);
  }

  /** Ends the run with status 0. */
  void requestStop() {
    parts.requestStop();
  }

  /**
   * Runs until something ends it.
   *
   * @return the exit status
   */
  int run() throws InterruptedException {
    prepareFolder();
    try {
      startAll();
      while (true) {
        handleNext(Long.MAX_VALUE);
      }
    } catch (Finished finished) {
      return finished.status;
    } finally {
      parts.stopAll(stopOrder());
      checkpoints.ifPresent(CheckpointFolders::delete);
    }
  }

  /** What sends ends first, then what reads. */
  private List<String> stopOrder() {
    List<String> order = new ArrayList<>(List.of(EMULATOR, AWAIT, PIPELINE, QUALITY, VIEWER));
    cluster.ifPresent(
        stopped -> {
          order.addAll(stopped.workers());
          order.add(stopped.master());
        });
    order.add(BROKER);
    return order;
  }

  private void prepareFolder() {
    try {
      Files.createDirectories(logs);
      Files.deleteIfExists(logs.resolve(PIPELINE + ".log"));
      Path probe = Files.createTempFile(logs, "writable", "");
      Files.delete(probe);
    } catch (IOException e) {
      throw new LauncherException(
          "cannot write to " + logs + ": " + reason(e) + "; name another folder with --dir");
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException system ? system.getReason() : null;
    return reason == null ? "the folder cannot be created" : reason;
  }

  private void startAll() throws InterruptedException, Finished {
    control = freePort("--control", options.control(), List.of(0), "its rate cannot be changed");
    metrics = freePort("--metrics", options.metrics(), METRICS_PORTS, "it serves no metrics");
    Optional<String> named = options.kafka(configuration);
    hasOwnBroker = named.isEmpty();
    kafka = named.orElse(BROKER_ADDRESS);
    System.out.println("Driftwatch: " + options.title(kafka, named.isEmpty()));
    metrics.ifPresent(
        port ->
            System.out.printf(
                "Metrics for Prometheus: http://127.0.0.1:%d/metrics (emulator), %d (pipeline), %d"
                    + " (viewer), %d (quality)%n",
                port, port + 1, port + 2, port + QUALITY_METRICS));
    if (named.isEmpty()) {
      startBroker();
    }
    if (needsCluster()) {
      startCluster();
    }
    startPipeline();
    startQuality();
    startViewer();
    awaitPipeline();
    startEmulator();
  }

  /** Another program's port must not keep this run from starting. */
  private static Optional<Integer> freePort(
      String option, Optional<Integer> first, List<Integer> offsets, String without) {
    for (int offset : offsets) {
      int port = first.orElse(0) + offset;
      if (first.isPresent() && Ports.isInUse(port)) {
        System.err.printf(
            "driftwatch: port %d on 127.0.0.1 is in use: this run goes on, but %s (%s names another"
                + " port)%n",
            port, without, option);
        return Optional.empty();
      }
    }
    return first;
  }

  private void startBroker() throws InterruptedException, Finished {
    if (Ports.isInUse(BROKER_PORT)) {
      throw new LauncherException(
          "port "
              + BROKER_PORT
              + " on 127.0.0.1 is in use, perhaps by another run; end that one, or use its broker"
              + " with KAFKA="
              + BROKER_ADDRESS
              + " (--kafka)");
    }
    parts.start(
        BROKER,
        programs.broker(
            List.of(
                "--port",
                Integer.toString(BROKER_PORT),
                "--data",
                options.folder().resolve("broker").toString())),
        Part.Output.LOG);
    if (!await(BROKER_SECONDS, () -> parts.hasReached(BROKER, Readiness.READY))) {
      throw notReady(BROKER, BROKER_SECONDS);
    }
  }

  private boolean needsCluster() {
    Engine engine = configuration.engine();
    return engine != Engine.DIRECT
        && programs.ownMaster(engine).isEmpty()
        && configuration.master().isEmpty();
  }

  private void startCluster() throws InterruptedException, Finished {
    Engine engine = configuration.engine();
    Path work = options.folder().resolve(engine.module() + "-work");
    Cluster starting =
        engine == Engine.SPARK
            ? new SparkCluster(
                programs,
                work,
                environment.getOrDefault("WORKER_CORES", "2"),
                environment.getOrDefault("WORKER_MEMORY", "4g"))
            : new FlinkCluster(programs, configuration, work);
    cluster = Optional.of(starting);
    startClusterPart(starting, starting.master());
    if (!await(CLUSTER_SECONDS, () -> starting.aliveWorkers() >= 0)) {
      throw notReady(starting.master(), CLUSTER_SECONDS);
    }
    starting.workers().forEach(worker -> startClusterPart(starting, worker));
    awaitWorkers(starting);
    System.out.println(starting.pages());
    programs = programs.with(engine.masterVariable(), starting.address());
  }

  private void startClusterPart(Cluster of, String name) {
    clusterLives.computeIfAbsent(name, part -> new Lives()).begin();
    of.start(parts, name);
  }

  private void awaitWorkers(Cluster of) throws InterruptedException, Finished {
    if (!await(CLUSTER_SECONDS, () -> of.aliveWorkers() >= of.workers().size())) {
      throw notReady(of.workers().get(0), CLUSTER_SECONDS);
    }
  }

  private void startPipeline() {
    List<String> arguments = new ArrayList<>(options.pipelineConnection(kafka));
    arguments.add("--window=" + options.window());
    checkpoints.ifPresent(folders -> arguments.add("--checkpointDir=" + folders.next()));
    metrics.ifPresent(port -> arguments.add("--metricsPort=" + (port + 1)));
    arguments.addAll(options.pipelineArguments());
    pipelineLives.begin();
    parts.start(PIPELINE, programs.monitor(configuration, arguments), Part.Output.TERMINAL_AND_LOG);
  }

  private void startQuality() {
    List<String> arguments = new ArrayList<>(options.connection(kafka));
    arguments.addAll(options.description());
    metrics.ifPresent(
        port ->
            arguments.addAll(List.of("--metrics-port", Integer.toString(port + QUALITY_METRICS))));
    arguments.addAll(options.qualityArguments());
    qualityLives.begin();
    parts.start(QUALITY, programs.quality(arguments), Part.Output.TERMINAL_AND_LOG);
  }

  private void startViewer() {
    List<String> arguments = new ArrayList<>(options.connection(kafka));
    arguments.addAll(options.description());
    metrics.ifPresent(
        port -> arguments.addAll(List.of("--metrics-port", Integer.toString(port + 2))));
    if (isHeadless()) {
      arguments.add("--text");
    } else {
      control.ifPresent(
          port -> arguments.addAll(List.of("--emulator", "http://127.0.0.1:" + port)));
    }
    parts.start(VIEWER, programs.viewer(arguments), Part.Output.TERMINAL);
  }

  private boolean isHeadless() {
    boolean hasDisplay =
        System.getProperty("os.name").startsWith("Mac")
            || !environment.getOrDefault("DISPLAY", "").isEmpty();
    return options.isHeadless() || !hasDisplay;
  }

  /** The first batches of Spark take seconds, even empty ones: hits that came now would wait. */
  private void awaitPipeline() throws InterruptedException, Finished {
    if (!await(PIPELINE_SECONDS, () -> parts.state(PIPELINE).isPresent())) {
      throw notReady(PIPELINE, PIPELINE_SECONDS);
    }
    if (configuration.engine() == Engine.SPARK) {
      System.out.println("Spark is warming up...");
      await(WARM_UP_SECONDS, () -> parts.hasReached(PIPELINE, Readiness.WARM));
    }
  }

  private void startEmulator() {
    List<String> arguments = new ArrayList<>(options.connection(kafka));
    arguments.add("--quiet");
    control.ifPresent(port -> arguments.addAll(List.of("--control", Integer.toString(port))));
    metrics.ifPresent(port -> arguments.addAll(List.of("--metrics-port", Integer.toString(port))));
    arguments.addAll(options.emulation());
    parts.start(EMULATOR, programs.emulator(arguments), Part.Output.TERMINAL);
  }

  private LauncherException notReady(String part, long seconds) {
    return new LauncherException(
        "the " + part + " was not ready within " + seconds + " s; see " + log(part));
  }

  /** Waits for a condition; what ends meanwhile is handled as ever. */
  private boolean await(long seconds, Condition condition) throws InterruptedException, Finished {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      handleNext(LOOK_EACH_MILLIS);
    }
    return true;
  }

  private void handleNext(long millis) throws InterruptedException, Finished {
    Optional<Parts.Ended> next = parts.next(millis);
    if (next.isEmpty()) {
      return;
    }
    Parts.Ended ended = next.get();
    if (ended.part().isEmpty()) {
      throw new Finished(0);
    }
    Part part = ended.part().get();
    switch (part.name()) {
      case EMULATOR -> emulatorEnded(ended.status());
      case PIPELINE -> pipelineEnded(part, ended.status());
      case QUALITY -> qualityEnded(ended.status());
      case VIEWER -> viewerEnded(ended.status());
      case AWAIT -> throw new Finished(ended.status());
      default -> {
        Lives lives = clusterLives.get(part.name());
        if (lives == null || cluster.isEmpty() || !lives.end()) {
          throw failed(part, "");
        }
        System.err.println("driftwatch: the " + part.name() + " has ended and is started again");
        startClusterPart(cluster.get(), part.name());
      }
    }
  }

  /**
   * A screen must not stop the monitor of a Kafka that is others', too. A run with the embedded
   * broker came with its window, or with its lines in the terminal, and goes with them.
   */
  private void viewerEnded(int status) throws Finished {
    if (hasOwnBroker || isHeadless()) {
      throw new Finished(status);
    }
    System.out.println(
        "driftwatch: the viewer has ended"
            + (status == 0 ? "" : " with status " + status)
            + "; the run goes on until stopped (Ctrl-C), and 'driftwatch viewer --kafka "
            + kafka
            + "' opens another window");
  }

  private void emulatorEnded(int status) throws Finished {
    if (status != 0) {
      throw new Finished(status);
    }
    if (options.hasDuration()) {
      List<String> arguments = new ArrayList<>(options.pipelineConnection(kafka));
      arguments.add("--window=" + options.window());
      parts.start(AWAIT, programs.awaiting(arguments), Part.Output.TERMINAL);
    } else {
      System.out.println(
          "driftwatch: the source has ended; the monitor runs until stopped (Ctrl-C)");
    }
  }

  /**
   * Starts a pipeline again of which only a new start can be exact, as when Spark lost what it had
   * read or a topic was deleted; it resumes from the topics. Not for ever where it ends soon after
   * each start. What ended it may still be there at the next start, such as a broker that does not
   * answer yet: then a failure is no reason to give up either.
   */
  private void pipelineEnded(Part part, int status) throws InterruptedException, Finished {
    boolean mayStart = status == START_AGAIN || (startedAgain && status == FAILURE);
    if (pipelineLives.end() && mayStart) {
      startedAgain = true;
      System.err.println("driftwatch: the pipeline is started again");
      if (cluster.isPresent()) {
        awaitWorkers(cluster.get());
      }
      startPipeline();
      return;
    }
    throw failed(
        part,
        status == OUT_OF_MEMORY
            ? " for want of memory, give it more with -Xmx in " + configuration.jvmArguments()
            : "");
  }

  /** Data are taken without it; it knows all it needs from the topics when it starts again. */
  private void qualityEnded(int status) {
    if (qualityLives.end() && status != USAGE && status != REPLACED) {
      System.err.println("driftwatch: quality is started again");
      startQuality();
      return;
    }
    System.err.println(
        "driftwatch: quality has ended, this run goes on without alarms of its own; see "
            + log(QUALITY));
  }

  private Finished failed(Part part, String why) {
    if (part.output() == Part.Output.LOG) {
      part.lastWords().forEach(System.err::println);
    }
    System.err.println(
        "driftwatch: the " + part.name() + " has ended" + why + "; see " + log(part.name()));
    return new Finished(FAILURE);
  }

  private Path log(String part) {
    return logs.resolve(part + ".log");
  }
}
