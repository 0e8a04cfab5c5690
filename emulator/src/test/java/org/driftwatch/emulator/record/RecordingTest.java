package org.driftwatch.emulator.record;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {
  @TempDir Path folder;

  private static byte[] bytes(Random random, int most) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<RecordedRecord> records(Random random, int count) {
    List<RecordedRecord> records = new ArrayList<>();
    long[] stamps = {0, -1, 1_800_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE};
    for (int i = 0; i < count; i++) {
      List<Header> headers = new ArrayList<>();
      for (int h = random.nextInt(4); h > 0; h--) {
        headers.add(new RecordHeader("h\u00e9" + random.nextInt(3), bytes(random, 20)));
      }
      records.add(
          new RecordedRecord(
              random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(200),
              random.nextInt(3) == 0
                  ? stamps[random.nextInt(stamps.length)]
                  : 1_800_000_000_000L + random.nextInt(100_000),
              bytes(random, 40),
              bytes(random, random.nextInt(20) == 0 ? 70_000 : 300),
              headers));
    }
    return records;
  }

  private Path write(String name, List<RecordedRecord> records) throws IOException {
    Path file = folder.resolve(name);
    try (RecordingWriter writer = new RecordingWriter(file)) {
      for (RecordedRecord r : records) {
        writer.write(
            r.partition(), r.timestamp(), r.key(), r.value(), new RecordHeaders(r.headers()));
      }
    }
    return file;
  }

  private static List<RecordedRecord> read(Path file, List<RecordedRecord> found)
      throws IOException {
    try (RecordingReader reader = new RecordingReader(file)) {
      for (RecordedRecord r = reader.read(); r != null; r = reader.read()) {
        found.add(r);
      }
      assertThat(reader.read(), is(nullValue()));
    }
    return found;
  }

  private static String text(RecordedRecord r) {
    return r.partition()
        + " "
        + r.timestamp()
        + " "
        + Arrays.toString(r.key())
        + " "
        + Arrays.toString(r.value())
        + " "
        + r.headers().stream().map(h -> h.key() + Arrays.toString(h.value())).toList();
  }

  private static List<String> texts(List<RecordedRecord> records) {
    return records.stream().map(RecordingTest::text).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.rec", "run.rec.gz"})
  void whatIsWrittenIsReadBitForBit(String name) throws IOException {
    long seed = Long.getLong("driftwatch.seed", 20);
    List<RecordedRecord> records = records(new Random(seed), 2000);
    Path file = write(name, records);
    assertThat("seed " + seed, texts(read(file, new ArrayList<>())), is(texts(records)));
  }

  @Test
  void anEmptyRecordingIsWhole() throws IOException {
    assertThat(read(write("empty.rec", List.of()), new ArrayList<>()), is(List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run.rec", "run.rec.gz"})
  void aFileCutAnywhereGivesItsWholeRecordsAndOneLineWithTheByte(String name) throws IOException {
    List<RecordedRecord> records = records(new Random(5), 12);
    byte[] whole = Files.readAllBytes(write(name, records));
    for (int length = 0; length < whole.length; length += 7) {
      Path cut = folder.resolve("cut-" + name);
      Files.write(cut, Arrays.copyOf(whole, length));
      List<RecordedRecord> found = new ArrayList<>();
      IOException e = assertThrows(IOException.class, () -> read(cut, found));
      assertThat(e.getMessage(), allOf(containsString(" byte "), containsString("cut-" + name)));
      assertThat(e.getMessage().lines().count(), is(1L));
      assertThat(texts(found), is(texts(records.subList(0, found.size()))));
    }
  }

  @Test
  void damageNeverGoesUnseenAsAnythingButAnIoException() throws IOException {
    Random random = new Random(6);
    byte[] whole = Files.readAllBytes(write("run.rec", records(random, 30)));
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      Path file = Files.write(folder.resolve("damaged.rec"), damaged);
      try {
        read(file, new ArrayList<>());
      } catch (IOException e) {
        assertThat(e.getMessage(), containsString(" byte "));
      }
    }
  }

  @Test
  void aForeignFileIsToldByItsFirstBytes() throws IOException {
    Path csv = Files.writeString(folder.resolve("data.csv"), "HEAD,FPGA,TDC_CHANNEL\n");
    IOException e = assertThrows(IOException.class, () -> new RecordingReader(csv));
    assertThat(
        e.getMessage(),
        allOf(
            containsString("data.csv byte 0: begins with \"HEAD,FPG\""), containsString("DWREC1")));
    Path gz = Files.writeString(folder.resolve("data.gz"), "HEAD,FPGA,TDC_CHANNEL\n");
    e = assertThrows(IOException.class, () -> new RecordingReader(gz));
    assertThat(
        e.getMessage(), containsString("data.gz byte 0: not gzip, though its name ends in .gz"));
    e = assertThrows(IOException.class, () -> new RecordingReader(folder.resolve("none")));
    assertThat(e.getMessage(), containsString("does not exist"));
  }

  @Test
  void nothingIsWrittenOverAndNothingFollowsTheEnd() throws IOException {
    Path file = write("run.rec", records(new Random(5), 3));
    IOException e = assertThrows(IOException.class, () -> new RecordingWriter(file));
    assertThat(e.getMessage(), containsString("already exists"));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    e = assertThrows(IOException.class, () -> read(file, new ArrayList<>()));
    assertThat(e.getMessage(), containsString("has data after its end"));
  }

  @Test
  void theFormatIsTheDocumentedOne() throws IOException {
    Path file =
        write(
            "run.rec",
            List.of(
                new RecordedRecord(
                    1, 300, null, new byte[] {7}, List.of(new RecordHeader("h", new byte[0])))));
    byte[] expected = {
      'D', 'W', 'R', 'E', 'C', '1', '\r', '\n', 10, (byte) 0xD8, 4, 1, 0, 2, 7, 1, 2, 'h', 1, 0, 1
    };
    assertThat(
        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1),
        is(new String(expected, StandardCharsets.ISO_8859_1)));
  }
}
