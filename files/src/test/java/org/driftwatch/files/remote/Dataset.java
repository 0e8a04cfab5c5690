package org.driftwatch.files.remote;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.driftwatch.files.InputFile;

/** Files whose rows are numbered through, in their orbits: whether one is missing shows at once. */
public final class Dataset {
  private static final String HEADER = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n";

  private Dataset() {}

  /** CSV with a header line and the rows from one number to before another. */
  public static byte[] csv(long from, long to) {
    StringBuilder text = new StringBuilder(HEADER);
    for (long orbit = from; orbit < to; orbit++) {
      text.append(row(orbit)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String row(long orbit) {
    return "2," + orbit % 2 + ",17," + orbit + ",3563,30";
  }

  /** Other content of the same length. */
  public static byte[] changed(byte[] csv) {
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

  /** Reads files to their end: their rows must be numbered from one number to before another. */
  public static void requireRows(List<InputFile> files, long from, long to, Consumer<String> lines)
      throws IOException {
    long row = from;
    for (InputFile file : files) {
      try (BufferedReader text =
          new BufferedReader(
              new InputStreamReader(file.content(lines), StandardCharsets.US_ASCII))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          if (!HEADER.startsWith(line)) {
            assertThat(line, is(row(row++)));
          }
        }
      }
    }
    assertThat("rows end at", row, is(to));
  }
}
