package org.driftwatch.pipelines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.InputFiles;
import org.driftwatch.files.remote.Addresses;
import org.driftwatch.files.remote.RemoteAccess;
import org.driftwatch.kafka.KafkaAccess;
import org.driftwatch.kafka.KafkaClients;
import org.driftwatch.pipelines.files.ReadFiles;
import org.driftwatch.pipelines.observe.BatchProgress;
import org.driftwatch.pipelines.observe.MonitorReadings;
import org.driftwatch.pipelines.orbits.SpillFile;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.parse.RejectedRecord;
import org.driftwatch.pipelines.publish.KeepRejected;
import org.driftwatch.pipelines.publish.LogRejected;
import org.driftwatch.pipelines.publish.PublishSummaries;
import org.driftwatch.pipelines.publish.WriteSummaries;
import org.driftwatch.pipelines.restart.TopicIds;
import org.driftwatch.pipelines.summarise.DetectorTime;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** The static batch: the stream's own pipeline over files, in one window or in detector time. */
public final class Batch {
  /** Bytes of a part of a file that is worth a task of its own on a cluster. */
  private static final long CLUSTER_PART = 64L << 20;

  private static final long LOCAL_PART = 1L << 20;

  /** Bytes that the DirectRunner holds of each reader until they are packed. */
  private static final long LOCAL_BYTES = 16L << 20;

  /** Bytes of input whose packed hits one shard takes on a cluster. */
  private static final long CLUSTER_SHARD = 64L << 20;

  /**
   * The same on the DirectRunner, where all hits of a shard are in memory at once only if all parts
   * of all files are of the same orbits; and each shard costs a part of each block.
   */
  private static final long LOCAL_SHARD = 256L << 20;

  /** Variable that {@code bin/driftwatch} sets if messages go to a terminal. */
  private static final String TERMINAL = "DRIFTWATCH_TERMINAL";

  private final BatchOptions options;
  private final DetectorDescription detector;
  private final Optional<Duration> window;
  private final Instant start;
  private final BatchOutput output;
  private final List<InputFile> files;

  /**
   * A batch of the files that are there now.
   *
   * @throws UsageException where the input does not exist, or an option makes no sense
   */
  Batch(BatchOptions options) {
    this.options = options;
    if (options.getInput().isEmpty()) {
      throw new UsageException(
          "--input is missing, expected files, a folder, a glob, s3://BUCKET/PREFIX or"
              + " https://HOST/CONTAINER/");
    }
    detector = Program.detector(options);
    window =
        Optional.of(options.getWindows())
            .filter(text -> !text.isEmpty())
            .map(text -> Durations.parsePositive("windows", text));
    start = start(options.getStart());
    output = BatchOutput.of(options.getOutput(), window.isPresent());
    if (options.getShards() < 1 || options.getShards() > DetectorTime.MOST_SHARDS) {
      throw new UsageException(
          "--shards=" + options.getShards() + ", expected 1 to " + DetectorTime.MOST_SHARDS);
    }
    Program.withoutSegments(options, detector)
        .forEach(line -> System.err.println("batch: " + line));
    files = files(options);
    for (InputFile file : files) {
      file.layout()
          .refusal(file.name(), detector)
          .ifPresent(
              reason -> {
                throw new UsageException(reason);
              });
      if (file.size() == 0) {
        System.err.println("batch: " + file.name() + " is empty");
      }
    }
  }

  private static Instant start(String text) {
    try {
      long millis = java.time.Instant.parse(text).toEpochMilli();
      if (millis >= 0) {
        return Instant.ofEpochMilli(millis);
      }
    } catch (DateTimeParseException e) {
      throw new UsageException(
          "--start=" + text + ", expected a time such as 2026-11-20T20:36:46Z");
    }
    throw new UsageException("--start=" + text + ", expected 1970-01-01T00:00:00Z or later");
  }

