package org.driftwatch.pipelines.flink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.driftwatch.pipelines.FailureException;
import org.driftwatch.pipelines.MonitorOptions;
import org.driftwatch.pipelines.restart.StartAgain;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Beam's FlinkRunner for a run that has to be exact: {@code --runner=ExactFlinkRunner}. Flink
 * itself would start a failed job again and read other records than the first time; here it does
 * not. The cluster is looked at before the job is submitted, {@link FlinkRun} watches over the job,
 * ends this process where only a new start can be exact, and shows the job's metrics while it runs.
 *
 * <p>{@code --flinkMaster} is the address of the JobManager's REST interface, host:port, or {@code
 * [local]} for a cluster in this process. Under {@code flink run} it is left out.
 */
public final class ExactFlinkRunner extends PipelineRunner<PipelineResult> {
  private static final Logger LOG = LoggerFactory.getLogger(ExactFlinkRunner.class);
  private static final String LOCAL = "[local]";
  private static final String SUBMITTED = "[auto]";
  private static final long SLOT_SECONDS = 20;

  private final FlinkPipelineOptions options;
  private @Nullable Path nothing;

  private ExactFlinkRunner(FlinkPipelineOptions options) {
    this.options = options;
  }

  /** Called by Beam. */
  public static ExactFlinkRunner fromOptions(PipelineOptions options) {
    return new ExactFlinkRunner(options.as(FlinkPipelineOptions.class));
  }

  /**
   * Submits the pipeline and returns when all of it runs.
   *
   * @throws FailureException if the cluster cannot take it; the message is one line. What is lost
   *     after that ends this process, see {@link StartAgain}
   */
  @Override
  public PipelineResult run(Pipeline pipeline) {
    String version = EnvironmentInformation.getVersion();
    if (!version.startsWith(FlinkCluster.VERSION)) {
      throw new FailureException(
          "this is Flink " + version + ", expected " + FlinkCluster.VERSION + "x");
    }
    options.setParallelism(Math.max(1, options.getParallelism()));
    RestApi rest = new RestApi(master());
    FlinkCluster cluster = new FlinkCluster(rest);
    cluster.check();
    try {
      String topics = jobsOfTheSameTopics();
      cluster.cancelEarlier(topics);
      cluster.awaitSlots(options.getParallelism(), SLOT_SECONDS);
      options.setJobName(topics + UUID.randomUUID().toString().substring(0, 8));
      neverTwice();
      submit(pipeline);
      String job =
          cluster
              .job(options.getJobName())
              .orElseThrow(() -> new IOException("it does not know the job"));
      FlinkRun run = new FlinkRun(rest, job);
      run.awaitTasks();
      return run;
    } catch (IOException e) {
      StartAgain.exit("Flink: its JobManager at " + rest.address() + " was lost (" + e + ")");
      throw new IllegalStateException(e);
    }
  }

  /**
   * Submits the job.
   *
   * @throws IOException if the JobManager does not answer any more
   */
  private void submit(Pipeline pipeline) throws IOException {
    try {
      FlinkRunner.fromOptions(options).run(pipeline);
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof IOException && !isOfAFile(cause)) {
          throw new IOException("no answer to the job", e);
        }
      }
      throw e;
    } finally {
      if (nothing != null) {
        delete(nothing);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.debug("{} is left", file, e);
    }
  }

  private static boolean isOfAFile(Throwable e) {
    return e instanceof FileNotFoundException
        || e instanceof FileSystemException
        || e instanceof ZipException;
  }

  /** The topics are the only state: what fails is not done again, and nothing is kept for that. */
  private void neverTwice() {
    options.setStreaming(true);
    options.setAttachedMode(false);
    options.setNumberOfExecutionRetries(0);
    options.setCheckpointingInterval(-1L);
  }

  /** Where the JobManager's REST interface is, host:port. */
  private String master() {
    String master = options.getFlinkMaster();
    if (master.equals(SUBMITTED)) {
      ReadableConfig client =
          StreamExecutionEnvironment.getExecutionEnvironment().getConfiguration();
      return client.get(RestOptions.ADDRESS) + ":" + client.get(RestOptions.PORT);
    }
    if (master.equals(LOCAL)) {
      try {
        master = LocalCluster.start(configuration(), options.getParallelism());
      } catch (Exception e) {
        throw new FailureException("Flink cannot start in this process", e);
      }
      options.setFlinkMaster(master);
      nothing = emptyJar();
      options.setFilesToStage(List.of(nothing.toString()));
    }
    return master;
  }

  /**
   * An empty jar for a cluster that has all classes already: where none is named, Beam sends the
   * whole class path. It is deleted when it was sent.
   */
  private static Path emptyJar() {
    try {
      Path file = Files.createTempFile("driftwatch-nothing-", ".jar");
      new JarOutputStream(Files.newOutputStream(file), new Manifest()).close();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Configuration configuration() {
    String folder = options.getFlinkConfDir();
    return folder == null ? new Configuration() : GlobalConfiguration.loadConfiguration(folder);
  }

  private String jobsOfTheSameTopics() {
    MonitorOptions monitor = options.as(MonitorOptions.class);
    String kafka = monitor.getKafka();
    return "driftwatch "
        + monitor.getStreamTopic()
        + " to "
        + monitor.getResultsTopic()
        + " at "
        + (kafka == null ? monitor.getKafkaConfig() : kafka)
        + ", run ";
  }
}
