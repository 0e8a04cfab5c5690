package org.driftwatch.emulator;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.driftwatch.kafka.NewTopics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A stream is recorded, as it is sent or from its topic, and sent again. */
@Timeout(180)
@ExtendWith(SharedBroker.class)
class RecordingEndToEndTest {
  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void takeBroker(EmbeddedBroker shared) {
    broker = shared;
  }

  private Program emulator(String topic, String... options) throws IOException {
    return Program.emulator(folder, broker, topic, options);
  }

  private Program record(Path file, String topic, String... options) throws IOException {
    List<String> all = new ArrayList<>();
    all.addAll(List.of(file.toString(), "--kafka", broker.bootstrapServers(), "--topic", topic));
    all.addAll(List.of(options));
    return Program.start(folder, RecordMain.class, all.toArray(String[]::new));
  }

  private static List<String> bits(String topic) {
    return Topic.read(broker, topic).stream().map(RecordingEndToEndTest::bits).toList();
  }

  private static String bits(ConsumerRecord<byte[], byte[]> r) {
    StringBuilder text = new StringBuilder();
    text.append(r.partition()).append(' ').append(r.timestamp());
    text.append(Arrays.toString(r.key())).append(Arrays.toString(r.value()));
    r.headers().forEach(h -> text.append(h.key()).append(Arrays.toString(h.value())));
    return text.toString();
  }

  @Test
  void whatWasSentIsSentAgainBitForBit() throws Exception {
    Path file = folder.resolve("run.rec.gz");
    try (Program emulator =
        emulator(
            "sent",
            "--record",
            file.toString(),
            "--partitions",
            "3",
            "--key",
            "board",
            "--format",
            "words",
            "--rate",
            "20000",
            "--limit",
            "30000",
            "--inject",
            "malformed=0.001")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    try (Program emulator =
        emulator("again", "--replay", file.toString(), "--partitions", "3", "--rate", "0")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    assertThat(bits("sent"), hasSize(greaterThan(200)));
    assertThat(bits("again"), equalTo(bits("sent")));
  }

  @Test
  void aTopicOfAnythingIsRecordedAndReplayedAtItsPace() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic("any", 2, (short) 1))).all().get();
      NewTopics.awaitLeaders(admin, "any", 2);
    }
    Random random = new Random(3);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < 400; i++) {
        byte[] value = new byte[random.nextInt(500)];
        random.nextBytes(value);
        byte[] key = random.nextBoolean() ? null : Arrays.copyOf(value, value.length / 2);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    "any",
                    random.nextInt(2),
                    1_700_000_000_000L + i * 100L,
                    key,
                    random.nextInt(10) == 0 ? null : value,
                    random.nextBoolean()
                        ? List.of(new RecordHeader("x", null), new RecordHeader("x", value))
                        : List.of()));
      }
    }
    Path file = folder.resolve("any.rec");
    try (Program record = record(file, "any", "--from-beginning", "--to-end")) {
      assertThat(record.err(), record.awaitStatus(), is(0));
      assertThat(record.out(), containsString("400 records in"));
    }
    long started = System.nanoTime();
    try (Program emulator =
        emulator(
            "any-again",
            "--replay",
            file.toString(),
            "--partitions",
            "2",
            "--pace",
            "recordedx20")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
      assertThat(emulator.err(), containsString("the recorded pace x 20"));
    }
    // 39.9 s of stream at twenty times its speed, and the start of a program.
    assertThat((System.nanoTime() - started) / 1e9, allOf(greaterThan(1.99), lessThan(25.0)));
    assertThat(bits("any-again"), equalTo(bits("any")));
  }

  @Test
  void aRunningTopicIsRecordedFromNowUntilTheSignal() throws Exception {
    try (Program before = emulator("running", "--rate", "0", "--limit", "1000")) {
      assertThat(before.err(), before.awaitStatus(), is(0));
    }
    Path file = folder.resolve("running.rec");
    try (Program record = record(file, "running")) {
      record.awaitOut("record: topic running ->");
      try (Program now = emulator("running", "--rate", "0", "--limit", "5000", "--seed", "2")) {
        assertThat(now.err(), now.awaitStatus(), is(0));
      }
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.size(file) > 300_000);
      record.terminate();
      assertThat(record.err(), record.awaitStatus(), is(0));
      assertThat(record.out(), containsString("record: 5000 records in"));
    }
    try (Program emulator = emulator("running-again", "--replay", file.toString(), "--rate", "0")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    assertThat(bits("running-again"), equalTo(bits("running").subList(1000, 6000)));
  }

  @Test
  void badFilesAndTopicsAreOneLineAndWhatCameBeforeIsSent() throws Exception {
    Path file = folder.resolve("whole.rec");
    try (Program emulator =
        emulator("whole", "--record", file.toString(), "--rate", "0", "--limit", "100")) {
      assertThat(emulator.err(), emulator.awaitStatus(), is(0));
    }
    byte[] whole = Files.readAllBytes(file);
    Path cut = Files.write(folder.resolve("cut.rec"), Arrays.copyOf(whole, whole.length / 2));
    try (Program emulator = emulator("cut", "--replay", cut.toString(), "--quiet")) {
      assertThat(emulator.awaitStatus(), is(1));
      assertThat(
          emulator.err(),
          allOf(
              containsString("cut.rec byte " + whole.length / 2 + ": ends early"),
              containsString("whole records: the recording was cut off")));
      assertThat(emulator.err().strip().lines().count(), is(1L));
      int sent = bits("cut").size();
      assertThat(sent, allOf(greaterThan(40), lessThan(60)));
      assertThat(emulator.out(), containsString("acknowledged " + sent));
    }
    Path foreign = Files.writeString(folder.resolve("rows.csv"), "2,0,1,5,5,5\n");
    String kafka = " --quiet --topic bad --kafka " + broker.bootstrapServers();
    String[][] cases = {
      {"1", "--replay " + foreign, "rows.csv byte 0: begins with \"2,0,1,5,\""},
      {"1", "--record " + file + " --limit 1", "already exists"},
      {"2", "--replay " + file + " --source " + foreign, "expected no --source"},
      {"2", "--replay " + file + " --pace detector", "expected recorded[xK]"},
      {"2", "--pace recorded", "needs --replay FILE"},
    };
    for (String[] c : cases) {
      Refusal.require(Integer.parseInt(c[0]), c[1] + kafka, c[2]);
    }
    try (Program record = record(folder.resolve("none.rec"), "no-such-topic", "--to-end")) {
      assertThat(record.awaitStatus(), is(1));
      assertThat(record.err(), containsString("topic no-such-topic does not exist"));
      assertThat(record.err().strip().lines().count(), is(1L));
    }
  }
}
