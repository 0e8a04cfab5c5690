package org.driftwatch.pipelines;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Options that a stream and a batch have in common, so that one runner configuration fits both. */
public interface SummariseOptions extends PipelineOptions {
  @Description(
      "Description of the detector: a file, or the name of one that comes with Driftwatch, such as"
          + " daq-blocks. Default: the course's.")
  @Default.String("")
  String getDetector();

  void setDetector(String file);

  @Description("The same as --detector; for run configurations of earlier versions.")
  @Default.String("")
  String getRunConfig();

  void setRunConfig(String file);

  @Description(
      "Finds muon segments in each chamber whose layers are staggered, and counts them; see"
          + " docs/tracks.md.")
  @Default.Boolean(true)
  boolean getTracks();

  void setTracks(boolean tracks);

  @Description("Parts, by orbit, that the work of a window is divided into.")
  @Default.Integer(1)
  int getShards();

  void setShards(int shards);

  @Description(
      "Readers that share the partitions of a stream; a batch reads file by file. The"
          + " DirectRunner's readers read in parallel, Spark's one after the other in each"
          + " micro-batch: one is the fastest there. Flink's are in parallel where they are splits"
          + " (--splitReaders). On several machines each needs a partition with records.")
  @Default.Integer(1)
  int getReaders();

  void setReaders(int readers);

  @Description(
      "Makes the readers splits of one source, which the runner spreads over its workers; for runners"
          + " that take the earliest watermark of a source's splits, as Flink does and Spark does"
          + " not.")
  @Default.Boolean(false)
  boolean getSplitReaders();

  void setSplitReaders(boolean split);
}
