package org.driftwatch.emulator;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.files.remote.Addresses;
import org.driftwatch.files.remote.RemoteAccess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that say what is played: files here or on other machines, or the simulator. */
@Command(optionListHeading = "%nSource:%n")
final class SourceOptions {
  @Option(
      names = "--source",
      arity = "1..*",
      paramLabel = "SOURCE",
      description = {
        "what to play, in the order given (default: the simulator):",
        "  files, folders, globs",
        "  s3://BUCKET/PREFIX: one object, or all whose names start with this",
        "  https://HOST/CONTAINER: the address answers with the objects' names, one per line, as"
            + " OpenStack Swift does; an address that ends as below is one object",
        "*.dat hold DAQ words, *.bin blocks of them as the detector description has them, *.jsonl"
            + " JSON objects, others CSV with or without a header line; *.gz of these are"
            + " decompressed. Of a folder, bucket or container, *.csv, *.txt, *.dat, *.bin and"
            + " *.jsonl (also with .gz) are played, in name order."
      })
  List<String> names = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FILE[:ROW]",
      description =
          "start at this file of the source, given by its whole name or the last part of"
              + " it, and at this row, counted from 1 without header lines and unreadable rows"
              + " (default: the first row of the first file)")
  String from;

  @Option(names = "--loop", description = "start again when the files end")
  boolean loop;

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
          "certificates of authorities to trust in addition to those that Java knows;"
              + " servers' certificates are always verified")
  private Path caFile;

  @Option(
      names = "--allow-http",
      description =
          "allow http:// for sources and the S3 store, which anybody on the way can read"
              + " and change (default: on this machine only)")
  private boolean allowHttp;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "seed of the simulator, --inject and --fault: the same seed gives the same rows"
              + " (default: ${DEFAULT-VALUE})")
  long seed;

  @Option(
      names = {"--detector", "--run-config"},
      paramLabel = "FILE|NAME",
      defaultValue = "course",
      description =
          "detector description: what the simulator follows, and how the records of files and of"
              + " the topic are written. A file, or the name of one that is shipped: course,"
              + " daq-blocks, daq-text, two-stations (default: ${DEFAULT-VALUE})")
  private String detector;

  /** True if files are played, false for the simulator. */
  boolean areGiven() {
    return !names.isEmpty();
  }

  /** What is wrong with the options' values; empty if nothing is. */
  Optional<String> fault() {
    if (!areGiven() && loop) {
      return Optional.of("--loop needs --source: the simulator never ends");
    }
    if (!areGiven() && from != null) {
      return Optional.of("--from needs --source: the simulator has no files");
    }
    return Optional.ofNullable(s3Endpoint)
        .flatMap(address -> Addresses.fault(address, allowHttp))
        .map(fault -> "--s3-endpoint " + fault);
  }

  /** How to reach files of other machines. */
  RemoteAccess access() {
    return new RemoteAccess(
        Optional.ofNullable(s3Endpoint).map(URI::create),
        Optional.ofNullable(s3Region),
        s3Anonymous,
        Optional.ofNullable(caFile),
        allowHttp);
  }

  /**
   * The detector's description.
   *
   * @throws IOException with one line that says what is wrong with it
   */
  DetectorDescription detector() throws IOException {
    return DetectorDescription.load(detector);
  }

  /** What is played, in a few words. */
  String describe(DetectorDescription description) {
    String of = description.name().equals("course") ? "" : " of " + description.name();
    if (!areGiven()) {
      return "simulator" + of + " with seed " + seed;
    }
    return String.join(" ", names)
        + (from == null ? "" : " from " + from)
        + (loop ? ", again and again" : "");
  }
}
