package org.driftwatch.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.files.ReadFiles;
import org.driftwatch.pipelines.observe.MonitorReadings;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.publish.LogRejected;
import org.driftwatch.pipelines.publish.WriteSummary;
import org.driftwatch.pipelines.summarise.OneWindow;

/** The static batch: the stream's own pipeline over files, in one window. */
public final class Batch {
  private Batch() {}

  /**
   * Makes the pipeline that writes one summary, always, even of no records.
   *
   * @param pattern files to read
   * @param output file the summary is written to, as JSON and a line's end
   */
  static Pipeline pipeline(BatchOptions options, String pattern, String output) {
    DetectorDescription detector = Program.detector(options);
    Pipeline pipeline = Pipeline.create(options);
    MonitorPipeline.Endpoints endpoints =
        new MonitorPipeline.Endpoints(
            new ReadFiles(detector, pattern),
            new WriteSummary(detector, output),
            new LogRejected());
    pipeline.apply(
        "Batch",
        new MonitorPipeline(
            endpoints,
            ParseRecords.forBatch(detector),
            detector,
            new OneWindow(),
            options.getShards()));
    return pipeline;
  }

  /**
   * Runs a batch to its end.
   *
   * @throws UsageException where the input does not exist
   */
  static void run(BatchOptions options) throws IOException {
    if (options.getInput().isEmpty()) {
      throw new UsageException("--input is missing, expected files, a folder or a glob");
    }
    FileSystems.setDefaultPipelineOptions(options);
    String pattern = pattern(options.getInput());
    DetectorDescription detector = Program.detector(options);
    for (MatchResult.Metadata file : matches(pattern)) {
      ReadFiles.refusal(detector.format(), file.resourceId().toString())
          .ifPresent(
              reason -> {
                throw new UsageException(reason);
              });
      if (file.sizeBytes() == 0) {
        System.err.println("batch: " + file.resourceId() + " is empty");
      }
    }
    boolean toTerminal = options.getOutput().isEmpty();
    Path output =
        toTerminal
            ? Files.createTempDirectory("driftwatch-batch").resolve("summary.json")
            : Path.of(options.getOutput());
    PipelineResult result = pipeline(options, pattern, output.toString()).run();
    PipelineResult.State state = result.waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new FailureException("the batch ended as " + state + "; the log above says why", null);
    }
    MonitorReadings.fit(result)
        .problem(detector)
        .ifPresent(problem -> System.err.println("batch: " + problem));
    if (toTerminal) {
      System.out.print(Files.readString(output));
      Files.delete(output);
      Files.delete(output.getParent());
    }
  }

  /** A folder stands for the files in it. */
  private static String pattern(String input) {
    try {
      return Files.isDirectory(Path.of(input)) ? input + "/*" : input;
    } catch (InvalidPathException e) {
      // An address of another file system, not a path of this one.
      return input;
    }
  }

  private static List<MatchResult.Metadata> matches(String pattern) throws IOException {
    List<MatchResult.Metadata> files =
        FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata();
    if (files.isEmpty()) {
      throw new UsageException(
          "--input=" + pattern + " matches no file; expected files, a folder with files or a glob");
    }
    return files;
  }
}
