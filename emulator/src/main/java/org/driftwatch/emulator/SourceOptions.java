package org.driftwatch.emulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.driftwatch.emulator.source.ByteSource;
import org.driftwatch.emulator.source.FileSequence;
import org.driftwatch.emulator.source.RecordSource;
import org.driftwatch.emulator.source.Sources;
import org.driftwatch.emulator.source.StartPoint;
import org.driftwatch.emulator.source.UnreadableRows;
import org.driftwatch.emulator.source.remote.Addresses;
import org.driftwatch.emulator.source.remote.RemoteAccess;
import picocli.CommandLine.Option;

/** The options that say which files are played, and how those of other machines are reached. */
final class SourceOptions {
  @Option(
      names = "--source",
      arity = "1..*",
      paramLabel = "SOURCE",
      description = {
        "what to play, in the order given (default: the simulator):",
        "  files, folders, globs",
        "  s3://BUCKET/PREFIX: an object, or all whose names begin so",
        "  https://HOST/CONTAINER: its address gives the objects' names, one a line, as OpenStack"
            + " Swift's do; a name that ends as those below is one object",
        "*.dat hold DAQ words, others CSV with or without a header line; *.gz of both are"
            + " decompressed. Of a folder, bucket or container, *.csv, *.txt and *.dat (also with"
            + " .gz) are played, in name order."
      })
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FILE[:ROW]",
      description =
          "begin at this file of the source, by its whole name or the last part of it, and at this"
              + " row of it: from 1, header lines and unreadable rows not counted (default: the"
              + " first row of the first)")
  private String from;

  @Option(names = "--loop", description = "begin again when the files end")
  private boolean loop;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description =
          "address of the S3 store (default: AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, else"
              + " Amazon's). Credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"
              + " ~/.aws/credentials, or the machine's role")
  private String s3Endpoint;

  @Option(
      names = "--s3-region",
      paramLabel = "NAME",
      description = "region of the S3 store (default: AWS_REGION or ~/.aws/config, else us-east-1)")
  private String s3Region;

  @Option(
      names = "--s3-anonymous",
      description = "send S3 requests without credentials, for public buckets")
  private boolean s3Anonymous;

  @Option(
      names = "--ca-file",
      paramLabel = "PEM",
      description =
          "certificates of authorities to trust beside those that Java knows; servers'"
              + " certificates are always verified")
  private Path caFile;

  @Option(
      names = "--allow-http",
      description =
          "let sources and the S3 store be http://, read and changed by anybody on the way"
              + " (default: on this machine only)")
  private boolean allowHttp;

  /** True where files are played, false for the simulator. */
  boolean areGiven() {
    return !names.isEmpty();
  }

  /** What is wrong with the options' values; empty where nothing is. */
  Optional<String> fault() {
    if (!areGiven() && loop) {
      return Optional.of("--loop needs --source: the simulator has no end");
    }
    if (!areGiven() && from != null) {
      return Optional.of("--from needs --source: the simulator has no files");
    }
    return Optional.ofNullable(s3Endpoint)
        .flatMap(address -> Addresses.fault(address, allowHttp))
        .map(fault -> "--s3-endpoint " + fault);
  }

  /** The rows of the files. */
  RecordSource open(UnreadableRows unreadable, Consumer<String> lines) throws IOException {
    RemoteAccess access =
        new RemoteAccess(
            Optional.ofNullable(s3Endpoint).map(URI::create),
            Optional.ofNullable(s3Region),
            s3Anonymous,
            Optional.ofNullable(caFile),
            allowHttp);
    List<ByteSource> files = Sources.find(names, access, lines);
    StartPoint start = from == null ? StartPoint.FIRST : StartPoint.of(from, files);
    return new FileSequence(files, start, loop, unreadable, lines);
  }

  /** The files in a few words. */
  String describe() {
    return String.join(" ", names)
        + (from == null ? "" : " from " + from)
        + (loop ? ", again and again" : "");
  }
}
