package org.driftwatch.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** Options of the reduction, the same for a stream and a batch. */
public interface SummariseOptions extends PipelineOptions {
  @Description("File of the run configuration (mapping, offsets, geometry). Default: the course's.")
  @Default.String("")
  String getRunConfig();

  void setRunConfig(String file);

  @Description("Into how many parts, by orbit, the work of a window is divided; 1 on one machine.")
  @Default.Integer(1)
  @Validation.Required
  int getShards();

  void setShards(int shards);
}
