package org.driftwatch.files.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.emulator.Course;
import org.driftwatch.emulator.Sources;
import org.driftwatch.files.FileSequence;
import org.driftwatch.files.RowBatch;
import org.driftwatch.files.StartPoint;
import org.driftwatch.files.UnreadableRows;

/** Files whose rows are numbered through, in their orbits: whether one is missing shows at once. */
public final class Dataset {
  private static final String HEADER = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n";

  private Dataset() {}

  /** CSV with a header line and the rows from one number to before another. */
  public static byte[] csv(long from, long to) {
    StringBuilder text = new StringBuilder(HEADER);
    for (long orbit = from; orbit < to; orbit++) {
      text.append("2,").append(orbit % 2).append(",17,").append(orbit).append(",3563,30\n");
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** Other content of the same length. */
  static byte[] changed(byte[] csv) {
    String text = new String(csv, StandardCharsets.US_ASCII);
    return text.replace(",17,", ",18,").getBytes(StandardCharsets.US_ASCII);
  }

  /** So many files {@code data_000000.csv} and following, each of so many rows. */
  public static SortedMap<String, byte[]> files(int count, int rows) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      files.put(String.format("data_%06d.csv", i), csv((long) i * rows, (i + 1L) * rows));
    }
    return files;
  }

  /** Compressed, in two members. */
  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int middle = content.length / 2;
    for (int part = 0; part < 2; part++) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(content, part == 0 ? 0 : middle, part == 0 ? middle : content.length - middle);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return out.toByteArray();
  }

  /** The rows of a source; lines go to the list, which must take them from any thread. */
  public static FileSequence open(
      String source, RemoteAccess access, String from, List<String> lines) throws IOException {
    var files = Sources.find(List.of(source), access, lines::add);
    return new FileSequence(
        Course.DETECTOR,
        files,
        from == null ? StartPoint.FIRST : StartPoint.of(from, files),
        false,
        new UnreadableRows(lines::add),
        lines::add);
  }

  /** Reads a source to its end: its rows must be numbered from one number to before another. */
  public static void requireRows(FileSequence source, long from, long to) throws IOException {
    RowBatch batch = Course.batch(4096);
    long orbit = from;
    while (source.read(batch)) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.row(i).orbit() != orbit) {
          assertThat("row " + orbit, batch.row(i).orbit(), is(orbit));
        }
        orbit++;
      }
      batch.clear();
    }
    source.close();
    assertThat("rows end at", orbit, is(to));
  }

  /** Reads a source that fails: rows before must be numbered through; gives failure's message. */
  public static String failure(FileSequence source, long from) {
    RowBatch batch = Course.batch(4096);
    long orbit = from;
    try (source) {
      while (source.read(batch)) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat(batch.row(i).orbit(), is(orbit++));
        }
        batch.clear();
      }
    } catch (IOException e) {
      return e.getMessage();
    }
    throw new AssertionError("did not fail, " + orbit + " rows");
  }
}