  private static List<InputFile> files(BatchOptions options) {
    Optional<String> endpoint = given(options.getS3Endpoint());
    endpoint
        .flatMap(address -> Addresses.fault(address, options.isAllowHttp()))
        .ifPresent(
            fault -> {
              throw new UsageException("--s3Endpoint " + fault);
            });
    RemoteAccess access =
        new RemoteAccess(
            endpoint.map(URI::create),
            given(options.getS3Region()),
            options.isS3Anonymous(),
            given(options.getCaFile()).map(Path::of),
            options.isAllowHttp());
    try {
      return InputFiles.find(
          List.of(options.getInput()), access, line -> System.err.println("batch: " + line));
    } catch (IOException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  /**
   * Runs it to its end.
   *
   * @throws FailureException where it fails, with one line that says why
   */
  void run() throws InterruptedException {
    try (BatchOutput.Place place = output.open(Optional.of(options.getRejected()));
        SpillFile hits = SpillFile.open()) {
      Pipeline pipeline = pipeline(place, hits);
      BatchProgress progress =
          new BatchProgress(bytes(), System.err, System.getenv(TERMINAL) != null);
      PipelineResult result = finish(pipeline, progress);
      if (!options.getOutput().isEmpty()) {
        progress.end(result);
      }
      MonitorReadings.fit(result)
          .problem(detector)
          .ifPresent(problem -> System.err.println("batch: " + problem));
      place.complete();
    } catch (IOException e) {
      throw new FailureException("the output cannot be written: " + Program.cause(e), e);
    }
  }

  private static PipelineResult finish(Pipeline pipeline, BatchProgress progress) {
    try {
      PipelineResult result = pipeline.run();
      progress.start(result);
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new FailureException(
            "the batch ended as " + state + "; the log above says why", null);
      }
      return result;
    } catch (FailureException e) {
      throw e;
    } catch (Exception e) {
      // Spark, in Scala, throws checked exceptions too, without saying so.
      throw new FailureException(reason(e), e);
    } finally {
      progress.stop();
    }
  }

  /** What the step says that failed, not the runner around it, nor what lies below the step. */
  private static String reason(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      String message = e.getMessage();
      if ((e instanceof IOException || e instanceof UncheckedIOException) && message != null) {
        return message.lines().findFirst().orElse(message);
      }
    }
    return Program.cause(failure);
  }

  /** The pipeline, which writes a summary of everything even of no records. */
  Pipeline pipeline(BatchOutput.Place place, SpillFile hits) throws InterruptedException {
    boolean isDirect = options.getRunner().getSimpleName().equals("DirectRunner");
    int cores = Runtime.getRuntime().availableProcessors();
    ParseRecords parse = ParseRecords.forBatch(detector, window.isPresent());
    String spillFile = isDirect ? hits.id() : "";
    DetectorTime time =
        window
            .map(length -> DetectorTime.windows(detector, parse.turns(), length, start, spillFile))
            .orElseGet(() -> DetectorTime.whole(detector, parse.turns(), spillFile));
    ReadFiles.Division division =
        isDirect
            ? new ReadFiles.Division(cores + 1, LOCAL_PART, LOCAL_BYTES)
            : new ReadFiles.Division(Integer.MAX_VALUE, CLUSTER_PART, Long.MAX_VALUE);
    MonitorPipeline.Endpoints endpoints =
        new MonitorPipeline.Endpoints(
            new ReadFiles(detector, files, division), publish(place), publishRejected(place));
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(
        "Batch",
        new MonitorPipeline(
            endpoints,
            parse,
            detector,
            time,
            shards(isDirect ? 2 * cores : 1, isDirect ? LOCAL_SHARD : CLUSTER_SHARD),
            options.getTracks(),
            false));
    return pipeline;
  }

  private static PTransform<PCollection<RejectedRecord>, PDone> publishRejected(
      BatchOutput.Place place) {
    Optional<Path> files = place.rejected();
    return files.isPresent() ? new KeepRejected(files.get().toString()) : new LogRejected();
  }

  private long bytes() {
    return files.stream().mapToLong(file -> Math.max(0, file.size())).sum();
  }

  private int shards(int least, long bytesOfOne) {
    long useful = Math.max(least, (bytes() + bytesOfOne - 1) / bytesOfOne);
    return (int) Math.min(Math.max(options.getShards(), useful), DetectorTime.MOST_SHARDS);
  }

  private PTransform<PCollection<KV<Integer, Iterable<ShardCounts>>>, PDone> publish(
      BatchOutput.Place place) throws InterruptedException {
    Optional<BatchOutput.Topic> topic = output.topic();
    if (topic.isEmpty()) {
      return new WriteSummaries(
          detector, place.file().toString(), window.map(Duration::getMillis).orElse(0L));
    }
    topic.get().servers().ifPresent(options::setKafka);
    KafkaAccess access = Topics.access(options);
    KafkaClients clients = new KafkaClients(access);
    String name = topic.get().name();
    try (Admin admin = clients.admin()) {
      TopicIds ids = Topics.createResults(admin, name);
      return new PublishSummaries(name, ids, clients, detector, 0, Optional.empty());
    } catch (ExecutionException | KafkaException e) {
      throw Topics.failure(access, e, ": request failed: ");
    }
  }
}
