package org.driftwatch.files.remote;

/** The options that messages tell to use, as the emulator and the batch spell them. */
final class OptionNames {
  static final String S3_REGION = "--s3-region (batch: --s3Region)";
  static final String S3_ANONYMOUS = "--s3-anonymous (batch: --s3Anonymous)";
  static final String CA_FILE = "--ca-file (batch: --caFile)";
  static final String ALLOW_HTTP = "--allow-http (batch: --allowHttp)";

  private OptionNames() {}
}
