package org.driftwatch.pipelines.publish;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PDone;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.SummaryJson;
import org.driftwatch.detector.WindowSummary;
import org.driftwatch.pipelines.summarise.ShardCounts;
import org.driftwatch.pipelines.summarise.WindowCounts;
import org.driftwatch.pipelines.summarise.WindowCountsCoder;

/**
 * Writes the summaries of a batch into a file, as JSON, a line each, in the order of their windows.
 */
public final class WriteSummaries
    extends PTransform<PCollection<KV<Integer, Iterable<ShardCounts>>>, PDone> {
  private static final long serialVersionUID = 1;

  /** Comes with the windows: a batch of none has a file, too. */
  private static final byte[] NO_WINDOW = {};

  private final DetectorDescription detector;
  private final String file;
  private final long windowMillis;

  /**
   * The summaries of a detector.
   *
   * @param file where they are written; nobody else may be at it
   * @param windowMillis length of the windows, 0 for one without end
   */
  public WriteSummaries(DetectorDescription detector, String file, long windowMillis) {
    this.detector = detector;
    this.file = file;
    this.windowMillis = windowMillis;
  }

  @Override
  public PDone expand(PCollection<KV<Integer, Iterable<ShardCounts>>> batch) {
    KvCoder<Integer, KV<Long, byte[]>> coder =
        KvCoder.of(VarIntCoder.of(), KvCoder.of(VarLongCoder.of(), ByteArrayCoder.of()));
    PCollection<KV<Integer, KV<Long, byte[]>>> windows =
        batch
            .apply("Add up", ParDo.of(new AddFn()))
            .setCoder(coder)
            .apply("Take out of windows", Window.into(new GlobalWindows()));
    PCollection<KV<Integer, KV<Long, byte[]>>> none =
        batch
            .getPipeline()
            .apply("No window", Create.of(KV.of(0, KV.of(0L, NO_WINDOW))).withCoder(coder));
    PCollectionList.of(windows)
        .and(none)
        .apply("With no window", Flatten.pCollections())
        .apply("Gather", GroupByKey.create())
        .apply("Write file", ParDo.of(new WriteFn(detector, file, windowMillis)));
    return PDone.in(batch.getPipeline());
  }

  /** Adds up the parts of a window; keyed by its start, and packed, since there may be many. */
  private static final class AddFn
      extends DoFn<KV<Integer, Iterable<ShardCounts>>, KV<Integer, KV<Long, byte[]>>> {
    private static final long serialVersionUID = 1;

    @ProcessElement
    public void add(
        @Element KV<Integer, Iterable<ShardCounts>> shards,
        BoundedWindow window,
        OutputReceiver<KV<Integer, KV<Long, byte[]>>> out)
        throws IOException {
      ShardCounts.Whole whole =
          ShardCounts.whole(shards.getValue())
              .orElseThrow(() -> new IllegalStateException("a shard of the batch is missing"));
      byte[] counts = CoderUtils.encodeToByteArray(WindowCountsCoder.of(), whole.counts());
      long start = window instanceof IntervalWindow w ? w.start().getMillis() : 0;
      out.output(KV.of(0, KV.of(start, counts)));
    }
  }

  private static final class WriteFn extends DoFn<KV<Integer, Iterable<KV<Long, byte[]>>>, Void> {
    private static final long serialVersionUID = 1;

    private final DetectorDescription detector;
    private final String file;
    private final long windowMillis;

    WriteFn(DetectorDescription detector, String file, long windowMillis) {
      this.detector = detector;
      this.file = file;
      this.windowMillis = windowMillis;
    }

    @ProcessElement
    public void write(@Element KV<Integer, Iterable<KV<Long, byte[]>>> windows) throws IOException {
      TreeMap<Long, byte[]> inOrder = new TreeMap<>();
      for (KV<Long, byte[]> window : windows.getValue()) {
        if (window.getValue().length > NO_WINDOW.length) {
          inOrder.put(window.getKey(), window.getValue());
        }
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(file)))) {
        for (Map.Entry<Long, byte[]> window : inOrder.entrySet()) {
          WindowCounts counts =
              CoderUtils.decodeFromByteArray(WindowCountsCoder.of(), window.getValue());
          out.write(SummaryJson.write(counts.summary(detector, span(window.getKey()), 0)));
          out.write('\n');
        }
      } catch (IOException e) {
        throw new IOException(file + " cannot be written: " + e.getMessage(), e);
      }
    }

    private Optional<WindowSummary.Span> span(long start) {
      return windowMillis == 0
          ? Optional.empty()
          : Optional.of(
              new WindowSummary.Span(
                  Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + windowMillis)));
    }
  }
}
