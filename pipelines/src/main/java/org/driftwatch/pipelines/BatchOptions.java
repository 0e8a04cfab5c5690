package org.driftwatch.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of a static batch: files in, one summary out, or one per window of detector time. */
public interface BatchOptions extends SummariseOptions, KafkaOptions {
  @Description(
      "Files, a folder, a glob, s3://BUCKET/PREFIX or https://HOST/CONTAINER/; .dat files hold DAQ"
          + " words, .bin files blocks of words behind the words that the detector's description"
          + " puts in front, others text; with .gz compressed.")
  @Default.String("")
  String getInput();

  void setInput(String files);

  @Description(
      "File the summary is written to, or kafka:TOPIC or kafka:HOST:PORT/TOPIC for windows. Default:"
          + " the terminal.")
  @Default.String("")
  String getOutput();

  void setOutput(String file);

  @Description(
      "Length of windows of detector time, such as 5s: a summary for each, a line each in a file."
          + " Default: one summary of everything.")
  @Default.String("")
  String getWindows();

  void setWindows(String duration);

  @Description(
      "When the orbit counter was 0, such as 2026-11-20T20:36:46Z: what the windows' times count"
          + " from.")
  @Default.String("1970-01-01T00:00:00Z")
  String getStart();

  void setStart(String time);

  @Description("File that malformed records are written to, as JSON, one a line.")
  @Default.String("")
  String getRejected();

  void setRejected(String file);

  @Description(
      "Address of the S3 store. Default: AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_S3, else Amazon's.")
  @Default.String("")
  String getS3Endpoint();

  void setS3Endpoint(String address);

  @Description("Region of the S3 store. Default: AWS_REGION or ~/.aws/config, else us-east-1.")
  @Default.String("")
  String getS3Region();

  void setS3Region(String name);

  @Description("Sends S3 requests without credentials, for public buckets.")
  boolean isS3Anonymous();

  void setS3Anonymous(boolean anonymous);

  @Description("PEM file of certificates of authorities to trust beside those that Java knows.")
  @Default.String("")
  String getCaFile();

  void setCaFile(String file);

  @Description("Allows http:// for other machines, which anybody on the way can read and change.")
  boolean isAllowHttp();

  void setAllowHttp(boolean allow);
}
