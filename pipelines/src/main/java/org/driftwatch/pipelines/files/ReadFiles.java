package org.driftwatch.pipelines.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.WordFormat;
import org.driftwatch.files.FileLayout;
import org.driftwatch.files.GzipStream;
import org.driftwatch.files.InputFile;
import org.driftwatch.files.SourceFault;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;
import org.driftwatch.pipelines.observe.PipelineMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files of records for a static batch, in blocks: {@code .dat} files as DAQ words, {@code
 * .bin} files as blocks of words, all others as lines. Files are read in parts, side by side, and
 * streamed; a compressed file is one part. Blocks are the same however files are divided.
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RecordBlock>> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription.Format format;
  private final List<InputFile> files;
  private final Division division;

  /**
   * How files are divided among those who read.
   *
   * @param lanes how many read side by side, at the most
   * @param leastBytes what is worth while for one of them, bytes
   * @param bytesAtOnce after so many bytes a reader lets others go on; for a runner that holds what
   *     was read until a reader returns
   */
  public record Division(int lanes, long leastBytes, long bytesAtOnce)
      implements java.io.Serializable {
    private static final long serialVersionUID = 1;
  }

  /** A read of these files, in their order. */
  public ReadFiles(DetectorDescription detector, List<InputFile> files, Division division) {
    format = detector.format();
    this.files = List.copyOf(files);
    this.division = division;
  }

  @Override
  public PCollection<RecordBlock> expand(PBegin input) {
    return input
        .apply(
            "Divide files",
            Create.of(Lane.of(files, division.lanes(), division.leastBytes()))
                .withCoder(SerializableCoder.of(Lane.class)))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Read blocks", ParDo.of(new ReadFn(format, division.bytesAtOnce())))
        .setCoder(RecordBlockCoder.of());
  }

  /** Reads a lane; it may be interrupted in front of each block. */
  @DoFn.BoundedPerElement
  static final class ReadFn extends DoFn<Lane, RecordBlock> {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ReadFiles.class);
    private static final FilePieces.Sizes SIZES = new FilePieces.Sizes(2 << 20, 8 << 20, 16 << 20);

    /** What a block takes beside its bytes. */
    private static final int LEAST_BLOCK = 16 << 10;

    /** Files that are open, by where their reading goes on: a compressed one has no other way. */
    private static final Map<String, Open> PARKED = new ConcurrentHashMap<>();

    /** Tells this read from others of the process. */
    private final String id = UUID.randomUUID().toString();

    private final Counter bytes = PipelineMetrics.bytesRead();
    private final DetectorDescription.Format format;
    private final long bytesAtOnce;

    ReadFn(DetectorDescription.Format format, long bytesAtOnce) {
      this.format = format;
      this.bytesAtOnce = bytesAtOnce;
    }

    /** A file from some place on, and how many of its bytes were read as they lie. */
    private record Open(FilePieces pieces, Counting counting) {}

    private static final class Counting extends FilterInputStream {
      private long count;

      Counting(InputStream in) {
        super(in);
      }

      @Override
      public int read() throws IOException {
        int read = in.read();
        count += read < 0 ? 0 : 1;
        return read;
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        int read = in.read(buffer, from, length);
        count += Math.max(0, read);
        return read;
      }

      long take() {
        long taken = count;
        count = 0;
        return taken;
      }
    }

    @GetInitialRestriction
    public OffsetRange whole(@Element Lane lane) {
      return new OffsetRange(0, lane.end());
    }

    @NewTracker
    public OffsetRangeTracker tracker(@Restriction OffsetRange range) {
      return new OffsetRangeTracker(range);
    }

    @ProcessElement
    public ProcessContinuation read(
        @Element Lane lane,
        RestrictionTracker<OffsetRange, Long> tracker,
        OutputReceiver<RecordBlock> out)
        throws IOException {
      long next = tracker.currentRestriction().getFrom();
      long given = 0;
      while (Lane.part(next) < lane.parts().size()) {
        int number = Lane.part(next);
        Lane.Part part = lane.parts().get(number);
        FilePieces.Layout layout = layout(part);
        long at = Lane.at(next);
        // What was claimed last lies right in front of where a reader goes on.
        long from = at == 0 ? layout.from(part.from()) : layout.after(at - 1);
        if (part.file().isSplittable() && from > part.file().size()) {
          next = Lane.place(number + 1, 0);
          continue;
        }
        try {
          Open open = open(part, layout, from);
          while (open.pieces.hasNext() && open.pieces.start() < part.to()) {
            long start = open.pieces.start();
            boolean mayGoOn = given < bytesAtOnce && tracker.tryClaim(Lane.place(number, start));
            if (!mayGoOn) {
              PARKED.put(key(part, from), open);
              return given < bytesAtOnce
                  ? ProcessContinuation.stop()
                  : ProcessContinuation.resume();
            }
            RecordBlock block = open.pieces.next();
            bytes.inc(open.counting.take());
            from = layout.after(start);
            if (start == 0 || !isBlank(block)) {
              out.output(block);
            }
            given += LEAST_BLOCK + block.bytes();
          }
          bytes.inc(open.counting.take());
          open.pieces.close();
        } catch (IOException e) {
          throw SourceFault.at(part.file().name(), e);
        }
        next = Lane.place(number + 1, 0);
      }
      tracker.tryClaim(lane.end());
      return ProcessContinuation.stop();
    }

    private Open open(Lane.Part part, FilePieces.Layout layout, long from) throws IOException {
      Open parked = PARKED.remove(key(part, from));
      if (parked != null) {
        return parked;
      }
      long opensAt = FilePieces.opensAt(layout, from);
      if (part.file().isGzip()) {
        Counting counting = new Counting(part.file().open(0, LOG::warn));
        InputStream content = new GzipStream(counting);
        content.skipNBytes(opensAt);
        return new Open(new FilePieces(layout, content, from), counting);
      }
      Counting counting = new Counting(part.file().open(opensAt, LOG::warn));
      return new Open(new FilePieces(layout, counting, from), counting);
    }

    private String key(Lane.Part part, long from) {
      return id + " " + part.number() + " " + from;
    }

    private static boolean isBlank(RecordBlock block) {
      if (block.format(0) != ValueFormat.TEXT) {
        return false;
      }
      for (int i = 0; i < block.bytes(); i++) {
        if (" \t\r\n".indexOf(block.data()[i]) < 0) {
          return false;
        }
      }
      return true;
    }

    private FilePieces.Layout layout(Lane.Part part) {
      String name = part.file().name();
      FileLayout layout = part.file().layout();
      if (!layout.isWords()) {
        return new FilePieces.Layout(part.number(), name, ValueFormat.TEXT, 1, SIZES);
      }
      boolean isBlocks = layout == FileLayout.BLOCKS && format.blockWords() > 0;
      return new FilePieces.Layout(
          part.number(),
          name,
          isBlocks ? ValueFormat.BLOCK : ValueFormat.BARE_WORDS,
          isBlocks ? blockBytes() : WordFormat.BYTES,
          SIZES);
    }

    private int blockBytes() {
      return (format.blockHeader().size() + format.blockWords()) * WordFormat.BYTES;
    }
  }
}
