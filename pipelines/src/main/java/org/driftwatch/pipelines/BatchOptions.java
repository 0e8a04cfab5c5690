package org.driftwatch.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Options of a static batch: files in, one summary out. */
public interface BatchOptions extends SummariseOptions {
  @Description(
      "Files, a folder or a glob; .dat files hold DAQ words, .bin files blocks of words behind the"
          + " words that the detector's description puts in front, others text.")
  @Default.String("")
  String getInput();

  void setInput(String files);

  @Description("File the summary is written to. Default: the terminal.")
  @Default.String("")
  String getOutput();

  void setOutput(String file);
}
