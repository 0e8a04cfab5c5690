package org.driftwatch.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.pipelines.parse.ParseRecords;
import org.driftwatch.pipelines.parse.WordBlock;
import org.driftwatch.pipelines.parse.WordBlockCoder;
import org.driftwatch.pipelines.publish.LogRejected;
import org.driftwatch.pipelines.read.ReadFiles;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.driftwatch.pipelines.summarise.Summaries;
import org.driftwatch.pipelines.summarise.Summarise;

/** The static batch: the stream's own transforms over files, in one endless window. */
public final class Batch {
  private Batch() {}

  /**
   * Makes the pipeline that writes one summary, always, even of no records.
   *
   * @param pattern files to read
   * @param output file the summary is written to, as JSON and a line's end
   */
  static Pipeline pipeline(BatchOptions options, String pattern, String output) {
    RunConfiguration run = Program.runConfiguration(options);
    Pipeline pipeline = Pipeline.create(options);
    PCollectionTuple parsed =
        pipeline
            .apply("Read files", new ReadFiles(pattern))
            .apply("Parse", ParseRecords.forBatch());
    PCollection<WordBlock> none =
        pipeline.apply(
            "No records yet",
            Create.of(new WordBlock(0, 0, new long[0])).withCoder(WordBlockCoder.of()));
    PCollection<WordBlock> all =
        PCollectionList.of(parsed.get(ParseRecords.PARSED))
            .and(none)
            .apply("All records", Flatten.pCollections());
    MonitorPipeline.summarise(all, run, Summarise.batch(run, options.getShards()))
        .apply(
            "Add up and write as JSON",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    shards ->
                        new String(
                            SummaryJson.write(
                                Summaries.of(
                                    ShardCounts.whole(shards.getValue())
                                        .orElseThrow(
                                            () ->
                                                new IllegalStateException(
                                                    "a shard of the batch is missing"))
                                        .counts(),
                                    run,
                                    Optional.empty(),
                                    0)),
                            UTF_8)))
        .apply("Write file", TextIO.write().to(output).withoutSharding());
    parsed.get(ParseRecords.REJECTED).apply("Log rejected", new LogRejected());
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
    for (MatchResult.Metadata file : matches(pattern)) {
      if (file.sizeBytes() == 0) {
        System.err.println("batch: " + file.resourceId() + " is empty");
      }
    }
    boolean toTerminal = options.getOutput().isEmpty();
    Path output =
        toTerminal
            ? Files.createTempDirectory("driftwatch-batch").resolve("summary.json")
            : Path.of(options.getOutput());
    PipelineResult.State state =
        pipeline(options, pattern, output.toString()).run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new FailureException("the batch ended as " + state + "; the log above says why", null);
    }
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
