package org.driftwatch.pipelines.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;

/**
 * Reads files of records for a static batch, in blocks: {@code .dat} files as DAQ words, all others
 * as lines. A file is streamed, its text never held as a whole. The offset of a block's record is
 * the number of lines, or words, before it in the file.
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RecordBlock>> {
  private static final long serialVersionUID = 1;

  private final String pattern;

  /** A read of the files that match, gzip and the like by their ending. */
  public ReadFiles(String pattern) {
    this.pattern = pattern;
  }

  @Override
  public PCollection<RecordBlock> expand(PBegin input) {
    return input
        .apply(
            "Find files",
            FileIO.match()
                .filepattern(pattern)
                .withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
        .apply("Open files", FileIO.readMatches().withCompression(Compression.AUTO))
        .apply("Read blocks", ParDo.of(new ReadFn()))
        .setCoder(RecordBlockCoder.of());
  }

  private static final class ReadFn extends DoFn<FileIO.ReadableFile, RecordBlock> {
    private static final long serialVersionUID = 1;
    private static final FilePieces.Sizes SIZES = new FilePieces.Sizes(1 << 20, 8 << 20, 64 << 20);

    @ProcessElement
    public void read(@Element FileIO.ReadableFile file, OutputReceiver<RecordBlock> out)
        throws IOException {
      String name = file.getMetadata().resourceId().toString();
      boolean words = name.endsWith(".dat") || name.endsWith(".dat.gz");
      try (InputStream in = Channels.newInputStream(file.open())) {
        new FilePieces(name, words, SIZES).read(in, out::output);
      }
    }
  }
}
