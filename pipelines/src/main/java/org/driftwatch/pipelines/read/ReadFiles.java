package org.driftwatch.pipelines.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import org.apache.beam.sdk.io.Compression;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.driftwatch.detector.HitWord;

/**
 * Reads files of records for a static batch, in blocks: {@code .dat} files as DAQ words, all others
 * as lines. A file is streamed, never held as a whole. The offset of a block's record is the number
 * of lines, or words, before it in the file.
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
    private static final int PIECE = 1 << 20;
    private static final int MAX_RECORD = 8 << 20;
    private static final int MAX_LINE = 64 << 20;

    @ProcessElement
    public void read(@Element FileIO.ReadableFile file, OutputReceiver<RecordBlock> out)
        throws IOException {
      String name = file.getMetadata().resourceId().toString();
      boolean words = name.endsWith(".dat") || name.endsWith(".dat.gz");
      try (InputStream in = Channels.newInputStream(file.open())) {
        pieces(name, in, words, out);
      }
    }

    private static void pieces(
        String name, InputStream in, boolean words, OutputReceiver<RecordBlock> out)
        throws IOException {
      byte[] buffer = new byte[PIECE];
      int held = 0;
      long offset = 0;
      long line = 0;
      while (true) {
        int read = in.readNBytes(buffer, held, buffer.length - held);
        int filled = held + read;
        boolean end = filled < buffer.length;
        int whole =
            end ? filled : words ? filled & -HitWord.BYTES : afterLastRecord(buffer, filled);
        if (whole > 0) {
          out.output(
              new RecordBlock.Builder(name, 1)
                  .add(
                      0,
                      words ? offset / HitWord.BYTES : line,
                      0,
                      null,
                      Arrays.copyOf(buffer, whole),
                      words)
                  .build(Long.MIN_VALUE));
        }
        if (end) {
          return;
        }
        held = filled - whole;
        offset += whole;
        line += words ? 0 : lineBreaks(buffer, whole);
        if (whole == 0) {
          if (buffer.length >= MAX_LINE) {
            throw new EOFException(
                name
                    + " byte "
                    + offset
                    + ": a line of more than "
                    + MAX_LINE
                    + " bytes, expected one record a line");
          }
          buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else {
          System.arraycopy(buffer, whole, buffer, 0, held);
        }
      }
    }

    private static long lineBreaks(byte[] buffer, int filled) {
      long breaks = 0;
      for (int i = 0; i < filled; i++) {
        breaks += buffer[i] == '\n' ? 1 : 0;
      }
      return breaks;
    }

    /**
     * Where the last record of a line, or of several, ends; 0 where that cannot be said yet. Lines
     * within a JSON object that spans several begin with a space, a quote or a brace.
     */
    private static int afterLastRecord(byte[] buffer, int filled) {
      int lastLine = 0;
      for (int end = filled; end > 0; end--) {
        if (buffer[end - 1] == '\n') {
          lastLine = Math.max(lastLine, end);
          if (end < filled && " \t\r\"},:".indexOf(buffer[end]) < 0) {
            return end;
          }
        }
      }
      return filled >= MAX_RECORD ? lastLine : 0;
    }
  }
}
