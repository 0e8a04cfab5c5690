package org.driftwatch.pipelines.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.pipelines.summarise.ShardCounts;

/** Writes the summary of a batch into a file, as JSON and a line's end. */
public final class WriteSummary
    extends PTransform<PCollection<KV<Integer, Iterable<ShardCounts>>>, PDone> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription detector;
  private final String file;

  /** The summary of a detector, into this file. */
  public WriteSummary(DetectorDescription detector, String file) {
    this.detector = detector;
    this.file = file;
  }

  @Override
  public PDone expand(PCollection<KV<Integer, Iterable<ShardCounts>>> batch) {
    return batch
        .apply(
            "Add up and write as JSON",
            MapElements.into(TypeDescriptors.strings())
                .via(shards -> json(shards.getValue(), detector)))
        .apply("Write file", TextIO.write().to(file).withoutSharding());
  }

  private static String json(Iterable<ShardCounts> shards, DetectorDescription detector) {
    ShardCounts.Whole whole =
        ShardCounts.whole(shards)
            .orElseThrow(() -> new IllegalStateException("a shard of the batch is missing"));
    return new String(
        SummaryJson.write(whole.counts().summary(detector, Optional.empty(), 0)), UTF_8);
  }
}
