package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.driftwatch.detector.DaqRecord;
import org.driftwatch.detector.RecordWriter;
import org.driftwatch.detector.StreamTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The emulator as a program against a real broker. */
@Timeout(180)
@ExtendWith(SharedBroker.class)
class EmulatorEndToEndTest {
  private static final String HEADER = "HEAD,FPGA,TDC_CHANNEL,ORBIT_CNT,BX_COUNTER,TDC_MEAS\n";

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void takeBroker(EmbeddedBroker shared) {
    broker = shared;
  }

  private Program emulator(String topic, String... options) throws IOException {
    return Program.emulator(folder, broker, topic, options);
  }

  private static List<ConsumerRecord<byte[], byte[]>> received(String topic) {
    return Topic.read(broker, topic);
  }

  private static String text(ConsumerRecord<byte[], byte[]> found) {
    return new String(found.value(), StandardCharsets.UTF_8);
  }

  /** Rows with orbits that come again within the file, near and far. */
  private static List<DaqRecord> rows(int count) {
    Random random = new Random(11);
    List<DaqRecord> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          random.nextInt(10) == 0
              ? new DaqRecord(4, 0, 0, 3387339394L + i, 0, random.nextInt(1000) / 64.0)
              : new DaqRecord(
                  2,
                  random.nextInt(2),
                  random.nextInt(128),
                  3387200947L + i / 5 + random.nextInt(60),
                  random.nextInt(3564),
                  1 + random.nextInt(30)));
    }
    return rows;
  }

  private static String csv(List<DaqRecord> rows) {
    RecordWriter writer = Course.writer();
    rows.forEach(row -> writer.csv(row).newLine());
    return new String(writer.take(), StandardCharsets.US_ASCII);
  }

  @Test
  void propertiesThatWouldLoseRecordsAreIgnoredWithOneLineEach() throws Exception {
    String config = HostileProperties.write(folder).toString();
    try (Program emulator = emulator("hostile", "--limit", "50", "--kafka-config", config)) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("acknowledged 50"));
      HostileProperties.assertTold(emulator.err(), HostileProperties.OF_PRODUCERS);
    }
    assertThat(received("hostile"), hasSize(50));
    try (Program record =
        Program.start(
            folder,
            RecordMain.class,
            "--kafka",
            broker.bootstrapServers(),
            "--kafka-config",
            config,
            "--topic",
            "hostile",
            "--from-beginning",
            "--to-end",
            folder.resolve("hostile.rec").toString())) {
      assertThat(record.err(), record.awaitStatus(), is(0));
      assertThat(record.out(), containsString("50 records in"));
      HostileProperties.assertTold(record.err(), HostileProperties.OF_CONSUMERS);
    }
  }

  @Test
  void everyRowArrivesOnceInOrderWithTheStampOfItsOrbit() throws Exception {
    List<DaqRecord> rows = rows(20_000);
    Files.writeString(folder.resolve("data_000000.txt"), HEADER + csv(rows.subList(0, 12_000)));
    Files.writeString(folder.resolve("data_000001.txt"), csv(rows.subList(12_000, 20_000)));
    try (Program emulator =
        emulator("json", "--source", folder + "/data_*.txt", "--rate", "10000")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("sent 20000 records"));
      assertThat(emulator.out(), containsString("acknowledged 20000"));
    }
    List<ConsumerRecord<byte[], byte[]>> records = received("json");
    assertThat(records, hasSize(rows.size()));
    Map<Long, Long> stamps = new HashMap<>();
    long start = records.get(0).timestamp();
    for (int i = 0; i < rows.size(); i++) {
      DaqRecord row = rows.get(i);
      RecordWriter expected = Course.writer();
      assertThat(
          text(records.get(i)), is(new String(expected.json(row).take(), StandardCharsets.UTF_8)));
      long stamp = records.get(i).timestamp();
      long due = start + i / 10;
      if (Course.isHit(row)) {
        Long first = stamps.putIfAbsent(row.orbit(), stamp);
        assertThat(stamp, is(first == null ? stamp : first));
        if (first == null) {
          assertThat(Math.abs(stamp - due), lessThan(2L));
        }
      } else {
        assertThat(Math.abs(stamp - due), lessThan(2L));
      }
      assertThat(records.get(i).key(), is((byte[]) null));
    }
  }

  @Test
  void blocksOfWordsHoldEveryRowOnce() throws Exception {
    List<DaqRecord> rows = rows(50_000);
    Path file = Files.writeString(folder.resolve("run.csv"), HEADER + csv(rows));
    try (Program emulator =
        emulator("words", "--source", file.toString(), "--rate", "0", "--format", "words")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("acknowledged 50000"));
    }
    Map<DaqRecord, Integer> expected = new HashMap<>();
    rows.forEach(row -> expected.merge(row, 1, Integer::sum));
    Map<DaqRecord, Integer> found = new HashMap<>();
    Map<Long, Long> stamps = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> message : received("words")) {
      if (message.headers().lastHeader(StreamTopic.FORMAT_HEADER) == null) {
        text(message).lines().forEach(line -> found.merge(jsonRow(line), 1, Integer::sum));
        continue;
      }
      java.nio.LongBuffer words =
          java.nio.ByteBuffer.wrap(message.value())
              .order(java.nio.ByteOrder.LITTLE_ENDIAN)
              .asLongBuffer();
      while (words.hasRemaining()) {
        long word = words.get();
        found.merge(Course.record(word), 1, Integer::sum);
        if (Course.isHit(word)) {
          Long known = stamps.putIfAbsent(Course.orbit(word), message.timestamp());
          assertThat(known == null ? message.timestamp() : known, is(message.timestamp()));
        }
      }
    }
    assertThat(found, equalTo(expected));
  }

  private static DaqRecord jsonRow(String json) {
    String[] v = json.replaceAll("\"[A-Z_]+\":|[{}]", "").split(",", -1);
    return new DaqRecord(
        Integer.parseInt(v[0]),
        Integer.parseInt(v[1]),
        Integer.parseInt(v[2]),
        Long.parseLong(v[3]),
        Integer.parseInt(v[4]),
        Double.parseDouble(v[5]));
  }

  @Test
  void theSameSeedSendsTheSameBytes() throws Exception {
    List<List<String>> runs = new ArrayList<>();
    for (String topic : List.of("seed-a", "seed-b")) {
      try (Program emulator =
          emulator(topic, "--seed", "42", "--rate", "0", "--limit", "3000", "--format", "csv")) {
        assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      }
      runs.add(received(topic).stream().map(EmulatorEndToEndTest::text).toList());
    }
    assertThat(runs.get(0), hasSize(3000));
    assertThat(runs.get(0), equalTo(runs.get(1)));
  }

  @Test
  void aTerminatedEmulatorFlushesReportsAndEndsWithStatusZero() throws Exception {
    try (Program emulator = emulator("stopped", "--rate", "2000")) {
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> received("stopped").size() > 100);
      emulator.terminate();
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      int arrived = received("stopped").size();
      assertThat(emulator.out(), containsString("sent " + arrived + " records"));
      assertThat(emulator.out(), containsString("acknowledged " + arrived));
    }
  }

  @Test
  void aMissingTopicIsMadeAsAskedAndAnExistingOneUsedAsItIs() throws Exception {
    try (Program emulator = emulator("wide", "--partitions", "3", "--limit", "10", "--rate", "0")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      assertThat(
          admin.describeTopics(List.of("wide")).allTopicNames().get().get("wide").partitions(),
          hasSize(3));
    }
    try (Program emulator = emulator("wide", "--partitions", "2", "--limit", "10", "--rate", "0")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.err(), containsString("exists with 3 partitions"));
    }
  }

  @Test
  void unreadableRowsAreToldCountedAndPassedOver() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("bad.csv"), HEADER + "2,0,1,5,5,5\n2,0,1\nnoise\n2,0,1,6,5,5\n");
    try (Program emulator = emulator("bad", "--source", file.toString(), "--rate", "0")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.err(), containsString("bad.csv line 3: 3 columns, expected the 6"));
      assertThat(emulator.err(), containsString("bad.csv line 4: 1 column, expected the 6"));
      assertThat(
          emulator.out(), allOf(containsString("sent 2 records"), containsString("unreadable 2")));
    }
  }

  @Test
  void aRecordThatTheBrokerRefusesMakesTheStatusOne() throws Exception {
    Path config = Files.writeString(folder.resolve("client.properties"), "max.request.size=50\n");
    try (Program emulator =
        emulator("refused", "--kafka-config", config.toString(), "--limit", "5", "--rate", "0")) {
      assertThat(emulator.awaitStatus(), is(1));
      assertThat(
          emulator.out(),
          allOf(containsString("NOT acknowledged 5: "), containsString("max.request.size")));
    }
  }

  @Test
  void anUnreachableBrokerIsGivenUpWithinSecondsAndOneLine() throws Exception {
    long started = System.nanoTime();
    try (Program emulator =
        Program.start(folder, EmulatorMain.class, "--kafka", "127.0.0.1:1", "--limit", "5")) {
      assertThat(emulator.awaitStatus(), is(1));
      assertThat(Duration.ofNanos(System.nanoTime() - started).toSeconds(), lessThan(20L));
      assertThat(emulator.err().strip().lines().count(), is(1L));
      assertThat(
          emulator.err(),
          allOf(startsWith("emulator: Kafka at 127.0.0.1:1 "), containsString("make broker")));
    }
  }

  @Test
  void badOptionsAndSourcesAreOneLineAndNotStatusZero() {
    Object[][] cases = {
      {2, "--rate -1", "--rate -1.0: expected 0"},
      {2, "--rate fast", "fast"},
      {2, "--limit 0", "--limit 0: expected 1 or more"},
      {2, "--format xml", "xml"},
      {2, "--loop", "--loop needs --source"},
      {2, "--block 0", "--block 0: expected 1"},
      {1, "--kafka here", "\"here\", expected host:port"},
      {1, "--source missing.csv", "missing.csv does not exist"},
      {1, "--run-config missing.json", "missing.json does not exist"},
      {1, "--kafka-config missing.properties", "missing.properties does not exist"},
    };
    for (Object[] c : cases) {
      Refusal.require((Integer) c[0], (String) c[1], (String) c[2]);
    }
  }

  @Test
  void theRealFileArrivesRowByRow() throws Exception {
    Path sample = Path.of(System.getProperty("driftwatch.samples", "none"), "minidt-first-999.csv");
    assumeTrue(Files.exists(sample), "skipped: the real samples are not on this machine");
    try (Program emulator =
        emulator("real", "--source", sample.toString(), "--rate", "0", "--format", "csv")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.out(), containsString("(499 hits"));
    }
    List<String> lines = Files.readAllLines(sample, StandardCharsets.US_ASCII);
    List<ConsumerRecord<byte[], byte[]>> records = received("real");
    assertThat(records, hasSize(lines.size() - 1));
    for (int i = 0; i < records.size(); i++) {
      assertThat(columns(text(records.get(i))), is(columns(lines.get(i + 1))));
    }
  }

  private static List<Double> columns(String line) {
    return java.util.Arrays.stream(line.split(",", -1)).map(Double::parseDouble).toList();
  }
}
