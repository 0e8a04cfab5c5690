package org.driftwatch.pipelines.publish;

import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.pipelines.summarise.ShardCounts;

/** Publication up to the message, for tests without a broker. */
public final class ToMessages
    extends PTransform<
        PCollection<KV<Integer, Iterable<ShardCounts>>>, PCollection<KV<String, byte[]>>> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription detector;

  /** Messages of this detector. */
  public ToMessages(DetectorDescription detector) {
    this.detector = detector;
  }

  @Override
  public PCollection<KV<String, byte[]>> expand(
      PCollection<KV<Integer, Iterable<ShardCounts>>> windows) {
    return windows
        .apply("Add up and write", ParDo.of(new MessageFn(detector)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), ByteArrayCoder.of()));
  }

  private static final class MessageFn
      extends DoFn<KV<Integer, Iterable<ShardCounts>>, KV<String, byte[]>> {
    private static final long serialVersionUID = 1;

    private final DetectorDescription detector;

    MessageFn(DetectorDescription detector) {
      this.detector = detector;
    }

    @ProcessElement
    public void write(
        @Element KV<Integer, Iterable<ShardCounts>> shards,
        IntervalWindow window,
        OutputReceiver<KV<String, byte[]>> out) {
      PublishSummaries.message(shards.getValue(), window, detector, 0)
          .ifPresent(message -> out.output(KV.of(message.key(), message.value())));
    }
  }
}
