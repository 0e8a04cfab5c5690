package org.driftwatch.pipelines.publish;

import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.RunConfiguration;
import org.driftwatch.pipelines.summarise.WindowCounts;

/** Publication up to the message, for tests without a broker. */
public final class ToMessages
    extends PTransform<PCollection<WindowCounts>, PCollection<KV<String, byte[]>>> {
  private static final long serialVersionUID = 1;

  private final RunConfiguration run;

  /** Messages by this run configuration. */
  public ToMessages(RunConfiguration run) {
    this.run = run;
  }

  @Override
  public PCollection<KV<String, byte[]>> expand(PCollection<WindowCounts> windows) {
    return windows
        .apply("Write as JSON", ParDo.of(new PublishSummaries.ToMessage(run)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
  }
}
