package org.driftwatch.pipelines.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Optional;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.DetectorDescription;
import org.driftwatch.detector.ValueFormat;
import org.driftwatch.detector.WordFormat;
import org.driftwatch.pipelines.block.RecordBlock;
import org.driftwatch.pipelines.block.RecordBlockCoder;

/**
 * Reads files of records for a static batch, in blocks: {@code .dat} files as DAQ words, {@code
 * .bin} files as blocks of words, all others as lines. A file is streamed, its text never held as a
 * whole. The offset of a block's record is the number of lines, or words, before it in the file.
 */
public final class ReadFiles extends PTransform<PBegin, PCollection<RecordBlock>> {
  private static final long serialVersionUID = 1;

  private final DetectorDescription.Format format;
  private final String pattern;

  /** A read of the files that match, gzip and the like by their ending. */
  public ReadFiles(DetectorDescription detector, String pattern) {
    format = detector.format();
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
        .apply("Read blocks", ParDo.of(new ReadFn(format)))
        .setCoder(RecordBlockCoder.of());
  }

  private static final class ReadFn extends DoFn<FileIO.ReadableFile, RecordBlock> {
    private static final long serialVersionUID = 1;
    private static final FilePieces.Sizes SIZES = new FilePieces.Sizes(1 << 20, 8 << 20, 64 << 20);

    private final DetectorDescription.Format format;

    ReadFn(DetectorDescription.Format format) {
      this.format = format;
    }

    @ProcessElement
    public void read(@Element FileIO.ReadableFile file, OutputReceiver<RecordBlock> out)
        throws IOException {
      String name = file.getMetadata().resourceId().toString();
      try (InputStream in = Channels.newInputStream(file.open())) {
        pieces(name).read(in, out::output);
      }
    }

    private FilePieces pieces(String name) {
      return switch (format(name)) {
        case BLOCK -> new FilePieces(name, ValueFormat.BLOCK, blockBytes(), SIZES);
        case BARE_WORDS -> new FilePieces(name, ValueFormat.BARE_WORDS, WordFormat.BYTES, SIZES);
        default -> new FilePieces(name, ValueFormat.TEXT, 1, SIZES);
      };
    }

    private int blockBytes() {
      return (format.blockHeader().size() + format.blockWords()) * WordFormat.BYTES;
    }
  }

  private static ValueFormat format(String name) {
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    return plain.endsWith(".bin")
        ? ValueFormat.BLOCK
        : plain.endsWith(".dat") ? ValueFormat.BARE_WORDS : ValueFormat.TEXT;
  }

  /**
   * Why a file cannot be read, in one line; empty where it can.
   *
   * @param format how the detector's records are written
   * @param name the file's name
   */
  public static Optional<String> refusal(DetectorDescription.Format format, String name) {
    ValueFormat of = format(name);
    if (of != ValueFormat.TEXT && !format.hasWords()) {
      return Optional.of(
          name
              + " holds words, but the detector's description gives its fields no lowestBit;"
              + " expected text, or a description of the words");
    }
    if (of == ValueFormat.BLOCK && format.blockWords() == 0) {
      return Optional.of(
          name
              + " holds blocks of words, but the detector's description does not say how long they"
              + " are; expected record.blockWords there");
    }
    return Optional.empty();
  }
}
