package org.driftwatch.emulator.source;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.emulator.Course;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRowsTest {
  private static final String HEADER = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n";
  private static final DaqRecord HIT = new DaqRecord(2, 1, 128, 3387315431L, 3563, 30);

  private final List<String> lines = new ArrayList<>();
  private final UnreadableRows unreadable = new UnreadableRows(lines::add);

  private List<DaqRecord> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private List<DaqRecord> read(InputStream in) throws IOException {
    return Rows.all(new TextRows("run.csv", in, unreadable, new CsvLine(Course.DETECTOR)), 7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2,1,128,3387315431,3563,30",
        "2,1,128,3387315431,3563,30\n",
        HEADER + "2,1,128,3387315431,3563,30\n",
        HEADER + "2,1,128,3387315431,3563,30\n" + HEADER,
        "\u00EF\u00BB\u00BF" + HEADER + "2,1,128,3387315431,3563,30",
        "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\r\n2,1,128,3387315431,3563,30\r\n",
        "\n\n 2 , 1,128\t,3387315431,3563, 30 \n\n",
        "2.0,1.0,128.0,3387315431.0,3563.0,30.0",
        "\"2\",\"1\",\"128\",\"3387315431\",\"3563\",\"30\"",
        "2,1,1.28e2,3.387315431E9,3563,3e1",
      })
  void aHitIsReadHoweverItIsWritten(String text) throws IOException {
    assertThat(read(text), contains(HIT));
    assertThat(lines, empty());
  }

  @Test
  void triggerWordsKeepTheirFractionsAndWideColumns() throws IOException {
    assertThat(
        read("4,1,0,3387315431,0,-0.573730\n3,1,0,3387315706,34952,0\n1,1,0,3387315431,0,168"),
        contains(
            new DaqRecord(4, 1, 0, 3387315431L, 0, -0.57373),
            new DaqRecord(3, 1, 0, 3387315706L, 34952, 0),
            new DaqRecord(1, 1, 0, 3387315431L, 0, 168)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2,1,128,3387315431,3563|5 columns, expected the 6",
        "2,1,128,3387315431,3563,30,9|7 columns, expected the 6",
        "hello|1 column, expected the 6",
        "2,1,x,3387315431,3563,30|TDC_CHANNEL \"x\", expected a whole number",
        "2,1,1.5,3387315431,3563,30|TDC_CHANNEL \"1.5\", expected a whole number",
        "2,,128,3387315431,3563,30|FPGA \"\", expected a whole number",
        "2,1,128,3387315431,99999999999,30|BX_COUNTER \"99999999999\", expected a whole number",
        "2,1,128,3387315431,3563,NaN|TDC_MEAS \"NaN\", expected a number",
        "2,1,128,3387315431,3563,1e999|TDC_MEAS \"1e999\", expected a number",
        "2,1,128,3387315431,3563,1.2.3|TDC_MEAS \"1.2.3\", expected a number",
        "2,1,128,-,3563,1|ORBIT_CNT \"-\", expected a whole number",
      })
  void aLineThatIsNoRowIsToldWithItsPlaceAndCostsNoOther(String bad, String why)
      throws IOException {
    String good = "2,1,128,3387315431,3563,30\n";
    assertThat(read(HEADER + good + bad + "\n" + good), contains(HIT, HIT));
    assertThat(lines, contains(containsString(why)));
    assertThat(lines.get(0), containsString("run.csv line 3: "));
    assertThat(unreadable.count(), is(1L));
  }

  @Test
  void theFirstFewBadRowsAreToldAndAllAreCounted() throws IOException {
    read("x\n".repeat(1000));
    assertThat(lines.size(), lessThan(10));
    assertThat(unreadable.count(), is(1000L));
  }

  @Test
  void hitsThatThePipelineWillRejectAreSentAsTheyStand() throws IOException {
    assertThat(
        read("2,1,600,4294967296,3563,30"),
        contains(new DaqRecord(2, 1, 600, 4294967296L, 3563, 30)));
  }

  @Test
  void binaryNoiseWithoutLinesIsOneUnreadableRow() throws IOException {
    String noise = "\u0001".repeat(3_000_000);
    assertThat(
        read("2,1,128,3387315431,3563,30\n" + noise + "\n" + "2,1,128,3387315431,3563,30"),
        contains(HIT, HIT));
    assertThat(unreadable.count(), is(1L));
  }

  @Test
  void rowsComeWholeHoweverTheStreamIsCut() throws IOException {
    long seed = Long.getLong("driftwatch.seed", 20);
    Random random = new Random(seed);
    List<DaqRecord> expected = new ArrayList<>();
    RecordWriter writer = Course.writer();
    for (int i = 0; i < 30_000; i++) {
      DaqRecord row =
          random.nextInt(4) == 0
              ? new DaqRecord(
                  5, 0, 0, random.nextInt(9999), 0, Math.rint(random.nextGaussian() * 1e6) / 1e6)
              : new DaqRecord(
                  2,
                  random.nextInt(8),
                  random.nextInt(512),
                  random.nextLong(1L << 32),
                  random.nextInt(4096),
                  random.nextInt(32));
      expected.add(row);
      writer.csv(row).newLine();
    }
    byte[] text = writer.take();
    InputStream dribbling =
        new ByteArrayInputStream(text) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, 1 + random.nextInt(300)));
          }
        };
    assertThat("seed " + seed, read(dribbling), equalTo(expected));
    assertThat(lines, empty());
  }

  @Test
  void aFailingStreamIsToldWithFileAndLine() {
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream("2,1,1,1,1,1\n2,".getBytes(StandardCharsets.US_ASCII)),
            new FilterInputStream(InputStream.nullInputStream()) {
              @Override
              public int read(byte[] b, int off, int len) throws IOException {
                throw new IOException("connection reset");
              }
            });
    IOException failure = assertThrows(IOException.class, () -> read(failing));
    assertThat(failure.getMessage(), containsString("run.csv line 2"));
    assertThat(failure.getMessage(), containsString("connection reset"));
  }

  @Test
  void anEmptyTextHasNoRows() throws IOException {
    assertThat(read(""), hasSize(0));
    assertThat(read(HEADER), hasSize(0));
    assertThat(lines, empty());
  }
}
